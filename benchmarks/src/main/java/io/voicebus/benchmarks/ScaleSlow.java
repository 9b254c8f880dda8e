package io.voicebus.benchmarks;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Three workers of one slot in JVMs of their own, one of which is ten times slower. */
final class ScaleSlow {
  private static final int TURNS = 100;
  private static final int SENTENCES = 4;
  private static final int JOBS = TURNS * SENTENCES;
  private static final int FAST_MS = 10;
  private static final int SLOW_MS = 100;

  /** Chunks that are spoken one at a time, by whichever worker. */
  private static final int LONE = 60;

  private final int rounds;

  ScaleSlow(int rounds) {
    this.rounds = rounds;
  }

  JsonObject measure() {
    ScaleBenchmark.head(
        "a job alone takes, ms", "jobs", "ideal, ms", "makespan, ms: best, median", "of ideal");
    try (ScaleCluster cluster = ScaleCluster.front()) {
      cluster.worker("fast-1", ScaleBenchmark.voice(FAST_MS, 0, "1"), 1);
      cluster.worker("fast-2", ScaleBenchmark.voice(FAST_MS, 0, "1"), 1).readyAt();
      cluster.worker("slow", ScaleBenchmark.voice(SLOW_MS, 0, "1"), 1).readyAt();
      List<Double> all = new ArrayList<>();
      for (int round = 0; round <= rounds; round++) {
        double took = 1000 * ScaleBenchmark.seconds(cluster, TURNS, SENTENCES);
        if (round > 0) { // the first one warms up
          all.add(took);
        }
      }
      LoadSample makespans = new LoadSample(all);
      List<Double> alone = alone(cluster);
      double between = (FAST_MS + SLOW_MS) / 2.0;
      double fast = new LoadSample(alone.stream().filter(ms -> ms < between).toList()).median();
      double slow = new LoadSample(alone.stream().filter(ms -> ms >= between).toList()).median();
      double best = makespans.quantile(0);
      double median = makespans.median();
      return new JsonObject()
          .put("makespan_ms", makespans.json())
          .put("nominal", row(FAST_MS, SLOW_MS, best, median))
          .put("measured", row(fast, slow, best, median));
    }
  }

  /** What workers took for a chunk while nothing else went on, in ms. */
  private static List<Double> alone(ScaleCluster cluster) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < LONE; i++) {
      all.addAll(cluster.ask(ScaleCluster.prompt(i, 1)).proven().events().speechMs());
    }
    return all;
  }

  /** The ideal: nobody is idle before all is done, and jobs can be divided at will. */
  private static JsonObject row(double fast, double slow, double best, double median) {
    double ideal = JOBS / (1 / fast + 1 / fast + 1 / slow);
    ScaleBenchmark.row(
        ScaleBenchmark.number("%.1f", fast)
            + ", "
            + ScaleBenchmark.number("%.1f", fast)
            + ", "
            + ScaleBenchmark.number("%.1f", slow),
        Integer.toString(JOBS),
        ScaleBenchmark.number("%.0f", ideal),
        ScaleBenchmark.number("%.0f", best) + ", " + ScaleBenchmark.number("%.0f", median),
        ScaleBenchmark.number("%.2f", best / ideal)
            + ", "
            + ScaleBenchmark.number("%.2f", median / ideal));
    return new JsonObject()
        .put("fast_ms", fast)
        .put("slow_ms", slow)
        .put("ideal_ms", ideal)
        .put("best_of_ideal", best / ideal)
        .put("median_of_ideal", median / ideal);
  }
}
