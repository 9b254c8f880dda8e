package io.voicebus.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures as a table to read. */
final class LoadReport {
  private static final List<LoadFlow> BASES = List.of(LoadFlow.VOICEBUS, LoadFlow.RELAY);

  private final StringBuilder out = new StringBuilder();

  private LoadReport() {}

  static String of(List<LoadLevel> levels) {
    LoadReport report = new LoadReport();
    report.latency(levels);
    report.overhead(levels);
    report.steps(levels);
    report.cost(levels);
    return report.out.toString();
  }

  private void latency(List<LoadLevel> levels) {
    row("at once", "flow", "first audio", "p90", "past floor", "whole", "p90", "in flight");
    rule(8);
    for (LoadLevel level : levels) {
      for (LoadFlow flow : LoadFlow.values()) {
        LoadSample first = level.figure(flow, LoadTurn::firstMs);
        LoadSample whole = level.figure(flow, LoadTurn::wholeMs);
        row(
            Integer.toString(level.concurrency()),
            flow.word(),
            ms(first.median()),
            ms(first.quantile(0.9)),
            ms(level.figure(flow, turn -> turn.firstMs() - turn.floorMs()).median()),
            ms(whole.median()),
            ms(whole.quantile(0.9)),
            number("%.0f", level.cost(flow, LoadCost::meanInFlight).median()));
      }
    }
  }

  private void overhead(List<LoadLevel> levels) {
    out.append('\n');
    row("at once", "voicebus less relay", "95 % of median", "rounds", "whole, times", "gain");
    rule(6);
    for (LoadLevel level : levels) {
      LoadSample first = firstAudio(level, LoadFlow.VOICEBUS, LoadFlow.RELAY);
      row(
          Integer.toString(level.concurrency()),
          ms(first.median()),
          ms(first.low()) + " … " + ms(first.high()),
          rounds(level),
          number("%.3f", wholeRatio(level).median()),
          ms(firstAudio(level, LoadFlow.VOICEBUS, LoadFlow.CLAUSES).median()));
    }
  }

  /** How much later one flow's first audio comes than the other's. */
  static LoadSample firstAudio(LoadLevel level, LoadFlow flow, LoadFlow other) {
    return level.pairs(flow, other, (one, two) -> one.firstMs() - two.firstMs());
  }

  static LoadSample wholeRatio(LoadLevel level) {
    return level.pairs(
        LoadFlow.VOICEBUS, LoadFlow.RELAY, (ours, theirs) -> ours.wholeMs() / theirs.wholeMs());
  }

  private static String rounds(LoadLevel level) {
    StringBuilder medians = new StringBuilder();
    for (LoadCost cost : level.costs(LoadFlow.VOICEBUS)) {
      medians
          .append(medians.isEmpty() ? "" : " ")
          .append(
              ms(
                  level
                      .pairs(
                          cost.round(),
                          LoadFlow.VOICEBUS,
                          LoadFlow.RELAY,
                          (ours, theirs) -> ours.firstMs() - theirs.firstMs())
                      .median()));
    }
    return medians.toString();
  }

  private void steps(List<LoadLevel> levels) {
    out.append('\n');
    row("at once", "step", "voicebus", "relay", "difference");
    rule(5);
    for (LoadLevel level : levels) {
      for (LoadStep step : LoadStep.values()) {
        row(
            Integer.toString(level.concurrency()),
            step.words(),
            ms(step.of(level, LoadFlow.VOICEBUS).median()),
            ms(step.of(level, LoadFlow.RELAY).median()),
            ms(step.difference(level).median()));
      }
      row(
          Integer.toString(level.concurrency()),
          "  of it: chunk made to job taken",
          ms(level.step(LoadFlow.VOICEBUS, LoadTrace::taken).median()),
          "",
          "");
      row(
          Integer.toString(level.concurrency()),
          "  of it: job taken to voice's frame",
          ms(level.step(LoadFlow.VOICEBUS, LoadTrace::voice).median()),
          "",
          "");
    }
  }

  private void cost(List<LoadLevel> levels) {
    out.append('\n');
    row("at once", "a turn's", "voicebus", "relay", "times");
    rule(5);
    for (LoadLevel level : levels) {
      cost(level, "CPU, ms", flow -> level.cost(flow, LoadCost::cpuMsPerTurn).median());
      cost(
          level,
          "  without compilers and collector",
          flow -> level.cost(flow, LoadCost::ownCpuMsPerTurn).median());
      cost(
          level,
          "allocation, KiB",
          flow -> level.cost(flow, LoadCost::allocatedKiBPerTurn).median());
      cost(level, "live heap, KiB", level::heapKiBPerTurn);
      row(
          Integer.toString(level.concurrency()),
          "cores used, with the emulators'",
          number("%.2f + ", level.cost(LoadFlow.VOICEBUS, LoadCost::serverCores).median())
              + number("%.2f", level.cost(LoadFlow.VOICEBUS, LoadCost::emulatorCores).median()),
          number("%.2f + ", level.cost(LoadFlow.RELAY, LoadCost::serverCores).median())
              + number("%.2f", level.cost(LoadFlow.RELAY, LoadCost::emulatorCores).median()),
          "load " + number("%.1f", level.machineLoad().median()));
    }
  }

  private void cost(LoadLevel level, String what, ToDoubleFunction<LoadFlow> figure) {
    double ours = figure.applyAsDouble(BASES.get(0));
    double theirs = figure.applyAsDouble(BASES.get(1));
    row(
        Integer.toString(level.concurrency()),
        what,
        number("%.1f", ours),
        number("%.1f", theirs),
        number("%.2f", ours / theirs));
  }

  private static String ms(double figure) {
    return number("%.1f", figure);
  }

  private static String number(String format, double figure) {
    return Double.isNaN(figure) ? "–" : String.format(Locale.ROOT, format, figure);
  }

  private void row(String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void rule(int cells) {
    out.append("|").append("---|".repeat(cells)).append('\n');
  }
}
