package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.Characters;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenFault;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenRequest;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.emulators.GeminiCall;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.GeminiEnding;
import io.voicebus.emulators.GeminiError;
import io.voicebus.emulators.GeminiRefusal;
import io.voicebus.emulators.GeminiScript;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole pipeline, with a model and a voice from services. */
@Tag("slow")
@Timeout(240)
class ServicesPipelineTest {
  private static final int AT_ONCE = 100;

  private final Vertx services = Vertx.vertx();

  private GeminiEmulator model(Function<GeminiCall, GeminiScript> script) {
    return await(GeminiEmulator.start(services, GeminiEmulatorOptions.DEFAULTS.withScript(script)));
  }

  private ElevenEmulator voice(ElevenOptions options) {
    return await(ElevenEmulator.start(services, options));
  }

  private static LocalPipeline.Setup pipeline(GeminiEmulator model, ElevenEmulator voice) {
    return new LocalPipeline.Setup()
        .gemini("gemini-api-key", "emulated-key")
        .gemini("gemini-base-url", model.baseUrl())
        .tts("elevenlabs-api-key", "emulated-key")
        .tts("elevenlabs-base-url", voice.baseUrl())
        .tts("slots", 16);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(90, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Over WebSockets a chunk goes to the service with a space after it, over HTTP without. */
  private static void assertHeardWhole(HeardTurn turn) {
    TurnEvent.Ended ended = turn.ended();
    assertThat(ended.outcome()).as("%s", ended).isEqualTo(Outcome.FINISHED);
    assertThat(EmulatedSpeech.textOf(turn.pcm()).replace(" ", ""))
        .as("%s", turn.events(TurnEvent.class))
        .isEqualTo(String.join("", turn.captions()).replace(" ", ""));
  }

  @AfterEach
  void close() {
    await(services.close());
  }

  @Test
  void aTurnThatWaitsForRoomAtAServiceSaysSoInTheServicesWords() {
    // given: a plan that others use up
    ElevenEmulator voice = voice(ElevenOptions.generous());
    voice.refuseUpgrades(1_000, 429, "concurrent_limit_exceeded");
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .tts("elevenlabs-api-key", "emulated-key")
            .tts("elevenlabs-base-url", voice.baseUrl())
            .start()) {
      // when
      HeardTurn turn = pipeline.start("Is anybody there?", LocalPipeline.SENTENCES);
      turn.listen();
      // then
      assertThat(turn.waitsFor("plan allows no more")).startsWith("chunk 0 to be spoken: ");
      turn.cancel();
    }
  }

  @Test
  void theLedgerTellsWhatWasAskedForHeardWastedAndSaved() {
    // given: the reader, and a voice from a service
    ElevenEmulator voice = voice(ElevenOptions.generous());
    try (LocalPipeline pipeline =
        new LocalPipeline.Setup()
            .tts("elevenlabs-api-key", "emulated-key")
            .tts("elevenlabs-base-url", voice.baseUrl())
            .start()) {
      String text = "Light is scattered by the air. Blue light is scattered most.";
      // when: a turn that finishes, the same again, and one that is cancelled in the middle
      HeardTurn first = pipeline.hear(text, LocalPipeline.SENTENCES);
      assertHeardWhole(first);
      HeardTurn again = pipeline.hear(text, LocalPipeline.SENTENCES);
      assertHeardWhole(again);
      String story =
          IntStream.range(0, 26)
              .mapToObj(i -> "So we see blue as " + Character.toString('a' + i).repeat(3) + ". ")
              .collect(Collectors.joining());
      HeardTurn cut = pipeline.hear(story, LocalPipeline.SENTENCES);
      cut.audio(2_000);
      cut.cancel();
      // then
      long chars = first.captions().stream().mapToLong(String::length).sum();
      assertThat(first.ended().characters()).isEqualTo(new Characters(chars, chars, 0, 0));
      assertThat(again.ended().characters()).isEqualTo(new Characters(0, chars, 0, chars));
      Characters ofCut = cut.ended().characters();
      assertThat(cut.ended().outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(ofCut.asked()).isPositive();
      assertThat(ofCut.wasted()).isPositive();
      assertThat(ofCut.heard()).isLessThanOrEqualTo(ofCut.asked() + ofCut.saved());
      // and in total
      Characters total = first.ended().characters().plus(again.ended().characters()).plus(ofCut);
      assertThat(pipeline.characters().heard()).isEqualTo(total.heard());
      assertThat(pipeline.characters().asked()).isGreaterThanOrEqualTo(total.asked());
    }
  }

  @Test
  void aModelAnswersAndAVoiceSpeaks() {
    // given
    String answer = "Light is scattered by the air. Blue light is scattered most. So we see blue.";
    GeminiEmulator model = model(call -> GeminiScript.answer(answer));
    ElevenEmulator voice = voice(ElevenOptions.generous());
    try (LocalPipeline pipeline = pipeline(model, voice).start()) {
      // when
      HeardTurn turn = pipeline.hear("Why is the sky blue?", LocalPipeline.SENTENCES);
      // then
      assertHeardWhole(turn);
      assertThat(turn.text()).isEqualTo(answer);
    }
  }

  @Test
  void aWrongKeyOfEitherServiceSaysWhatToDo() {
    GeminiEmulator model = model(call -> GeminiScript.answer("Hello there, my friend."));
    ElevenEmulator voice =
        voice(
            ElevenOptions.generous().withKeys("another-key").withCloseDelay(Duration.ofMillis(1)));
    try (LocalPipeline pipeline =
        pipeline(model, voice(ElevenOptions.generous()))
            .gemini("gemini-api-key", "wrong")
            .start()) {
      assertFails(pipeline, FailureKind.UNAUTHENTICATED, "GEMINI_API_KEY");
    }
    // The voice's sockets are opened before the first prompt, so its key is known to be wrong at
    // start.
    assertThatThrownBy(() -> pipeline(model, voice).start())
        .hasStackTraceContaining("UNAUTHENTICATED")
        .hasStackTraceContaining("ELEVENLABS_API_KEY");
  }

  @Test
  void whatCameOfAnAnswerThatBreaksOffIsHeardAndThenItIsTold() {
    // given: the voice is slower than the model
    GeminiEmulator model =
        model(
            call ->
                GeminiScript.answer("First, heat the oven. Then mix the flour with water. Let it")
                    .ending(GeminiEnding.errorEvent(GeminiError.overloaded())));
    ElevenEmulator voice =
        voice(
            ElevenOptions.generous()
                .withScripts(r -> ElevenScript.instant().paced(Duration.ofMillis(300), 0.2)));
    try (LocalPipeline pipeline = pipeline(model, voice).start()) {
      // when
      HeardTurn turn = pipeline.hear("Bread, please.", LocalPipeline.SENTENCES);
      TurnEvent.Ended ended = turn.ended();
      // then
      assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(Objects.requireNonNull(ended.failure()).kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(EmulatedSpeech.textOf(turn.pcm()))
          .contains("First, heat the oven.")
          .contains("Then mix the flour with water.");
    }
  }

  private static void assertFails(LocalPipeline pipeline, FailureKind kind, String words) {
    TurnEvent.Ended ended = pipeline.hear("Who is there?", LocalPipeline.SENTENCES).ended();
    assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
    Failure failure = ended.failure();
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as("%s", failure).isEqualTo(kind);
    assertThat(failure.detail()).contains(words);
  }

  @Test
  void fiftyInterruptionsLeaveNothingBehind() {
    // given
    GeminiEmulator model = model(call -> GeminiScript.answer("One more sentence. ".repeat(50)));
    ElevenEmulator voice =
        voice(
            ElevenOptions.generous()
                .withScripts(r -> ElevenScript.instant().paced(Duration.ofMillis(5), 0.2)));
    try (LocalPipeline pipeline = pipeline(model, voice).start()) {
      // when
      for (int i = 0; i < 50; i++) {
        HeardTurn turn = pipeline.hear("Talk to me, please.", LocalPipeline.SENTENCES);
        turn.firstAudio();
        turn.cancel();
        assertThat(turn.ended().outcome()).isEqualTo(Outcome.CANCELLED);
      }
      // then
      await(model.idle());
      await(voice.when(counters -> counters.openContexts() == 0));
    }
  }

  @Test
  void turnsWithRandomFaultsEachEndOnceAndLeaveNothingBehind() {
    int turns = Integer.getInteger("services.turns", 150);
    long seed = Long.getLong("seed", new Random().nextLong());
    Faults faults = new Faults(seed);
    GeminiEmulator model = model(faults::answer);
    ElevenEmulator voice =
        voice(
            ElevenOptions.generous()
                .withCloseDelay(Duration.ofMillis(20))
                .withScripts(faults::speech));
    OwnerLimits limits =
        new OwnerLimits(
            2 * AT_ONCE, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(10));
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    try (LocalPipeline pipeline =
        pipeline(model, voice)
            .gemini("gemini-gap-ms", 1000)
            .tts("chunk-timeout-ms", 1000)
            .limits(limits)
            .workers(2)
            .start()) {
      // when
      ArrayDeque<HeardTurn> underWay = new ArrayDeque<>();
      int judged = 0;
      for (int i = 0; i < turns; i++) {
        HeardTurn turn = pipeline.hear("prompt " + i + " of the soak", LocalPipeline.SENTENCES);
        underWay.add(turn);
        if (i % 10 == 3) {
          turn.cancel();
        }
        if (underWay.size() == AT_ONCE) {
          faults.judge(judged++, underWay.remove(), outcomes);
        }
      }
      // then
      while (!underWay.isEmpty()) {
        faults.judge(judged++, underWay.remove(), outcomes);
      }
      assertThat(pipeline.active()).as("seed %d", seed).isZero();
      pipeline.assertNothingLeft();
      await(model.idle());
      // A context that hangs is open at the service until its socket is left.
      System.out.println("after the soak, seed " + seed + ": " + outcomes + " " + voice.counters());
      await(voice.when(counters -> counters.openContexts() == 0));
    }
    await(voice.when(counters -> counters.openSockets() == 0));
    assertThat(outcomes.get(Outcome.FINISHED))
        .as("seed %d: %s", seed, outcomes)
        .isGreaterThan(turns / 2);
  }

  /** What goes wrong, by a seed: a quarter of all turns at the model, and a fifth at the voice. */
  private static final class Faults {
    private final long seed;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    Faults(long seed) {
      this.seed = seed;
    }

    private Random random(int turn, int salt) {
      return new Random(seed * 31 + turn * 1_000_003L + salt);
    }

    private static int turnOf(String text) {
      return Integer.parseInt(text.replaceAll("\\D*(\\d+).*", "$1"));
    }

    boolean touched(int turn) {
      return random(turn, 1).nextInt(20) < 5 || random(turn, 2).nextInt(20) < 4;
    }

    /** None is kept, since a thousand of them would fill the heap. */
    void judge(int number, HeardTurn turn, Map<Outcome, Integer> outcomes) {
      outcomes.merge(turn.ended().outcome(), 1, Integer::sum);
      assertThat(turn.events(TurnEvent.Ended.class)).as("seed %d turn %d", seed, number).hasSize(1);
      if (number % 10 != 3 && !touched(number)) {
        assertHeardWhole(turn);
      }
    }

    GeminiScript answer(GeminiCall call) {
      int turn = turnOf(call.prompt());
      GeminiScript good =
          GeminiScript.answer(
              "Turn "
                  + turn
                  + " begins right here. Turn "
                  + turn
                  + " goes on for a little while. Turn "
                  + turn
                  + " is over.");
      boolean first = seen.add("prompt " + turn);
      return switch (random(turn, 1).nextInt(20)) {
        case 0 ->
            first ? GeminiScript.refuse(GeminiRefusal.object(GeminiError.overloaded())) : good;
        case 1 -> good.ending(GeminiEnding.TRUNCATED);
        case 2 -> good.ending(GeminiEnding.RESET);
        case 3 -> good.ending(GeminiEnding.errorEvent(GeminiError.overloaded()));
        case 4 -> good.ending(GeminiEnding.blocked("SAFETY"));
        default -> good;
      };
    }

    ElevenScript speech(ElevenRequest request) {
      ElevenScript good = ElevenScript.instant();
      if (!request.text().startsWith("Turn ")) {
        return good; // the rest of a sentence that another turn's fault has cut
      }
      int turn = turnOf(request.text());
      if (!seen.add("speech " + turn)) {
        return good;
      }
      return switch (random(turn, 2).nextInt(20)) {
        case 0 -> good.failing(ElevenFault.error("something_went_wrong", 2));
        case 1 -> good.failing(ElevenFault.cut(1));
        case 2 -> good.failing(ElevenFault.close(1000, 1));
        case 3 -> good.failing(ElevenFault.hang(1));
        default -> good;
      };
    }
  }
}
