package io.voicebus.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A hundred turns at once over two JVMs with workers, one of which is killed, frozen or stopped, or
 * a third of which is added: how long the listeners had nothing to hear.
 */
final class ScaleWorkers {
  private static final int TURNS = 100;
  private static final int SENTENCES = 4;

  /** Sentences of turns that outlast a freeze. */
  private static final int LONG = 16;

  private static final int FROZEN_SECONDS = 3;

  /** Until what is compiled is compiled. */
  private static final int WARM_UPS = 4;

  /** A little faster than it is heard, so that hardly anything is ahead of the listener. */
  private static final Map<String, String> VOICE = ScaleBenchmark.voice(50, 30, "250");

  private static final int LOOK_MS = 25;

  /** The cluster manager takes no longer to notice that a node has gone. */
  private static final int PATIENCE_SECONDS = 30;

  private final int rounds;
  private final JsonArray rows = new JsonArray();
  private int workers;

  ScaleWorkers(int rounds) {
    this.rounds = rounds;
  }

  JsonArray measure() {
    ScaleBenchmark.head(
        "fault",
        "turns",
        "silence, worst turn, ms",
        "without the fault, ms",
        "cluster manager notices, ms");
    try (ScaleCluster cluster = ScaleCluster.front()) {
      ScaleJvm first = worker(cluster);
      ScaleJvm second = worker(cluster);
      for (int i = 0; i < WARM_UPS; i++) {
        calm(cluster);
      }
      for (int round = 0; round < rounds; round++) {
        ScaleJvm next = worker(cluster);
        fault(cluster, "kill -9", "KILL", first);
        first.close();
        first = next;
        next = worker(cluster);
        fault(cluster, "frozen", "STOP", second);
        second.close();
        second = next;
        next = worker(cluster);
        fault(cluster, "stopped", "TERM", first);
        first = next;
        thawed(cluster, "frozen for 3 s, thawed, the other killed", first, second, false);
        second.close();
        second = worker(cluster);
        thawed(cluster, "expelled, back again, the other killed", first, second, true);
        second.close();
        second = worker(cluster);
      }
      joins(cluster);
    }
    return rows;
  }

  private ScaleJvm worker(ScaleCluster cluster) {
    ScaleJvm worker = cluster.worker("worker-" + workers++, VOICE, 1);
    worker.readyAt();
    return worker;
  }

  private static double calm(ScaleCluster cluster) {
    return worst(cluster.ask(TURNS, SENTENCES));
  }

  private static double worst(List<ScaleTurn> turns) {
    double worst = 0;
    for (ScaleTurn turn : turns) {
      worst = Math.max(worst, turn.proven().silenceMs());
    }
    return worst;
  }

  private void fault(ScaleCluster cluster, String name, String signal, ScaleJvm victim) {
    double without = calm(cluster);
    List<ScaleTurn> turns = cluster.ask(TURNS, SENTENCES);
    turns.subList(0, TURNS / 2).forEach(ScaleTurn::begun);
    long at = Clock.system().nanoTime();
    victim.signal(signal);
    report(name, worst(turns), without, noticed(cluster, at));
  }

  /** One freezes and thaws; at once, or when it was expelled and is back, the other one dies. */
  private void thawed(
      ScaleCluster cluster, String name, ScaleJvm frozen, ScaleJvm victim, boolean expelled) {
    double without = worst(cluster.ask(TURNS, LONG));
    List<ScaleTurn> before = cluster.ask(TURNS, LONG);
    before.subList(0, TURNS / 2).forEach(ScaleTurn::begun);
    long at = Clock.system().nanoTime();
    frozen.signal("STOP");
    if (expelled) {
      worst(before);
      noticed(cluster, at);
    } else {
      ScaleJvm.get(
          new CompletableFuture<Void>().completeOnTimeout(null, FROZEN_SECONDS, TimeUnit.SECONDS));
    }
    frozen.signal("CONT");
    List<ScaleTurn> turns = before;
    if (expelled) {
      ScaleJvm.get(ScaleLooks.until(cluster, frozen.node(), ScaleLooks.THERE));
      turns = cluster.ask(TURNS, LONG);
      turns.subList(0, TURNS / 2).forEach(ScaleTurn::begun);
    }
    at = Clock.system().nanoTime();
    victim.signal("KILL");
    report(name, worst(turns), without, noticed(cluster, at));
  }

  private void report(String name, double silence, double without, double noticed) {
    ScaleBenchmark.row(
        name,
        Integer.toString(TURNS),
        ScaleBenchmark.number("%.0f", silence),
        ScaleBenchmark.number("%.0f", without),
        ScaleBenchmark.number("%.0f", noticed));
    rows.add(
        new JsonObject()
            .put("fault", name)
            .put("turns", TURNS)
            .put("silence_ms", silence)
            .put("without_ms", without)
            .put("manager_ms", noticed));
  }

  /** Milliseconds from the fault until the front's cluster is without the node. */
  private static double noticed(ScaleCluster cluster, long at) {
    ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    CompletableFuture<Double> noticed = new CompletableFuture<>();
    looks.scheduleWithFixedDelay(
        () -> {
          long view = cluster.frontJvm().viewAfter(at);
          if (view >= 0) {
            noticed.complete((view - at) / 1e6);
          }
        },
        0,
        LOOK_MS,
        TimeUnit.MILLISECONDS);
    try {
      return noticed.completeOnTimeout(Double.NaN, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } finally {
      looks.shutdownNow();
    }
  }

  /** From ready to the first chunk taken, while there is work; and from the process's start. */
  private void joins(ScaleCluster cluster) {
    ScaleBenchmark.head("a JVM joins", "start to ready, ms", "ready to first chunk, ms");
    for (int round = 0; round < rounds; round++) {
      String name = "joiner-" + round;
      ScaleJvm joiner = cluster.worker(name, VOICE, 1);
      CompletableFuture<Long> working = ScaleLooks.until(cluster, name, ScaleLooks.BUSY);
      joiner.readyAt();
      List<List<ScaleTurn>> waves = new ArrayList<>();
      while (!working.isDone()) {
        List<ScaleTurn> wave = cluster.ask(TURNS / 4, SENTENCES);
        waves.add(wave);
        wave.forEach(ScaleTurn::begun);
      }
      double ms = (ScaleJvm.get(working) - joiner.readyAt()) / 1e6;
      waves.forEach(ScaleWorkers::worst);
      ScaleBenchmark.row(
          Integer.toString(round + 1),
          Long.toString(joiner.joined().toMillis()),
          ScaleBenchmark.number("%.0f", ms));
      rows.add(
          new JsonObject()
              .put("fault", "joins")
              .put("start_to_ready_ms", joiner.joined().toMillis())
              .put("ready_to_work_ms", ms));
    }
  }
}
