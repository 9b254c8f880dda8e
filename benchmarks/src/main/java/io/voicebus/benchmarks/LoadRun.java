package io.voicebus.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs rounds, proves every answer, and keeps the figures. For one thread. */
final class LoadRun implements AutoCloseable {
  /** With fewer turns at once, what each keeps on the heap drowns in what the JVM keeps. */
  private static final int SEEN_ON_HEAP = 20;

  /** From one lone turn's end to the next one's beginning, as a part of the longest. */
  private static final double LONE = 1.25;

  private static final int TRACED_TURNS = 500;
  private static final long ROUND_SECONDS = 300;

  private final Vertx vertx = Vertx.vertx();
  private final LoadCorpus corpus = LoadCorpus.brief();
  private final Clock clock = Clock.system();
  private final LoadJvm emulators;
  private final LoadJvm voicebus;
  private final LoadJvm relay;
  private final LoadClient client;

  LoadRun(List<String> jvmOptions, int ttsInstances, String voice) {
    emulators = new LoadJvm(List.of("-Xmx1g"), LoadEmulators.class, List.of());
    List<String> urls = List.of(emulators.where().split(" ", -1));
    List<String> roles = new ArrayList<>(urls);
    roles.addAll(List.of(Integer.toString(ttsInstances), voice));
    voicebus = new LoadJvm(jvmOptions, LoadVoicebus.class, roles);
    List<String> baselines = new ArrayList<>(urls);
    baselines.addAll(List.of(voice, Integer.toString(LoadPace.SEQUENTIAL_PAUSE_MS)));
    relay = new LoadJvm(jvmOptions, LoadRelay.class, baselines);
    client =
        new LoadClient(vertx, Integer.parseInt(voicebus.where()), Integer.parseInt(relay.where()));
  }

  /** Has Voicebus cut each template once, so that the relay can cut at the same places. */
  void learnCuts() {
    corpus.learnCuts(client);
  }

  /** Asks without measuring. */
  void warmUp(int turns, int concurrency) {
    List<LoadQuestion> questions = corpus.next(turns);
    for (LoadFlow flow : LoadFlow.values()) {
      await(client.ask(flow, questions, everyNanos(flow, questions, concurrency)))
          .forEach(this::prove);
    }
  }

  /** Measures with so many turns at once. */
  LoadLevel measure(int concurrency, int turns, int rounds) {
    LoadLevel level = new LoadLevel(concurrency);
    for (int round = 0; round < rounds; round++) {
      List<LoadQuestion> questions = corpus.next(leadIn(concurrency) + turns);
      for (LoadFlow flow : order(round)) {
        round(level, round, flow, questions);
      }
      proveSameCuts(level, round);
    }
    if (concurrency >= SEEN_ON_HEAP) {
      for (LoadFlow flow : List.of(LoadFlow.VOICEBUS, LoadFlow.RELAY)) {
        level.heapKiBPerTurn(flow, heapKiBPerTurn(flow, concurrency));
      }
    }
    return level;
  }

  /** Each flow comes first, last, before and after each other one. */
  private static List<LoadFlow> order(int round) {
    List<LoadFlow> flows = new ArrayList<>(List.of(LoadFlow.values()));
    Collections.rotate(flows, round);
    if (round % 2 == 1) {
      Collections.reverse(flows);
    }
    return flows;
  }

  /** Turns before the measured ones, until as many are in flight as there are to be. */
  private static int leadIn(int concurrency) {
    return concurrency == 1 ? 1 : concurrency;
  }

  private static long everyNanos(LoadFlow flow, List<LoadQuestion> questions, int concurrency) {
    double ms =
        concurrency == 1
            ? LONE * questions.stream().mapToDouble(flow::nominalMs).max().orElse(0)
            : questions.stream().mapToDouble(flow::nominalMs).average().orElse(0) / concurrency;
    return (long) (ms * 1e6);
  }

