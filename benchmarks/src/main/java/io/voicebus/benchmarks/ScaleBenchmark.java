package io.voicebus.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How speech scales over instances and JVMs, and what faults cost the listener. */
@Command(name = "bench scale", mixinStandardHelpOptions = true, sortOptions = false)
public final class ScaleBenchmark implements Callable<Integer> {
  @Option(
      names = "--only",
      split = ",",
      defaultValue = "instances,jvms,slow,cost,workers,faults",
      description = "Which parts to run (${DEFAULT-VALUE}).")
  private List<String> only;

  @Option(
      names = "--roles",
      split = ",",
      defaultValue = "gemini,chunker,playback,tts,http",
      description = "Which roles are struck by the faults (${DEFAULT-VALUE}).")
  private List<String> roles;

  @Option(
      names = "--faults",
      split = ",",
      defaultValue = "KILLED,FROZEN,FROZEN_LONG,CUT_OFF,STOPPED",
      description = "What strikes them (${DEFAULT-VALUE}); all: ${COMPLETION-CANDIDATES}.")
  private Set<ScaleFaults.Fault> faults;

  @Option(
      names = "--with",
      split = ",",
      converter = ScaleOption.Named.class,
      paramLabel = "OPTION",
      description = {
        "What is switched on while faults strike: services, fallback, engines, hedge, rough, cache,",
        "no-cache, copies. All but copies need services, which comes by itself."
      })
  private Set<ScaleOption> with = Set.of();

  @Option(names = "--rounds", defaultValue = "3")
  private int rounds;

  @Option(names = "--date", defaultValue = "", description = "Goes into the JSON.")
  private String date;

  @Option(names = "--out", description = "Where to write the JSON.")
  private @Nullable Path out;

  /** Of one instance with the latency-bound engine: 8 chunks of 100 ms at a time. */
  private static final int SLOTS = 8;

  private static final int CHUNK_MS = 100;
  private static final int SENTENCES = 8;

  /** So that an instance has five seconds of work. */
  private static final int TURNS_EACH = 50;

  private static final Map<String, String> LATENCY_BOUND =
      voice(CHUNK_MS, 0, Integer.toString(SLOTS));

  private final JsonObject json = new JsonObject();

