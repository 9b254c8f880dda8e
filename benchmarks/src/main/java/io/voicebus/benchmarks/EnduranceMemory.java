package io.voicebus.benchmarks;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A speech node that runs out of memory while its cluster speaks: its process ends by itself, and
 * every turn is heard whole by the other one. For one thread.
 */
final class EnduranceMemory {
  /** Too little for the speech that it is told to keep, but enough to join. */
  private static final String TOO_LITTLE = "-Xmx20m";

  private static final String KEPT_BYTES = "1000000000";

  private static final int TURNS = 40;
  private static final int SENTENCES = 30;
  private static final int MOST_ROUNDS = 6;

  private final List<String> broken = new ArrayList<>();
  private final JsonObject json = new JsonObject();

  /** Runs it, and prints the result. */
  void run() {
    Map<String, String> voice = ScaleBenchmark.voice(50, 0, "250");
    try (ScaleCluster cluster = ScaleCluster.front()) {
      cluster.worker("survivor", voice, 1).readyAt();
      Map<String, String> greedy = new HashMap<>(voice);
      greedy.put("VOICEBUS_CACHE_BYTES", KEPT_BYTES);
      ScaleJvm victim = cluster.smallWorker("victim", greedy, TOO_LITTLE);
      victim.readyAt();
      int whole = 0;
      int turns = 0;
      for (int round = 0; round < MOST_ROUNDS && victim.alive(); round++) {
        int first = round * TURNS;
        List<ScaleTurn> asked =
            IntStream.range(first, first + TURNS)
                .mapToObj(turn -> cluster.ask(ScaleCluster.prompt(turn, SENTENCES)))
                .toList();
        turns += asked.size();
        whole += (int) asked.stream().filter(ScaleTurn::isWhole).count();
      }
      boolean ended = !victim.alive();
      boolean goesOn = cluster.ask("The cluster goes on without it.").isWhole();
      System.out.printf(
          "## Out of memory%n%n%d of %d turns whole; the node with %s %s; then a new turn is %s.%n",
          whole,
          turns,
          TOO_LITTLE,
          ended ? "ended by itself, with status " + victim.exitStatus() : "did not end",
          goesOn ? "heard whole" : "not heard");
      check(ended, "the node that had no memory left has not ended");
      check(whole == turns, "only " + whole + " of " + turns + " turns are whole");
      check(goesOn, "no new turn is heard");
      json.put("turns", turns).put("whole", whole).put("ended", ended);
    }
  }

  private void check(boolean right, String words) {
    if (!right) {
      broken.add("out of memory: " + words);
    }
  }

  List<String> broken() {
    return broken;
  }

  JsonObject json() {
    return json;
  }
}
