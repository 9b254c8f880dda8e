package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenFault;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.emulators.OpenAiEmulator;
import io.voicebus.emulators.OpenAiError;
import io.voicebus.emulators.OpenAiOptions;
import io.voicebus.emulators.OpenAiSpeechFault;
import io.voicebus.emulators.OpenAiSpeechScript;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole pipeline with a line of two services that fail in every way. */
@Tag("slow")
@Timeout(120)
class SpeechFaultsTest {
  private static final int TURNS = 100;
  private static final int CHUNKS = 10;
  private static final int TURNS_AT_ONCE = 10;
  private static final List<String> ERRORS =
      List.of(
          "something_went_wrong", "system_busy", "quota_exceeded", "too_many_concurrent_requests");

  private final Vertx services = Vertx.vertx();

  @AfterEach
  void close() {
    await(services.close());
  }

  @Test
  void aThousandChunksAreHeardOnceAndInOrderWhateverFails() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    ElevenEmulator eleven =
        await(
            ElevenEmulator.start(
                services,
                ElevenOptions.generous()
                    .withMaxConcurrent(12)
                    .withCloseDelay(Duration.ofMillis(20))
                    .withScripts(request -> any(random))));
    OpenAiEmulator openAi =
        await(
            OpenAiEmulator.start(
                services, OpenAiOptions.DEFAULTS.withPort(0).withSpeech(call -> second(random))));
    int resumed = 0;
    try (LocalPipeline pipeline = pipeline(eleven, openAi)) {
      ArrayDeque<HeardTurn> running = new ArrayDeque<>();
      for (int i = 0; i < TURNS; i++) {
        running.add(pipeline.hear(text(i), LocalPipeline.SENTENCES));
        if (running.size() == TURNS_AT_ONCE) {
          resumed += judge(running.remove(), seed);
        }
      }
      while (!running.isEmpty()) {
        resumed += judge(running.remove(), seed);
      }
      assertThat(pipeline.active()).isZero();
      pipeline.assertNothingLeft();
    }
    assertThat(resumed).as("seed %d", seed).isGreaterThan(5);
    // then nothing is left at the services
    await(eleven.when(now -> now.openSockets() == 0 && now.openContexts() == 0));
    await(openAi.when(now -> now.openSpeeches() == 0));
  }

  @Test
  void whereNoTimesAreToldTheNextEngineGoesOnAtAboutTheRightWord() {
    // given: a server that breaks off after 3 seconds and then for good, and another engine
    OpenAiEmulator openAi =
        await(
            OpenAiEmulator.start(
                services,
                OpenAiOptions.DEFAULTS
                    .withPort(0)
                    .withSpeech(
                        call ->
                            OpenAiSpeechScript.instant()
                                .paced(Duration.ZERO, 0.05)
                                .inPieces(500, false)
                                .failing(OpenAiSpeechFault.cut(call.number() == 0 ? 6 : 0)))));
    ElevenEmulator eleven = await(ElevenEmulator.start(services, ElevenOptions.generous()));
    try (LocalPipeline pipeline =
        setup(eleven, openAi).tts("engines", "openai,elevenlabs").start()) {
      // when
      String sentence = "One two three four five six seven eight nine ten eleven twelve thirteen.";
      HeardTurn turn = pipeline.hear(sentence, LocalPipeline.SENTENCES);
      // then: 60 ms a character are said, 65 are assumed before anything was learnt
      assertThat(turn.ended().outcome()).isEqualTo(Outcome.FINISHED);
      byte[] pcm = turn.pcm();
      byte[] whole = EmulatedSpeech.pcm(sentence + " ", 24_000);
      double extraSeconds = (pcm.length - whole.length) / 48_000.0;
      assertThat(extraSeconds).isBetween(-0.5, 0.9);
      assertThat(eleven.counters().contexts() + eleven.counters().requests()).isOne();
      assertThat(eleven.counters().charactersBilled()).isLessThan(sentence.length() * 3 / 4);
    }
  }

  @Test
  void whatBreaksOffOnceGoesOnInTheSameVoiceFromTheWordOn() {
    // given: the first answer to two sentences is cut
    Set<String> cut = ConcurrentHashMap.newKeySet();
    ElevenEmulator eleven =
        await(
            ElevenEmulator.start(
                services,
                ElevenOptions.generous()
                    .withScripts(
                        request ->
                            request.text().matches("Sentence [36] .*") && cut.add(request.text())
                                ? ElevenScript.instant().failing(ElevenFault.cut(5))
                                : ElevenScript.instant())));
    OpenAiEmulator openAi =
        await(OpenAiEmulator.start(services, OpenAiOptions.DEFAULTS.withPort(0)));
    LocalPipeline.Setup patient =
        setup(eleven, openAi).tts("engines", "elevenlabs,openai").tts("failover-ms", 20_000);
    try (LocalPipeline pipeline = patient.start()) {
      // when
      HeardTurn turn = pipeline.hear(text(1), LocalPipeline.SENTENCES);
      // then
      judge(turn, 0);
      assertThat(cut).hasSize(2);
      assertThat(openAi.counters().speeches()).isZero();
    }
  }

  @Test
  void twentyTurnsAtAServiceWithRoomForFourAreAllSpokenByItThoughThereIsAnother() {
    OpenAiEmulator openAi =
        await(
            OpenAiEmulator.start(
                services,
                OpenAiOptions.DEFAULTS
                    .withPort(0)
                    .withSpeech(
                        call ->
                            call.open() > 4
                                ? OpenAiSpeechScript.refuse(OpenAiError.rateLimited())
                                : OpenAiSpeechScript.instant()
                                    .paced(Duration.ofMillis(20), 0.02))));
    ElevenEmulator eleven = await(ElevenEmulator.start(services, ElevenOptions.generous()));
    LocalPipeline.Setup defaults =
        new LocalPipeline.Setup()
            .tts("elevenlabs-api-key", "emulated-key")
            .tts("elevenlabs-base-url", eleven.baseUrl())
            .tts("openai-speech-base-url", openAi.baseUrl())
            .tts("openai-speech-api-key", "emulated-key")
            .tts("engines", "openai,elevenlabs");
    try (LocalPipeline pipeline = defaults.start()) {
      // when
      List<HeardTurn> turns = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        turns.add(pipeline.hear(text(i), LocalPipeline.SENTENCES));
      }
      // then
      turns.forEach(turn -> judge(turn, 0));
      assertThat(eleven.counters().contexts() + eleven.counters().requests()).isZero();
    }
  }

  private static int judge(HeardTurn turn, long seed) {
    assertThat(turn.ended().outcome())
        .as("seed %d: %s", seed, turn.ended())
        .isEqualTo(Outcome.FINISHED);
    assertThat(turn.captions()).hasSize(CHUNKS);
    HeardWords words = new HeardWords(turn.pcm());
    try {
      words.readAll(turn.captions());
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
    return words.resumed();
  }

  private LocalPipeline pipeline(ElevenEmulator eleven, OpenAiEmulator openAi) {
    return setup(eleven, openAi).tts("engines", "elevenlabs,openai").workers(2).start();
  }

  private static LocalPipeline.Setup setup(ElevenEmulator eleven, OpenAiEmulator openAi) {
    return new LocalPipeline.Setup()
        .tts("elevenlabs-api-key", "emulated-key")
        .tts("elevenlabs-base-url", eleven.baseUrl())
        .tts("openai-speech-base-url", openAi.baseUrl())
        .tts("openai-speech-api-key", "emulated-key")
        .tts("failover-ms", 400)
        .tts("failover-probe-ms", 200)
        .tts("cache-bytes", 0)
        .tts("slots", 8);
  }

  private static String text(int turn) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < CHUNKS; i++) {
      text.append("Sentence ").append(i).append(" of turn ").append(turn).append(" is here. ");
    }
    return text.toString();
  }

  private static synchronized ElevenScript any(Random random) {
    int pieces = random.nextInt(5);
    ElevenFault fault =
        switch (random.nextInt(48)) {
          case 0, 1, 2, 3 -> ElevenFault.error(ERRORS.get(random.nextInt(ERRORS.size())), pieces);
          case 4, 5, 6 -> ElevenFault.close(random.nextBoolean() ? 1000 : 1011, pieces);
          case 7, 8, 9 -> ElevenFault.cut(pieces);
          case 10 -> ElevenFault.hang(pieces);
          default -> ElevenFault.none();
        };
    return ElevenScript.instant()
        .paced(Duration.ofMillis(random.nextInt(20)), 0.01)
        .inPieces(150 + random.nextInt(400), true)
        .failing(fault);
  }

  /** Fails before its first sound only: after it, where to go on would be a guess. */
  private static synchronized OpenAiSpeechScript second(Random random) {
    OpenAiSpeechScript script =
        OpenAiSpeechScript.instant().inPieces(150 + random.nextInt(400), true);
    return switch (random.nextInt(50)) {
      case 0 -> script.failing(OpenAiSpeechFault.cut(0));
      case 1 -> script.failing(OpenAiSpeechFault.hang(0));
      default -> script;
    };
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