  private ScaleBenchmark() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new ScaleBenchmark()).execute(args));
  }

  static Map<String, String> voice(int firstMs, int frameMs, String slots) {
    return Map.of(
        "VOICEBUS_ENGINE",
        "scripted",
        "VOICEBUS_SCRIPTED_FIRST_MS",
        Integer.toString(firstMs),
        "VOICEBUS_SCRIPTED_FRAME_MS",
        Integer.toString(frameMs),
        "VOICEBUS_SLOTS",
        slots);
  }

  @Override
  public Integer call() throws Exception {
    json.put("date", date)
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString())
        .put("rounds", rounds);
    if (only.contains("instances")) {
      instances();
    }
    if (only.contains("jvms")) {
      jvms();
    }
    if (only.contains("slow")) {
      json.put("slow_worker", new ScaleSlow(rounds).measure());
    }
    if (only.contains("cost")) {
      cost();
    }
    if (only.contains("workers")) {
      json.put("workers", new ScaleWorkers(rounds).measure());
    }
    if (only.contains("faults")) {
      json.put("faults", new ScaleFaults(roles, faults, with).measure());
    }
    if (out != null) {
      Files.writeString(out, json.encodePrettily(), StandardCharsets.UTF_8);
    }
    return 0;
  }

  /** Chunks per second, the best of the rounds: what other programs take only ever slows it. */
  private double throughput(ScaleCluster cluster, int instances) {
    double best = 0;
    for (int round = 0; round <= rounds; round++) {
      int turns = TURNS_EACH * instances;
      double seconds = seconds(cluster, turns, SENTENCES);
      // The first one warms up.
      best = round == 0 ? 0 : Math.max(best, turns * SENTENCES / seconds);
    }
    return best;
  }

  /** From the first of so many turns at once until the last one has ended. */
  static double seconds(ScaleCluster cluster, int turns, int sentences) {
    long begin = Clock.system().nanoTime();
    List<ScaleTurn> all = cluster.ask(turns, sentences);
    long end = begin;
    for (ScaleTurn turn : all) {
      end = Math.max(end, turn.proven().endedAt());
    }
    return (end - begin) / 1e9;
  }

  private void instances() {
    head("instances in one JVM", "chunks a second", "times one", "of the engine's most");
    JsonArray rows = new JsonArray();
    double one = 0;
    for (int instances : new int[] {1, 2, 4}) {
      try (ScaleCluster cluster = ScaleCluster.alone(LATENCY_BOUND, instances)) {
        double chunks = throughput(cluster, instances);
        one = instances == 1 ? chunks : one;
        rows.add(throughputRow(instances, chunks, one));
      }
    }
    json.put("instances", rows);
  }

  private void jvms() {
    head("JVMs with one instance", "chunks a second", "times one", "of the engine's most");
    JsonArray rows = new JsonArray();
    double one = 0;
    try (ScaleCluster cluster = ScaleCluster.front()) {
      int running = 0;
      for (int jvms : new int[] {1, 2, 4}) {
        while (running < jvms) {
          running++;
          cluster.worker("worker-" + running, LATENCY_BOUND, 1).readyAt();
        }
        double chunks = throughput(cluster, jvms);
        one = jvms == 1 ? chunks : one;
        rows.add(throughputRow(jvms, chunks, one));
      }
    }
    json.put("jvms", rows);
  }

  private static JsonObject throughputRow(int count, double chunks, double one) {
    double most = count * SLOTS * 1000.0 / CHUNK_MS;
    row(
        Integer.toString(count),
        number("%.1f", chunks),
        number("%.2f", chunks / one),
        number("%.0f %%", 100 * chunks / most));
    return new JsonObject()
        .put("count", count)
        .put("chunks_per_second", chunks)
        .put("times_one", chunks / one)
        .put("most", most);
  }

  /** The same turns in one JVM, with speech in another, and with copies of them in a third. */
  private void cost() throws Exception {
    head("same load in", "first audio, ms", "p90", "whole, ms", "CPU a turn, ms");
    Map<String, String> voice = voice(50, 5, "64");
    String[] where = {"one JVM", "two JVMs", "two JVMs and another `http`"};
    List<List<ScaleTurn>> turns = new ArrayList<>();
    double[] cpu = new double[where.length];
    try (ScaleCluster alone = ScaleCluster.alone(voice, 2);
        ScaleCluster front = ScaleCluster.front();
        ScaleCluster copied = ScaleCluster.otherFront()) {
      List<ScaleCluster> all = List.of(alone, front, copied);
      all.forEach(each -> turns.add(new ArrayList<>()));
      front.worker("worker", voice, 2).readyAt();
      copied.worker("worker", voice, 2).readyAt();
      copied.neighbour("neighbour").readyAt();
      for (int round = 0; round <= rounds; round++) {
        for (int i = 0; i < where.length; i++) {
          int which = (round + i) % where.length;
          ScaleCluster cluster = all.get(which);
          double before = cluster.cpuSeconds();
          List<ScaleTurn> paced = ScalePace.paced(cluster);
          if (round > 0) {
            cpu[which] += cluster.cpuSeconds() - before;
            turns.get(which).addAll(paced);
          }
        }
      }
    }
    JsonArray rows = new JsonArray();
    for (int which = 0; which < where.length; which++) {
      rows.add(costRow(where[which], turns.get(which), cpu[which]));
    }
    json.put("cost", rows);
  }

  private static JsonObject costRow(String where, List<ScaleTurn> turns, double cpuSeconds) {
    LoadSample first = new LoadSample(turns.stream().map(ScaleTurn::firstMs).toList());
    LoadSample whole = new LoadSample(turns.stream().map(ScaleTurn::wholeMs).toList());
    double cpuMs = 1000 * cpuSeconds / turns.size();
    row(
        where,
        number("%.1f", first.median()),
        number("%.1f", first.quantile(0.9)),
        number("%.1f", whole.median()),
        number("%.1f", cpuMs));
    return new JsonObject()
        .put("where", where)
        .put("turns", turns.size())
        .put("first_ms", first.json())
        .put("whole_ms", whole.json())
        .put("cpu_ms_per_turn", cpuMs);
  }

  static void head(String... cells) {
    System.out.println();
    row(cells);
    System.out.println("|" + "---|".repeat(cells.length));
  }

  static void row(String... cells) {
    System.out.println("| " + String.join(" | ", cells) + " |");
  }

  static String number(String format, double figure) {
    return Double.isNaN(figure) ? "–" : String.format(Locale.ROOT, format, figure);
  }
}
