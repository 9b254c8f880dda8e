package io.voicebus.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.GeminiScript;
import io.voicebus.emulators.TextPace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Voicebus as its start script starts it, the baselines in a JVM of theirs, and the emulated
 * services, which are in this one with the client. For one thread.
 */
final class FieldRun implements AutoCloseable {
  /** Answers have 77 words on average then, and 411 chars: 103 of the emulated model's tokens. */
  private static final int LEAST_WORDS = 68;

  private static final TextPace MODEL =
      new TextPace(FieldService.FIRST_TOKEN_MS, FieldService.TOKENS_PER_SECOND, 1);

  private static final long ROUND_SECONDS = 300;

  private final LoadCorpus corpus = LoadCorpus.atLeast(LEAST_WORDS);
  private final Clock clock = Clock.system();
  private final Vertx vertx = Vertx.vertx();
  private final WorkerExecutor prover = vertx.createSharedWorkerExecutor("prover", 1);
  private final Path folder;
  private final EmulatedServices services;
  private final ServeProcess voicebus;
  private final LoadJvm relay;
  private final LoadClient client;
  private final AtomicInteger resumed = new AtomicInteger();
  private volatile ElevenScript voice = script(FieldService.ELEVENLABS);

  /**
   * Starts all.
   *
   * @param script that starts Voicebus
   */
  FieldRun(Path script) throws IOException {
    folder = Files.createTempDirectory("voicebus-field");
    services =
        new EmulatedServices(
            call -> GeminiScript.answer(EmulatedServices.echo(call)).at(MODEL), request -> voice);
    voicebus = new ServeProcess(script, folder, services.settings());
    List<String> baselines = new ArrayList<>(services.urls());
    baselines.addAll(List.of("socket", "0"));
    relay = new LoadJvm(LoadJvm.AS_SERVED, LoadRelay.class, baselines);
    int port = URI.create(voicebus.address()).getPort();
    client = new LoadClient(vertx, port, Integer.parseInt(relay.where()));
  }

  private static ElevenScript script(FieldService service) {
    return ElevenScript.instant()
        .paced(Duration.ofMillis(service.firstByteMs()), LoadPace.REAL_TIME_FACTOR);
  }

  /** From now on the voice is as slow as this one. */
  void as(FieldService service) {
    voice = script(service);
  }

  /** Learns where Voicebus cuts, and warms these flows. */
  void prepare(List<LoadFlow> flows, int turnsEach, double perSecond) {
    corpus.learnCuts(client);
    interleaved(flows, turnsEach, perSecond);
  }

  /**
   * The flows in turn, in an order that rotates, at a steady rate; each has the same templates, and
   * no sentence twice, so that no cache can help.
   *
   * @param perSecond of all flows together
   */
  List<FieldSample> interleaved(List<LoadFlow> flows, int turnsEach, double perSecond) {
    List<List<LoadQuestion>> questions = new ArrayList<>();
    flows.forEach(flow -> questions.add(corpus.next(turnsEach)));
    List<LoadClient.Due> dues = new ArrayList<>();
    for (int turn = 0; turn < turnsEach; turn++) {
      List<Integer> order = new ArrayList<>();
      for (int flow = 0; flow < flows.size(); flow++) {
        order.add(flow);
      }
      Collections.rotate(order, turn);
      for (int flow : order) {
        long after = (long) (dues.size() * 1e9 / perSecond);
        dues.add(new LoadClient.Due(flows.get(flow), questions.get(flow).get(turn), after));
      }
    }
    List<FieldTurn> turns = ask(dues);
    return flows.stream()
        .map(
            flow ->
                new FieldSample(flow, turns.stream().filter(turn -> turn.flow() == flow).toList()))
        .toList();
  }

  /** One flow alone, with questions that arrive by chance. */
  FieldLoad load(LoadFlow flow, double perSecond, int seconds, double shape, long seed) {
    int count = (int) Math.max(1, perSecond * seconds);
    List<Long> due = FieldArrivals.nanos(count, perSecond, shape, seed);
    List<LoadQuestion> questions = corpus.next(count);
    List<LoadClient.Due> dues = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      dues.add(new LoadClient.Due(flow, questions.get(i), due.get(i)));
    }
    long pid = pid(flow);
    client.takePeak();
    long begin = clock.nanoTime();
    Duration before = ProcessFigures.cpu(pid);
    FieldSample sample = new FieldSample(flow, ask(dues));
    double cpuMs = ProcessFigures.cpu(pid).minus(before).toNanos() / 1e6;
    double wallMs = (clock.nanoTime() - begin) / 1e6;
    return new FieldLoad(
        perSecond,
        sample,
        cpuMs / count,
        cpuMs / wallMs,
        client.takePeak(),
        ProcessFigures.residentMib(pid));
  }

  /** What a turn under way keeps on the heap, in a round of its own, with a collection in it. */
  double liveKibPerTurn(LoadFlow flow, double perSecond, int seconds) {
    int count = (int) (perSecond * seconds);
    List<LoadClient.Due> dues = new ArrayList<>();
    for (LoadQuestion question : corpus.next(count)) {
      dues.add(new LoadClient.Due(flow, question, (long) (dues.size() * 1e9 / perSecond)));
    }
    double idle = liveBytes(flow);
    Future<List<FieldTurn>> answers = client.ask(dues, this::keep);
    await(vertx.timer(seconds * 3L / 4, TimeUnit.SECONDS));
    int first = client.inFlight();
    double busy = liveBytes(flow);
    int last = client.inFlight();
    await(answers);
    return (busy - idle) / 1024 / Math.max(1, (first + last) / 2.0);
  }

  private double liveBytes(LoadFlow flow) {
    if (!flow.voicebus()) {
      return relay.live().heapBytes();
    }
    ProcessFigures.collectGarbage(voicebus.pid());
    return ProcessFigures.heapBytes(await(client.metrics()));
  }

  private long pid(LoadFlow flow) {
    return flow.voicebus() ? voicebus.pid() : relay.pid();
  }

  /** The most memory that the flow's process has had. */
  long peakMib(LoadFlow flow) {
    return ProcessFigures.peakMib(pid(flow));
  }

  /** How often speech broke off within an answer, and went on in another attempt. */
  int resumed() {
    return resumed.get();
  }

  /** Characters that Voicebus did not have to ask the voice for, since it had them. */
  long savedCharacters() {
    return new JsonObject(await(client.status())).getJsonObject("characters").getLong("saved");
  }

  private List<FieldTurn> ask(List<LoadClient.Due> dues) {
    return await(client.ask(dues, this::keep));
  }

  /** Beside the event loops, which have more urgent things to do. */
  private Future<FieldTurn> keep(LoadAnswer answer) {
    return prover.executeBlocking(
        () -> {
          int again = answer.proveWords();
          resumed.addAndGet(again);
          return new FieldTurn(
              answer.flow(),
              answer.question().number(),
              FieldHeard.of(answer.pcm(), answer.pcmMs(), LoadPace.RATE_HZ),
              answer.wholeMs(),
              again);
        },
        false);
  }

  private static <T> T await(Future<T> future) {
    return TwoNodes.await(future, ROUND_SECONDS);
  }

  @Override
  public void close() {
    relay.close();
    voicebus.close();
    services.close();
    await(vertx.close());
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
