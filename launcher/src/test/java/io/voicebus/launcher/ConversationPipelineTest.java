package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PastTurn;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.GeminiCall;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.GeminiEnding;
import io.voicebus.emulators.GeminiScript;
import io.voicebus.turn.TurnEvent.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conversations through the whole pipeline, with a model and a voice from services. */
@Timeout(120)
class ConversationPipelineTest {
  private static final String LIGHT = "Light is scattered by the air in all directions.";

  /** 60 ms of the emulated voice for each char: the second word ends at 480, the third at 1080. */
  private static final int WORDS_THREE_MS = 1200;

  private final Vertx services = Vertx.vertx();
  private final Map<String, GeminiScript> answers = new ConcurrentHashMap<>();
  private final Map<String, JsonArray> asked = new ConcurrentHashMap<>();

  private static TurnOptions in(String conversation, Pace pace) {
    return new TurnOptions("", conversation, false, pace, TurnOptions.NO_PROCESSING);
  }

  private LocalPipeline.Setup withModel() {
    GeminiEmulator model =
        await(
            GeminiEmulator.start(
                services, GeminiEmulatorOptions.DEFAULTS.withScript(this::answer)));
    return new LocalPipeline.Setup()
        .gemini("gemini-api-key", "emulated-key")
        .gemini("gemini-base-url", model.baseUrl());
  }

  private LocalPipeline.Setup withServices() {
    ElevenEmulator voice = await(ElevenEmulator.start(services, ElevenOptions.generous()));
    return withModel()
        .tts("elevenlabs-api-key", "emulated-key")
        .tts("elevenlabs-base-url", voice.baseUrl())
        .tts("slots", 16);
  }

  private GeminiScript answer(GeminiCall call) {
    asked.put(call.prompt(), call.body().getJsonArray("contents"));
    return answers.getOrDefault(call.prompt(), GeminiScript.answer("Well, " + call.prompt()));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** User and model in turn. */
  private static JsonArray contents(List<String> texts) {
    JsonArray contents = new JsonArray();
    for (String text : texts) {
      contents.add(
          new JsonObject()
              .put("role", contents.size() % 2 == 0 ? "user" : "model")
              .put("parts", new JsonArray().add(new JsonObject().put("text", text))));
    }
    return contents;
  }

  @AfterEach
  void close() {
    await(services.close());
  }

  @Test
  void theModelIsToldExactlyWhatWasSaidWhicheverInstanceAsksIt() {
    try (LocalPipeline pipeline = withServices().sources(3).start()) {
      List<String> said = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        // when
        String prompt = "what is **number " + i + "**?";
        HeardTurn turn = pipeline.hear(prompt, in("c", Pace.ASAP));
        assertThat(turn.ended().outcome()).isEqualTo(Outcome.FINISHED);
        // then
        said.add(prompt);
        assertThat(asked.get(prompt)).isEqualTo(contents(said));
        said.add("Well, " + prompt);
      }
      // and another conversation knows nothing of it
      pipeline.hear("who are you?", in("d", Pace.ASAP)).ended();
      assertThat(asked.get("who are you?")).isEqualTo(contents(List.of("who are you?")));
    }
  }

  @Test
  void theModelIsToldWhatItsCallerSaidMeanwhile() {
    try (LocalPipeline pipeline = withServices().sources(2).start()) {
      // given
      pipeline.hear("why?", in("c", Pace.ASAP)).ended();
      TurnOptions say = in("c", Pace.ASAP).withMode(TextMode.SAY);
      // when
      HeardTurn said = pipeline.hear("Your *table* is booked.", say);
      assertThat(said.ended().outcome()).isEqualTo(Outcome.FINISHED);
      pipeline.hear("and?", in("c", Pace.ASAP)).ended();
      // then
      assertThat(asked.get("and?"))
          .isEqualTo(contents(List.of("why?", "Well, why?\n\nYour *table* is booked.", "and?")));
      assertThat(pipeline.conversation("c").orElseThrow().turns())
          .extracting(PastTurn::prompt)
          .containsExactly("why?", "", "and?");
    }
  }

