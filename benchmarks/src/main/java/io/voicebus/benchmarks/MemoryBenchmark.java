package io.voicebus.benchmarks;

import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.emulators.GeminiScript;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a server takes of memory under load, and what becomes of the others where listeners who
 * never read take what there is; {@code docs/benchmarks.md} explains it.
 */
@Command(name = "bench memory", mixinStandardHelpOptions = true, sortOptions = false)
public final class MemoryBenchmark implements Callable<Integer> {
  @Option(names = "--turns", defaultValue = "200", description = "At once, as fast as they come.")
  private int turns;

  @Option(names = "--most", defaultValue = "500", description = "MiB that these may take.")
  private int mostMib;

  @Option(
      names = "--listeners",
      defaultValue = "500",
      description = "That never read; 0: none of it.")
  private int listeners;

  @Option(names = "--heap", defaultValue = "512m", description = "Of their server.")
  private String heap;

  @Option(names = "--script", defaultValue = "voicebus", description = "What starts the server.")
  private Path script;

  /** Listeners who read, while the others do not. */
  private static final int READERS = 4;

  /** Listeners that never read and have no answer yet. */
  private static final int AT_ONCE = 8;

  private static final int FILL_SECONDS = 20;
  private static final Duration STATUS_EVERY = Duration.ofMillis(100);

  /** A listener may come back for 15 s: so long its turn keeps its place. */
  private static final int BACK_WITHIN_SECONDS = 20;

  private static final int TURN_SENTENCES = 10;
  private static final int LONG_SENTENCES = 80;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> wrong = new ArrayList<>();
  private Map<String, String> settings = Map.of();