  private void round(LoadLevel level, int round, LoadFlow flow, List<LoadQuestion> questions) {
    int concurrency = level.concurrency();
    LoadJvm server = flow.voicebus() ? voicebus : relay;
    if (!flow.voicebus()) {
      await(client.traces());
    }
    level.machineLoad(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    client.takePeak();
    LoadUsage before = server.usage();
    LoadUsage emulatorsBefore = emulators.usage();
    long begin = clock.nanoTime();
    List<LoadAnswer> answers =
        await(client.ask(flow, questions, everyNanos(flow, questions, concurrency)));
    long wall = clock.nanoTime() - begin;
    double answeringMs = answers.stream().mapToDouble(LoadAnswer::wholeMs).sum();
    level.add(
        flow,
        new LoadCost(
            round,
            answers.size(),
            server.usage().since(before),
            emulators.usage().since(emulatorsBefore),
            wall,
            client.takePeak(),
            answeringMs * 1e6 / wall));
    keep(level, round, flow, answers);
  }

  private void keep(LoadLevel level, int round, LoadFlow flow, List<LoadAnswer> answers) {
    Map<Integer, LoadTrace> traces = flow.voicebus() ? Map.of() : relayTraces();
    for (int i = 0; i < answers.size(); i++) {
      LoadAnswer answer = answers.get(i);
      long checksum = prove(answer);
      if (i < leadIn(level.concurrency())) {
        continue;
      }
      LoadQuestion question = answer.question();
      @Nullable LoadTrace trace = traces.get(question.number());
      if (flow.voicebus() && i < TRACED_TURNS) {
        String events = await(client.events(answer.turn()));
        trace = new LoadEvents(events).trace().orElse(null);
        if (trace == null) {
          System.err.println("a turn's events lack its end: " + events);
        }
      }
      level.add(
          flow,
          new LoadTurn(
              round,
              question.number(),
              LoadPace.floorMs(question.cuts()),
              answer.firstMs(),
              answer.wholeMs(),
              checksum,
              trace));
    }
  }

  /** What happened in the turn tells more than its audio when that is wrong. */
  private long prove(LoadAnswer answer) {
    try {
      return answer.prove();
    } catch (IllegalStateException e) {
      if (answer.flow().voicebus()) {
        System.err.println(await(client.events(answer.turn())));
      }
      throw e;
    }
  }

  private Map<Integer, LoadTrace> relayTraces() {
    Map<Integer, LoadTrace> traces = new HashMap<>();
    for (Map.Entry<String, Object> turn : new JsonObject(await(client.traces()))) {
      traces.put(Integer.valueOf(turn.getKey()), LoadTrace.of((JsonArray) turn.getValue()));
    }
    return traces;
  }

  /** Utterances that were cut elsewhere would have other samples. */
  private static void proveSameCuts(LoadLevel level, int round) {
    double different =
        level
            .pairs(
                round,
                LoadFlow.VOICEBUS,
                LoadFlow.RELAY,
                (ours, theirs) -> ours.checksum() == theirs.checksum() ? 0 : 1)
            .quantile(1);
    if (different > 0) {
      throw new IllegalStateException("Voicebus and the relay did not cut at the same places");
    }
  }

  /** In a round of its own, since it takes a collection of garbage in the middle. */
  private double heapKiBPerTurn(LoadFlow flow, int concurrency) {
    LoadJvm server = flow.voicebus() ? voicebus : relay;
    long idle = server.live().heapBytes();
    List<LoadQuestion> questions = corpus.next(2 * concurrency);
    long every = everyNanos(flow, questions, concurrency);
    Future<List<LoadAnswer>> answers = client.ask(flow, questions, every);
    await(vertx.timer(3 * every * concurrency / 2, TimeUnit.NANOSECONDS));
    int before = client.inFlight();
    long busy = server.live().heapBytes();
    int after = client.inFlight();
    await(answers).forEach(this::prove);
    return (busy - idle) / 1024.0 / Math.max(1, (before + after) / 2.0);
  }

  private static <T> T await(Future<T> future) {
    return TwoNodes.await(future, ROUND_SECONDS);
  }

  @Override
  public void close() {
    voicebus.close();
    relay.close();
    emulators.close();
    vertx.close();
  }
}