  @Test
  void ofATextThatIsBrokenOffTheModelIsToldWhatWasHeard() {
    answers.put("and?", GeminiScript.answer("Well."));
    try (LocalPipeline pipeline = withServices().start()) {
      TurnOptions say = in("c", Pace.REALTIME).withMode(TextMode.SAY);
      HeardTurn said = pipeline.hear((LIGHT + " ").repeat(20), say);
      said.audio(2 * 24_000 * WORDS_THREE_MS / 1000);
      said.position(WORDS_THREE_MS, false);
      said.cancel();
      pipeline.hear("and?", in("c", Pace.ASAP)).ended();
      JsonArray told = asked.getOrDefault("and?", new JsonArray());
      assertThat(told.size()).isEqualTo(3);
      assertThat(told.getJsonObject(1))
          .isEqualTo(contents(List.of("", "Light is scattered")).getJsonObject(1));
    }
  }

  @Test
  void afterABargeInTheModelIsToldOnlyWhatWasHeard() {
    // given
    answers.put("why?", GeminiScript.answer((LIGHT + " ").repeat(20)));
    try (LocalPipeline pipeline = withServices().start()) {
      HeardTurn turn = pipeline.hear("why?", in("c", Pace.REALTIME));
      turn.audio(2 * 24_000 * WORDS_THREE_MS / 1000);
      turn.position(WORDS_THREE_MS, false);
      // when: it breaks in, before the former turn has ended
      turn.cancel();
      HeardTurn next = pipeline.hear("and?", in("c", Pace.ASAP));
      // then
      assertThat(next.ended().outcome()).isEqualTo(Outcome.FINISHED);
      assertThat(asked.get("and?"))
          .isEqualTo(contents(List.of("why?", "Light is scattered", "and?")));
      assertThat(pipeline.conversation("c").orElseThrow().turns())
          .extracting(PastTurn::state)
          .containsExactly(PastTurn.State.CUT, PastTurn.State.HEARD);
    }
  }

  @Test
  void alsoWhenAllWasSentAlreadyAndTheListenerStillPlays() {
    // given
    answers.put("why?", GeminiScript.answer(LIGHT));
    try (LocalPipeline pipeline = withServices().start()) {
      HeardTurn turn = pipeline.hear("why?", in("c", Pace.REALTIME));
      assertThat(turn.ended().outcome()).isEqualTo(Outcome.FINISHED);
      // when
      turn.position(WORDS_THREE_MS, false);
      pipeline.hear("and?", in("c", Pace.ASAP)).ended();
      // then
      assertThat(asked.get("and?"))
          .isEqualTo(contents(List.of("why?", "Light is scattered", "and?")));
    }
  }

  @Test
  void aVoiceWithoutTimingsIsCutByItsPace() {
    // given
    answers.put("why?", GeminiScript.answer((LIGHT + " ").repeat(20)));
    try (LocalPipeline pipeline = withModel().start()) {
      HeardTurn turn = pipeline.hear("why?", in("c", Pace.REALTIME));
      turn.audio(2 * 16_000 * 2);
      turn.position(1500, false);
      // when
      turn.cancel();
      HeardTurn next = pipeline.hear("and?", in("c", Pace.ASAP));
      // then
      assertThat(next.ended().failure()).isNull();
      JsonArray contents = asked.get("and?");
      assertThat(contents).hasSize(3);
      String heard =
          contents.getJsonObject(1).getJsonArray("parts").getJsonObject(0).getString("text");
      assertThat(LIGHT).startsWith(heard + " ");
      assertThat(heard).startsWith("Light is");
    }
  }

  @Test
  void whatWasBlockedIsNotSaidAgain() {
    // given
    answers.put("bad", GeminiScript.answer("").ending(GeminiEnding.bare("SAFETY")));
    try (LocalPipeline pipeline = withServices().start()) {
      assertThat(pipeline.hear("bad", in("c", Pace.ASAP)).ended().outcome())
          .isEqualTo(Outcome.FAILED);
      // when
      pipeline.hear("good", in("c", Pace.ASAP)).ended();
      // then
      assertThat(asked.get("good")).isEqualTo(contents(List.of("good")));
    }
  }
}
