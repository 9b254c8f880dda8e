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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a listener hears where two chunks meet: the silences, by what ended the text, and the
 * largest step, with and without processing, with the embedded voice and the programs that are
 * installed. All stages run in this JVM; nothing depends on how fast it is.
 */
final class SeamBenchmark {
  /** What a listener takes for natural, in ms. */
  private record Goal(int least, int most) {
    static Goal of(ChunkEnd end) {
      return switch (end) {
        case PHRASE -> new Goal(0, 60);
        case CLAUSE, COLON -> new Goal(100, 200);
        case SENTENCE, QUESTION, ITEM -> new Goal(300, 450);
        case HEADING, PARAGRAPH -> new Goal(600, 800);
      };
    }

    /** Whether it is as natural for who speaks at this speed. */
    boolean has(double ms, double speed) {
      return ms * speed >= least && ms * speed <= most;
    }
  }

  private final double speed;

  /** Where the sounds are kept, to be listened to. */
  private final @Nullable Path keep;

  private final StringBuilder edges =
      new StringBuilder(
          "\n| voice | processing | sound begins after chunk-start, ms: median | p95 | within 40 ms |"
              + " from -40 dBFS on: within 40 ms |"
              + " largest step at a seam, of the signal's 99.9 % step |\n"
              + "|---|---|---:|---:|---:|---:|---:|\n");

  private SeamBenchmark(double speed, @Nullable Path keep) {
    this.speed = speed;
    this.keep = keep;
  }

  public static void main(String[] args) {
    Path keep = null;
    double speed = 1;
    for (int i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--keep" -> keep = Path.of(args[i + 1]);
        case "--speed" -> speed = Double.parseDouble(args[i + 1]);
        default -> throw new IllegalArgumentException(args[i]);
      }
    }
    System.out.println(
        "| voice | processing | after a | n | silence, ms: median | p10 | p90 | as is natural |");
    System.out.println("|---|---|---|---:|---:|---:|---:|---:|");
    SeamBenchmark benchmark = new SeamBenchmark(speed, keep);
    Stream.of(EmbeddedVoice.NAME, "flite", "espeak-ng", "festival")
        .filter(SeamBenchmark::isInstalled)
        .forEach(benchmark::measure);
    System.out.println(benchmark.edges);
    System.exit(0);
  }

  /** So soon after its mark a chunk should be heard. */
  private static final int SOON_MS = 40;

  private static boolean isInstalled(String voice) {
    return voice.equals(EmbeddedVoice.NAME)
        || Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, voice)));
  }

  private void measure(String voice) {
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
          SeamTexts.all().stream().map(text -> listen(bus, owner, text, processing)).toList();
      print(voice, processing, heard);
      keep(voice + '-' + processing, heard);
    }
    TwoNodes.await(vertx.close());
  }

  private static void deploy(Vertx vertx, VerticleBase verticle, JsonObject config) {
    TwoNodes.await(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(config)));
  }

  private SeamListener listen(VertxBus bus, TurnOwner owner, String text, String processing) {
    TurnOptions options =
        new TurnOptions("", "", true, Pace.ASAP, processing)
            .withMode(TextMode.SAY)
            .withSpeed((int) Math.round(1000 * speed));
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

  private void keep(String name, List<SeamListener> heard) {
    for (int i = 0; keep != null && i < heard.size(); i++) {
      heard.get(i).keep(keep, name + '-' + i);
    }
  }

  private void print(String voice, String processing, List<SeamListener> heard) {
    Map<ChunkEnd, List<Integer>> silences = new EnumMap<>(ChunkEnd.class);
    heard.stream()
        .flatMap(one -> one.seams().stream())
        .forEach(
            seam ->
                silences
                    .computeIfAbsent(seam.end(), end -> new ArrayList<>())
                    .add(seam.silenceMs()));
    silences.forEach(
        (end, ms) -> {
          Collections.sort(ms);
          Goal goal = Goal.of(end);
          System.out.printf(
              Locale.ROOT,
              "| %s | %s | %s (%d–%d) | %d | %d | %d | %d | %d %% |%n",
              voice,
              processing,
              end.name().toLowerCase(Locale.ROOT),
              goal.least,
              goal.most,
              ms.size(),
              at(ms, 50),
              at(ms, 10),
              at(ms, 90),
              percent(ms, m -> goal.has(m, speed)));
        });
    List<Integer> onsets = heard.stream().flatMap(one -> one.onsetsMs().stream()).sorted().toList();
    List<Integer> clear =
        heard.stream().flatMap(one -> one.clearOnsetsMs().stream()).sorted().toList();
    double step =
        heard.stream().map(SeamListener::largestStep).max(Comparator.naturalOrder()).orElse(0.0);
    edges.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %d | %d | %d %% | %d %% | %.2f |%n",
            voice,
            processing,
            at(onsets, 50),
            at(onsets, 95),
            percent(onsets, ms -> ms <= SOON_MS),
            percent(clear, ms -> ms <= SOON_MS),
            step));
  }

  private static long percent(List<Integer> ms, IntPredicate good) {
    return 100 * ms.stream().mapToInt(Integer::intValue).filter(good).count() / ms.size();
  }

  private static int at(List<Integer> sorted, int percent) {
    return sorted.get((sorted.size() - 1) * percent / 100);
  }
}
