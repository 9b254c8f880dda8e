package io.voicebus.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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

  private final Crowd crowd = new Crowd();
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
    EmulatedServices services = EmulatedServices.paced();
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
    try (ServeProcess server = new ServeProcess(script, folder, settings)) {
      String address = server.address();
      long ready = server.peakMib();
      Duration before = ProcessFigures.cpu(server.pid());
      long began = System.nanoTime();
      List<Crowd.Heard> answers = crowd.ask(address, 0, turns, TURN_SENTENCES).join();
      double took = seconds(began);
      Duration cpu = ProcessFigures.cpu(server.pid()).minus(before);
      long peak = server.peakMib();
      int whole = Crowd.whole(answers);
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
    try (ServeProcess server = new ServeProcess(script, folder, small)) {
      String address = server.address();
      crowd.ask(address, 0, READERS, TURN_SENTENCES).join(); // the code is warm
      CompletableFuture<List<Crowd.Heard>> readers = crowd.ask(address, 0, READERS, LONG_SENTENCES);
      for (int i = 0; i < listeners; i++) {
        if (i >= AT_ONCE) {
          // One for each that is answered: it is memory that is to run out, not processor time.
          silent.get(i - AT_ONCE).status().get(Crowd.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        silent.add(new SilentListener(URI.create(address), Crowd.text(1_000 + i, LONG_SENTENCES)));
      }
      long slowest = watch(server, address, answered(silent, readers));
      Map<Integer, Integer> statuses = new TreeMap<>();
      silent.forEach(one -> statuses.merge(one.status().getNow(0), 1, Integer::sum));
      int whole = Crowd.whole(readers.join());
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
      int after = Crowd.whole(crowd.ask(address, 0, 20, TURN_SENTENCES).join());
      System.out.printf("then %d of 20 at once whole%n", after);
      check(after == 20, "only " + after + " of 20 turns are whole after it");
    } finally {
      silent.forEach(SilentListener::close);
    }
  }

  /** When every one has its answer, and the readers have heard all of theirs. */
  private static CompletableFuture<Void> answered(
      List<SilentListener> silent, CompletableFuture<List<Crowd.Heard>> readers) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    silent.forEach(one -> all.add(one.status()));
    all.add(readers);
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .orTimeout(Crowd.PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(late -> null);
  }

  /**
   * Asks for the status until all are answered, and at least as long as everything takes to fill
   * up; the longest time that an answer took, in ms.
   */
  private long watch(ServeProcess server, String address, CompletableFuture<Void> answered)
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
      Crowd.Heard answer = crowd.ask(address, 0, 1, 1).join().get(0);
      heard = answer.status() == 200;
      if (!heard) {
        long after = answer.retryAfterSeconds();
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

  private void check(boolean right, String words) {
    if (!right) {
      wrong.add(words);
    }
  }
}
