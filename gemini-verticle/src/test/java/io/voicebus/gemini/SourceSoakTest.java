package io.voicebus.gemini;

import static io.voicebus.gemini.SourceBench.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.util.ResourceLeakDetector;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.emulators.OpenAiEmulator;
import io.voicebus.emulators.OpenAiOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/**
 * Many turns with every fault, by chance. {@code -Dsoak.turns=10000} runs more of them, {@code
 * -Dsoak.seed=…} the same again: {@code ./bench soak}.
 */
@Tag("slow")
@Isolated("watches the buffers of the whole JVM")
class SourceSoakTest {
  /** At each of the three. */
  private static final int TURNS = (Integer.getInteger("soak.turns", 900) + 2) / 3;

  private static final int AT_ONCE = 60;

  private final long seed = Long.getLong("soak.seed", new Random().nextLong());
  private final Map<Integer, Integer> attempts = new ConcurrentHashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();
  private final Logger leakLogger =
      (Logger) LoggerFactory.getLogger("io.netty.util.ResourceLeakDetector");
  private final ResourceLeakDetector.Level usualLevel = ResourceLeakDetector.getLevel();

  @BeforeEach
  void watchBuffers() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    leaks.start();
    leakLogger.addAppender(leaks);
  }

  @AfterEach
  void stopWatching() {
    leakLogger.detachAppender(leaks);
    ResourceLeakDetector.setLevel(usualLevel);
  }

  /** What the service does at the next attempt of the turn that a prompt names. */
  private <S> S script(String prompt, BiFunction<Random, String, S> faults) {
    int turn = Integer.parseInt(prompt.substring(prompt.lastIndexOf('\n') + 1));
    int attempt = attempts.merge(turn, 1, Integer::sum);
    return faults.apply(SoakFaults.random(seed, turn, 1 + attempt), SoakFaults.text(seed, turn));
  }

  private static <B extends SourceBench<B>> B hurried(B bench) {
    for (String source : new String[] {"gemini", "openai"}) {
      // Ten times as fast as they say.
      bench
          .set(source + "-headers-ms", 5_000)
          .set(source + "-gap-ms", 5_000)
          .set(source + "-total-ms", 60_000);
    }
    return bench;
  }

  @Test
  void everyTurnAtGeminiEndsOnceAndNothingIsLeftBehind() throws Exception {
    try (GeminiBench bench =
        hurried(
                GeminiBench.answering(call -> script(call.prompt(), SoakFaults::gemini))
                    .forgetful())
            .start()) {
      soak(bench, TURNS);
      await(bench.emulator().idle());
      await(bench.run(() -> bench.source().close()));
      await(bench.emulator().disconnected());
    }
  }

  @Test
  void everyTurnAtAnOpenAiCompatibleServerEndsOnceAndNothingIsLeftBehind() throws Exception {
    try (OpenAiBench bench =
        hurried(
                OpenAiBench.answering(call -> script(call.prompt(), SoakFaults::openAi))
                    .forgetful())
            .start()) {
      soak(bench, TURNS);
      await(bench.emulator().when(now -> now.openChats() == 0));
      await(bench.run(() -> bench.source().close()));
      await(bench.emulator().when(now -> now.openConnections() == 0));
    }
  }

  @Test
  void everyTurnThatMayFallBackEndsOnceAndNothingIsLeftBehind() throws Exception {
    GeminiBench bench =
        hurried(
            GeminiBench.answering(call -> script(call.prompt(), SoakFaults::gemini)).forgetful());
    try (bench) {
      OpenAiEmulator other =
          await(
              OpenAiEmulator.start(
                  bench.vertx(),
                  OpenAiOptions.DEFAULTS.withChat(
                      call -> script(call.prompt(), SoakFaults::openAi))));
      bench
          .set("openai-base-url", other.baseUrl())
          .set("openai-api-key", "emulated-key")
          .set("openai-model", "gpt-4o-mini")
          .set("fallback", "openai,gemini:gemini-3.1-flash-lite")
          .start();
      soak(bench, TURNS);
      await(bench.emulator().idle());
      await(other.when(now -> now.openChats() == 0));
      await(bench.run(() -> bench.source().close()));
      await(bench.emulator().disconnected());
      await(other.when(now -> now.openConnections() == 0));
    }
  }

  private void soak(SourceBench<?> bench, int turns) throws Exception {
    // when
    Run run = new Run(bench, turns);
    bench.run(
        () -> {
          for (int i = 0; i < AT_ONCE; i++) {
            run.next();
          }
          return 0;
        });
    run.done.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.MINUTES);
    // then
    // A connection may take a moment to become free behind its answer.
    await(noTimers(bench));
    int left = bench.run(bench.fastTime()::waiting);
    System.gc();
    bench.run(
        () -> {
          run.begin(turns);
          return 0;
        });
    System.out.printf(
        "soak: %d turns, %d attempts, ends %s, seed %d%n",
        turns, attempts.values().stream().mapToInt(n -> n).sum(), run.ends, seed);
    assertThat(wrong).as("seed %d", seed).isEmpty();
    assertThat(left).as("timers, seed %d", seed).isZero();
    assertThat(run.over).isGreaterThanOrEqualTo(turns);
    assertThat(run.ends.getOrDefault("complete", 0)).isGreaterThan(turns / 10);
    assertThat(run.ends).containsKey("cancelled");
    assertThat(leaks.list).as("seed %d", seed).isEmpty();
  }

  private static Future<Void> noTimers(SourceBench<?> bench) {
    Promise<Void> none = Promise.promise();
    bench
        .vertx()
        .setPeriodic(
            5,
            id ->
                bench
                    .fastTime()
                    .execute(
                        () -> {
                          if (bench.fastTime().waiting() == 0 && bench.vertx().cancelTimer(id)) {
                            none.tryComplete();
                          }
                        }));
    return none.future();
  }

  /** Keeps so many turns under way; all on the context of the bench. */
  private final class Run {
    private final SourceBench<?> bench;
    private final int turns;
    private final Promise<Void> done = Promise.promise();
    private int begun;
    private int over;
    private final Map<String, Integer> ends = new TreeMap<>();

    Run(SourceBench<?> bench, int turns) {
      this.bench = bench;
      this.turns = turns;
    }

    void next() {
      if (begun < turns) {
        begin(begun++);
      }
    }

    void begin(int turn) {
      SoakTurn[] sink = new SoakTurn[1];
      sink[0] =
          new SoakTurn(
              SoakFaults.text(seed, turn),
              SoakFaults.random(seed, turn, 1),
              task -> bench.vertx().setTimer(5, ignored -> task.run()),
              () -> over(sink[0]),
              what -> wrong.add("turn " + turn + ": " + what));
      Question question = Question.of(bench.turn(), Integer.toString(turn));
      sink[0].begun(bench.source().answer(question, sink[0]));
    }

    private void over(SoakTurn turn) {
      ends.merge(turn.how(), 1, Integer::sum);
      if (++over == turns) {
        // Not from within the sink: what ends is still to be put away.
        bench.vertx().runOnContext(ignored -> done.tryComplete());
      }
      next();
    }
  }
}
