package io.voicebus.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.chunker.ChunkerVerticle;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.playback.PlaybackVerticle;
import io.voicebus.tts.TtsVerticle;
import io.voicebus.tts.embedded.EmbeddedVoice;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a listener hears where two chunks meet: the silences, by what ended the text, and the
 * largest step, with and without processing, with the embedded voice and the programs that are
 * installed. All stages run in this JVM; nothing depends on how fast it is.
 */
final class SeamBenchmark {
  private static final List<String> TEXTS =
      List.of(
          "The old harbour lay quiet in the morning light. When the ferry arrived, a few people"
              + " stepped off, and the gulls rose into the air. Nobody spoke for a while.\n\n"
              + "They found a small house behind the hill. It was empty, but warm: a fire was"
              + " burning there. Who had lit it? They never learned.",
          "# Making tea\n\nGood tea takes a little patience.\n\n## What you need\n\n- fresh leaves\n"
              + "- cold water\n- a cup of milk\n\n## What to do\n\n1. Boil the water.\n2. Pour it over"
              + " the leaves.\n3. Wait for four minutes.",
          "\"Where are we?\" she asked. \"At the end of the road,\" he said. \"Then let us go back!\""
              + " They turned around. The night was cold, and the way was long.",
          "Think about it. Four people came. What was that? It works well. We go now. Wait here."
              + " She smiled. It rained. Nobody knew. Why not? Come in. Sit down.",
          "A good cup of coffee depends on the freshness of the beans and on the temperature of the"
              + " water. Most people pour it too hot. Let it rest for half a minute.",
          "Because the ferry was late, we walked along the shore until it was dark. Then we slept.");

  /** What a listener takes for natural, in ms. */
  private enum Goal {
    PHRASE(0, 60),
    CLAUSE(100, 200),
    SENTENCE(300, 450),
    PARAGRAPH(600, 800);

    private final int least;
    private final int most;

    Goal(int least, int most) {
      this.least = least;
      this.most = most;
    }

    static Goal of(ChunkEnd end) {
      return switch (end) {
        case PHRASE -> PHRASE;
        case CLAUSE, COLON -> CLAUSE;
        case SENTENCE, QUESTION, ITEM -> SENTENCE;
        case HEADING, PARAGRAPH -> PARAGRAPH;
      };
    }
  }

  private SeamBenchmark() {}

  public static void main(String[] args) {
    System.out.println(
        "| voice | processing | between | n | silence, ms: median | p10 | p90 | as is natural |");
    System.out.println("|---|---|---|---:|---:|---:|---:|---:|");
    StringBuilder edges =
        new StringBuilder(
            "\n| voice | processing | sound begins after chunk-start, ms: median | p95 | within 40 ms"
                + " | largest step at a seam, of the signal's 99.9 % step |\n"
                + "|---|---|---:|---:|---:|---:|\n");
    Stream.of(EmbeddedVoice.NAME, "flite", "espeak-ng", "festival")
        .filter(SeamBenchmark::isInstalled)
        .forEach(voice -> measure(voice, edges));
    System.out.println(edges);
    System.exit(0);
  }

  /** So soon after its mark a chunk should be heard. */
  private static final int SOON_MS = 40;

  private static boolean isInstalled(String voice) {
    return voice.equals(EmbeddedVoice.NAME)
        || Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, voice)));
  }

  private static void measure(String voice, StringBuilder edges) {
    Vertx vertx = Vertx.vertx();
    JsonObject speech =
        voice.equals(EmbeddedVoice.NAME)
            ? new JsonObject().put("engine", voice)
            : new JsonObject().put("engine", "command").put("command", voice);
    deploy(vertx, new PlaybackVerticle(), new JsonObject());
    deploy(vertx, new TtsVerticle(), speech);
    deploy(vertx, new ChunkerVerticle(), new JsonObject());
    VertxBus bus = TwoNodes.await(VertxBus.register(vertx, Clock.system(), "seams"));
    TurnOwner owner = new TurnOwner(bus.inbox(), OwnerLimits.DEFAULTS);
    for (String processing : List.of(TurnOptions.NO_PROCESSING, TurnOptions.SEAMS)) {
      List<SeamListener> heard =
          TEXTS.stream().map(text -> listen(bus, owner, text, processing)).toList();
      print(voice, processing, heard, edges);
    }
    TwoNodes.await(vertx.close());
  }

  private static void deploy(Vertx vertx, VerticleBase verticle, JsonObject config) {
    TwoNodes.await(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(config)));
  }

  private static SeamListener listen(
      VertxBus bus, TurnOwner owner, String text, String processing) {
    TurnOptions options =
        new TurnOptions("", "", true, Pace.ASAP, processing).withMode(TextMode.SAY);
    SeamListener listener = new SeamListener();
    bus.execute(
        () -> {
          Turn turn = owner.start(TurnRequest.toCaller(text, options), listener);
          turn.listen(listener);
        });
    try {
      listener.ended().get(120, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return listener;
  }

  private static void print(
      String voice, String processing, List<SeamListener> heard, StringBuilder edges) {
    Map<Goal, List<Integer>> silences = new EnumMap<>(Goal.class);
    List<SeamListener.Seam> seams = heard.stream().flatMap(one -> one.seams().stream()).toList();
    for (Goal goal : Goal.values()) {
      silences.put(
          goal,
          seams.stream()
              .filter(seam -> Goal.of(seam.end()) == goal)
              .map(SeamListener.Seam::silenceMs)
              .sorted()
              .toList());
    }
    silences.forEach(
        (goal, ms) -> {
          if (!ms.isEmpty()) {
            long natural = ms.stream().filter(m -> m >= goal.least && m <= goal.most).count();
            System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s (%d–%d) | %d | %d | %d | %d | %d %% |%n",
                voice,
                processing,
                goal.name().toLowerCase(Locale.ROOT),
                goal.least,
                goal.most,
                ms.size(),
                at(ms, 50),
                at(ms, 10),
                at(ms, 90),
                100 * natural / ms.size());
          }
        });
    List<Integer> onsets = heard.stream().flatMap(one -> one.onsetsMs().stream()).sorted().toList();
    double step =
        heard.stream().map(SeamListener::largestStep).max(Comparator.naturalOrder()).orElse(0.0);
    long soon = onsets.stream().filter(ms -> ms <= SOON_MS).count();
    edges.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %d | %d | %d %% | %.2f |%n",
            voice,
            processing,
            at(onsets, 50),
            at(onsets, 95),
            100 * soon / onsets.size(),
            step));
  }

  private static int at(List<Integer> sorted, int percent) {
    return sorted.get((sorted.size() - 1) * percent / 100);
  }
}
