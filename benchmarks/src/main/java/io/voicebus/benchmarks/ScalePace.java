package io.voicebus.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Turns that begin at a steady pace, which does not wait for answers. */
final class ScalePace {
  private static final int TURNS = 120;
  private static final int EVERY_MS = 50;
  private static final int SENTENCES = 3;

  private ScalePace() {}

  /** Twenty turns a second for six seconds, all proven. */
  static List<ScaleTurn> paced(ScaleCluster cluster) {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      List<CompletableFuture<ScaleTurn>> asked = new ArrayList<>();
      for (int turn = 0; turn < TURNS; turn++) {
        String text = ScaleCluster.prompt(turn, SENTENCES);
        CompletableFuture<ScaleTurn> begun = new CompletableFuture<>();
        clock.schedule(
            () -> begun.complete(cluster.ask(text)), (long) turn * EVERY_MS, TimeUnit.MILLISECONDS);
        asked.add(begun);
      }
      return asked.stream().map(each -> ScaleJvm.get(each).proven()).toList();
    } finally {
      clock.shutdownNow();
    }
  }
}
