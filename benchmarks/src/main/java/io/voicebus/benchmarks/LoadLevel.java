package io.voicebus.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** All that was measured with so many turns at once. */
final class LoadLevel {
  private final int concurrency;
  private final Map<LoadFlow, List<LoadTurn>> turns = new EnumMap<>(LoadFlow.class);
  private final Map<LoadFlow, List<LoadCost>> costs = new EnumMap<>(LoadFlow.class);
  private final Map<LoadFlow, Double> heapKiBPerTurn = new EnumMap<>(LoadFlow.class);
  private final List<Double> loads = new ArrayList<>();

  LoadLevel(int concurrency) {
    this.concurrency = concurrency;
  }

  int concurrency() {
    return concurrency;
  }

  void add(LoadFlow flow, LoadTurn turn) {
    turns.computeIfAbsent(flow, none -> new ArrayList<>()).add(turn);
  }

  void add(LoadFlow flow, LoadCost cost) {
    costs.computeIfAbsent(flow, none -> new ArrayList<>()).add(cost);
  }

  void heapKiBPerTurn(LoadFlow flow, double kib) {
    heapKiBPerTurn.put(flow, kib);
  }

  void machineLoad(double load) {
    loads.add(load);
  }

  /** NaN where there were too few turns to see them on the heap. */
  double heapKiBPerTurn(LoadFlow flow) {
    return heapKiBPerTurn.getOrDefault(flow, Double.NaN);
  }

  /** Runnable processes of the machine, before and after each round. */
  LoadSample machineLoad() {
    return new LoadSample(loads);
  }

  List<LoadTurn> turns(LoadFlow flow) {
    return turns.getOrDefault(flow, List.of());
  }

  List<LoadCost> costs(LoadFlow flow) {
    return costs.getOrDefault(flow, List.of());
  }

  LoadSample figure(LoadFlow flow, ToDoubleFunction<LoadTurn> figure) {
    return new LoadSample(turns(flow).stream().map(figure::applyAsDouble).toList());
  }

  LoadSample cost(LoadFlow flow, ToDoubleFunction<LoadCost> figure) {
    return new LoadSample(costs(flow).stream().map(figure::applyAsDouble).toList());
  }

  /** A figure of what one flow and another made of the same prompt in the same round. */
  LoadSample pairs(LoadFlow flow, LoadFlow other, ToDoubleBiFunction<LoadTurn, LoadTurn> figure) {
    Map<Integer, LoadTurn> others = byQuestion(other);
    return new LoadSample(
        turns(flow).stream()
            .filter(turn -> others.containsKey(turn.question()))
            .map(turn -> figure.applyAsDouble(turn, get(others, turn)))
            .toList());
  }

  /** The same within one round. */
  LoadSample pairs(
      int round, LoadFlow flow, LoadFlow other, ToDoubleBiFunction<LoadTurn, LoadTurn> figure) {
    Map<Integer, LoadTurn> others = byQuestion(other);
    return new LoadSample(
        turns(flow).stream()
            .filter(turn -> turn.round() == round && others.containsKey(turn.question()))
            .map(turn -> figure.applyAsDouble(turn, get(others, turn)))
            .toList());
  }

  /** How much longer a step of the server took in one flow than in the other, for those traced. */
  LoadSample steps(LoadFlow flow, LoadFlow other, ToDoubleFunction<LoadTrace> step) {
    Map<Integer, LoadTurn> others = byQuestion(other);
    List<Double> differences = new ArrayList<>();
    for (LoadTurn turn : turns(flow)) {
      LoadTurn pair = others.get(turn.question());
      if (pair != null && turn.trace() != null && pair.trace() != null) {
        differences.add(step.applyAsDouble(turn.trace()) - step.applyAsDouble(pair.trace()));
      }
    }
    return new LoadSample(differences);
  }

  /** A step of the server, for those traced. */
  LoadSample step(LoadFlow flow, ToDoubleFunction<LoadTrace> step) {
    return new LoadSample(
        turns(flow).stream()
            .map(LoadTurn::trace)
            .filter(Objects::nonNull)
            .map(trace -> step.applyAsDouble(trace))
            .filter(ms -> ms >= 0)
            .toList());
  }

  private Map<Integer, LoadTurn> byQuestion(LoadFlow flow) {
    Map<Integer, LoadTurn> byQuestion = new HashMap<>();
    turns(flow).forEach(turn -> byQuestion.put(turn.question(), turn));
    return byQuestion;
  }

  private static LoadTurn get(Map<Integer, LoadTurn> others, LoadTurn turn) {
    return Objects.requireNonNull(others.get(turn.question()));
  }
}