  private MemoryBenchmark() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new MemoryBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    EmulatedServices services =
        new EmulatedServices(
            call -> GeminiScript.answer(EmulatedServices.echo(call)).at(LoadPace.model()),
            request -> LoadPace.voice());
    settings = services.settings();
    Path folder = Files.createTempDirectory("voicebus-memory");
    try {
      manyTurns(folder);
      if (listeners > 0) {
        silentListeners(folder);
      }
    } finally {
      Files.deleteIfExists(folder);
      services.close();
    }
    wrong.forEach(what -> System.err.println("wrong: " + what));
    return wrong.isEmpty() ? 0 : 1;
  }

  private void manyTurns(Path folder) {
    try (MemoryServer server = new MemoryServer(script, folder, settings)) {
      String address = server.address();
      long ready = server.peakMib();
      Duration before = ProcessFigures.cpu(server.pid());
      long began = System.nanoTime();
      List<CompletableFuture<HttpResponse<byte[]>>> answers = speak(address, turns, TURN_SENTENCES);
      CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
          .handle((all, why) -> all)
          .join();
      double took = seconds(began);
      Duration cpu = ProcessFigures.cpu(server.pid()).minus(before);
      long peak = server.peakMib();
      int whole = whole(answers, TURN_SENTENCES);
      System.out.printf(
          "%d of %d turns at once whole within %.1f s, peak %d MiB (%d when ready), %.1f s of CPU%n",
          whole, turns, took, peak, ready, cpu.toMillis() / 1e3);
      check(whole == turns, "only " + whole + " turns are whole");
      check(peak < mostMib, peak + " MiB, which is not below " + mostMib);
    }
  }

  private void silentListeners(Path folder) throws Exception {
    Map<String, String> small = new HashMap<>(settings);
    small.put("VOICEBUS_JAVA_OPTIONS", "-Xmx" + heap);
    List<SilentListener> silent = new ArrayList<>();
    try (MemoryServer server = new MemoryServer(script, folder, small)) {
      String address = server.address();
      whole(speak(address, READERS, TURN_SENTENCES), TURN_SENTENCES); // the code is warm
      List<CompletableFuture<HttpResponse<byte[]>>> readers =
          speak(address, READERS, LONG_SENTENCES);
      for (int i = 0; i < listeners; i++) {
        if (i >= AT_ONCE) {
          // One for each that is answered: it is memory that is to run out, not processor time.
          silent.get(i - AT_ONCE).status().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        silent.add(new SilentListener(URI.create(address), text(1_000 + i, LONG_SENTENCES)));
      }
      long slowest = watch(server, address, answered(silent, readers));
      Map<Integer, Integer> statuses = new TreeMap<>();
      silent.forEach(one -> statuses.merge(one.status().getNow(0), 1, Integer::sum));
      int whole = whole(readers, LONG_SENTENCES);
      System.out.printf(
          "%d listeners that never read, -Xmx%s: answers by status %s, peak %d MiB; %d of %d that"
              + " read are whole; the slowest answer of /v1/status took %d ms%n",
          listeners, heap, statuses, server.peakMib(), whole, READERS, slowest);
      check(server.alive(), "the server has ended");
      check(whole == READERS, "only " + whole + " that read are whole");
      check(!statuses.containsKey(-1), "connections were lost: " + statuses);
      check(!statuses.containsKey(0), "some have no answer: " + statuses);
      silent.forEach(SilentListener::close);
      System.out.printf(
          "a new turn is heard %.1f s after they have gone%n", heardAgainAfter(address));
      int after = whole(speak(address, 20, TURN_SENTENCES), TURN_SENTENCES);
      System.out.printf("then %d of 20 at once whole%n", after);
      check(after == 20, "only " + after + " of 20 turns are whole after it");
    } finally {
      silent.forEach(SilentListener::close);
    }
  }

  /** When every one has its answer, and the readers have heard all of theirs. */
  private static CompletableFuture<Void> answered(
      List<SilentListener> silent, List<CompletableFuture<HttpResponse<byte[]>>> readers) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    silent.forEach(one -> all.add(one.status()));
    readers.forEach(one -> all.add(one.handle((heard, lost) -> heard)));
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(late -> null);
  }

  /**
   * Asks for the status until all are answered, and at least as long as everything takes to fill
   * up; the longest time that an answer took, in ms.
   */
  private long watch(MemoryServer server, String address, CompletableFuture<Void> answered)
      throws InterruptedException {
    long began = System.nanoTime();
    long slowest = 0;
    while (server.alive() && !(answered.isDone() && seconds(began) > FILL_SECONDS)) {
      long asked = System.nanoTime();
      try {
        client.send(
            HttpRequest.newBuilder(URI.create(address + "/v1/status"))
                .timeout(Duration.ofSeconds(10))
                .build(),
            BodyHandlers.ofString());
      } catch (IOException e) {
        check(false, "/v1/status is not answered: " + e);
      }
      slowest = Math.max(slowest, (System.nanoTime() - asked) / 1_000_000);
      server.ended(STATUS_EVERY);
    }
    return slowest;
  }

  /** Asks for turns, as often as a client should, until one is heard; after how many seconds. */
  private double heardAgainAfter(String address) {
    long gone = System.nanoTime();
    boolean heard = false;
    while (!heard && seconds(gone) < BACK_WITHIN_SECONDS) {
      HttpResponse<byte[]> answer = speak(address, 1, 1).get(0).join();
      heard = answer.statusCode() == 200;
      if (!heard) {
        long after = answer.headers().firstValueAsLong("Retry-After").orElse(1);
        CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(after, TimeUnit.SECONDS))
            .join();
      }
    }
    check(heard, "no new turn is taken after they have gone");
    return seconds(gone);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private List<CompletableFuture<HttpResponse<byte[]>>> speak(
      String address, int count, int sentences) {
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + "/v1/speak"))
              .header("Content-Type", "text/plain")
              .header("Accept", "audio/pcm")
              .timeout(PATIENCE)
              .POST(BodyPublishers.ofString(text(i, sentences)))
              .build();
      answers.add(client.sendAsync(request, BodyHandlers.ofByteArray()));
    }
    return answers;
  }

  /** How many are heard whole: the text can be read back from the samples. */
  private static int whole(List<CompletableFuture<HttpResponse<byte[]>>> answers, int sentences) {
    int whole = 0;
    for (int i = 0; i < answers.size(); i++) {
      try {
        HttpResponse<byte[]> response = answers.get(i).join();
        String text = text(i, sentences);
        whole += response.statusCode() == 200 && said(response.body(), text) ? 1 : 0;
      } catch (RuntimeException e) {
        System.err.println("a turn broke off: " + e);
      }
    }
    return whole;
  }

  private static boolean said(byte[] pcm, String text) {
    List<String> heard =
        HeardSpeech.utterances(
            pcm, LoadPace.RATE_HZ, text + " ", said -> EmulatedSpeech.pcm(said, LoadPace.RATE_HZ));
    return letters(String.join("", heard)).equals(letters(text));
  }

  /** The blanks between two utterances are not spoken. */
  private static String letters(String text) {
    return text.replace(" ", "");
  }

  private static final List<String> THINGS =
      List.of(
          "bridge",
          "harbour",
          "garden",
          "village",
          "mountain",
          "library",
          "railway",
          "orchard",
          "theatre",
          "lighthouse",
          "market",
          "fountain",
          "chapel",
          "window",
          "stairway",
          "kitchen",
          "meadow",
          "tower",
          "museum");

  private static final String END = "and that is all there is.";

  /** No two sentences are the same: a model that repeats itself would be cut off. */
  private static String text(int turn, int sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append("Listener ")
          .append((char) ('a' + turn % 26))
          .append((char) ('a' + turn / 26 % 26));
      text.append(" hears that the ").append(THINGS.get(i % THINGS.size()));
      text.append(" is older than the ").append(THINGS.get(i * 7 / THINGS.size() % THINGS.size()));
      text.append(" of our ").append(THINGS.get((i + turn) * 3 % THINGS.size())).append(". ");
    }
    return text.append("So it ends, ").append(END).toString();
  }

  private void check(boolean right, String words) {
    if (!right) {
      wrong.add(words);
    }
  }
}
