package io.voicebus.gemini;

import static io.voicebus.gemini.GeminiBench.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.AnswerLimits;
import io.voicebus.contract.AnswerReport;
import io.voicebus.emulators.GeminiCall;
import io.voicebus.emulators.GeminiEnding;
import io.voicebus.emulators.GeminiError;
import io.voicebus.emulators.GeminiPart;
import io.voicebus.emulators.GeminiRefusal;
import io.voicebus.emulators.GeminiScript;
import io.voicebus.emulators.TextPace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiSourceTest {
  private static final GeminiScript HELD = GeminiScript.answer("abc").ending(GeminiEnding.SILENCE);
  private static final GeminiScript OVERLOADED =
      GeminiScript.refuse(GeminiRefusal.object(GeminiError.overloaded()));

  private static Failure failure(RecordedAnswer answer) {
    return answer.over().result().orElseThrow();
  }

  @Test
  void thePromptReachesTheModelUnchangedWithAWordOnHowToAnswer() {
    try (GeminiBench bench = GeminiBench.playing(GeminiScript.answer("yes")).start()) {
      // when
      String prompt = " \tIs \"50%\" < 100 %?\r\n\u0000😀 ";
      bench.hear(prompt);
      // then
      GeminiCall call = bench.calls().get(0);
      assertThat(call.prompt()).isEqualTo(prompt);
      assertThat(call.body())
          .isEqualTo(
              new JsonObject(
                      """
                  {"contents":[{"role":"user","parts":[{"text":""}]}],
                   "systemInstruction":{"role":"user","parts":[{"text":""}]},
                   "generationConfig":{"thinkingConfig":
                     {"thinkingLevel":"MINIMAL","includeThoughts":false}}}
                  """)
                  .mergeIn(
                      new JsonObject()
                          .put("contents", call.body().getJsonArray("contents"))
                          .put("systemInstruction", said(SourceSettings.SPEAKABLE))));
      assertThat(call.headers()).doesNotContainKey("accept-encoding");
    }
  }

  private static JsonObject said(String text) {
    return new JsonObject()
        .put("role", "user")
        .put("parts", new JsonArray().add(new JsonObject().put("text", text)));
  }

  @Test
  void theInstructionCanBeReplacedOrLeftOut() {
    try (GeminiBench bench =
        GeminiBench.playing(GeminiScript.answer("yes"))
            .set("system-instruction", "none")
            .set("gemini-max-output-tokens", 50)
            .start()) {
      bench.hear("hello");
      assertThat(bench.calls().get(0).body().containsKey("systemInstruction")).isFalse();
      assertThat(bench.calls().get(0).body().encode()).contains("\"maxOutputTokens\":50");
    }
  }

  @Test
  void theCallersLimitAndTextsToStopAtAreTold() {
    try (GeminiBench bench =
        GeminiBench.playing(GeminiScript.answer("yes"))
            .set("gemini-max-output-tokens", 50)
            .start()) {
      bench.hear(
          new Question(
              bench.turn(), List.of(), "hello", "", "", AnswerLimits.of(200, List.of("END"))));
      JsonObject config = bench.calls().get(0).body().getJsonObject("generationConfig");
      assertThat(config.getInteger("maxOutputTokens")).isEqualTo(50);
      assertThat(config.getJsonArray("stopSequences").encode()).isEqualTo("[\"END\"]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-3.8-flash, thinkingLevel, LOW",
    "gemini-3.7-flash, thinkingLevel, LOW",
    "gemini-3.6-flash, thinkingLevel, MINIMAL",
    "gemini-3.5-flash, thinkingLevel, MINIMAL",
    "gemini-3.5-flash-lite, thinkingLevel, MINIMAL",
    "gemini-3.1-flash-lite, thinkingLevel, MINIMAL",
    "gemini-3.1-pro-preview, thinkingLevel, LOW",
    "gemini-2.5-flash, thinkingBudget, 0",
    "gemini-2.5-flash-lite, thinkingBudget, 0"
  })
  void asksEveryModelForTheLeastThinkingThatItTakes(String model, String field, String value) {
    try (GeminiBench bench =
        GeminiBench.playing(GeminiScript.answer("yes")).set("gemini-model", model).start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then
      assertThat(answer.text()).isEqualTo("yes");
      JsonObject config = bench.calls().get(0).body().getJsonObject("generationConfig");
      assertThat(config.getJsonObject("thinkingConfig").getValue(field)).hasToString(value);
    }
  }

  @Test
  void theTokensAndTheModelThatServedAreToldWithTheAnswer() {
    GeminiScript script =
        GeminiScript.answer(GeminiPart.thought("hm hm hm"), GeminiPart.text("yes"));
    try (GeminiBench bench =
        GeminiBench.playing(script).set("gemini-model", "gemini-3.5-flash").start()) {
      assertThat(bench.hear("hello").report())
          .isEqualTo(
              new AnswerReport(
                  "gemini", "gemini-3.6-flash", AnswerReport.Ending.COMPLETE, 1, 2, 1, 2));
    }
  }

  @Test
  void aModelThatDoesNotTakeTheThinkingIsAskedWithoutFromThenOn() {
    try (GeminiBench bench =
        GeminiBench.playing(GeminiScript.answer("yes"))
            .set("gemini-model", "gemini-3.8-flash")
            .set("gemini-thinking", "minimal")
            .start()) {
      // when
      String first = bench.hear("hello").text();
      String second = bench.hear("hello").text();
      // then: the refused request obeyed no rule, so the emulator counts it apart
      assertThat(List.of(first, second)).containsExactly("yes", "yes");
      assertThat(bench.calls()).noneMatch(GeminiCall::saysHowToThink).hasSize(2);
      assertThat(bench.emulator().totalRequests()).isEqualTo(3);
    }
  }

  @Test
  void aWrongKeySaysWhatToDoAndIsNotRepeated() {
    try (GeminiBench bench =
        GeminiBench.playing(GeminiScript.answer("yes"))
            .set("gemini-api-key", "sesame-open")
            .start()) {
      // when
      Failure failure = failure(bench.hear("hello"));
      // then
      assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
      assertThat(failure.detail()).contains("GEMINI_API_KEY").doesNotContain("sesame-open");
      assertThat(bench.emulator().totalRequests()).isEqualTo(1);
    }
  }

  @Test
  void aServiceThatRepeatsTheKeyDoesNotLeakIt() {
    GeminiError leaky = GeminiError.invalid("no emulated-key here");
    try (GeminiBench bench =
        GeminiBench.playing(GeminiScript.refuse(GeminiRefusal.object(leaky))).start()) {
      assertThat(failure(bench.hear("hello")).detail())
          .contains("no … here")
          .doesNotContain("emulated-key");
    }
  }

  @Test
  void givesUpAfterTwoRetries() {
    try (GeminiBench bench = GeminiBench.playing(OVERLOADED).start()) {
      // when
      Failure failure = failure(bench.hear("hello"));
      // then
      assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(failure.detail()).contains("overloaded");
      assertThat(bench.calls()).hasSize(3);
      assertThat(bench.emulator().connections()).isEqualTo(1);
    }
  }

  @Test
  void aProxysPageIsToldInBrief() {
    String page = "<html>" + "x".repeat(5000);
    GeminiScript script = GeminiScript.refuse(new GeminiRefusal(502, "text/html", page));
    try (GeminiBench bench = GeminiBench.playing(script).set("gemini-retries", 0).start()) {
      assertThat(failure(bench.hear("hello")).detail())
          .contains("502: <html>xxx")
          .hasSizeLessThan(400);
    }
  }

  @Test
  void aServiceThatIsNotThereIsUnavailable() {
    try (GeminiBench bench =
        GeminiBench.playing(OVERLOADED).set("gemini-base-url", "http://127.0.0.1:1").start()) {
      Failure failure = failure(bench.hear("hello"));
      assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(failure.detail()).contains("gemini-base-url");
    }
  }

  @ParameterizedTest
  @CsvSource({"gemini-headers-ms, 600000, 2", "gemini-total-ms, 600000, 1"})
  void aServiceThatDoesNotAnswerTimesOut(String limit, int firstMs, int requests) {
    GeminiScript slow = GeminiScript.answer("x").at(new TextPace(firstMs, 0, 1));
    try (GeminiBench bench = GeminiBench.playing(slow).set(limit, 3000).start()) {
      // when
      Failure failure = failure(bench.hear("hello"));
      // then
      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      await(bench.emulator().idle());
      assertThat(bench.calls()).hasSize(requests);
    }
  }

  @Test
  void aServiceThatFallsSilentAfterSomeTextTimesOutAndIsNotAskedAgain() {
    try (GeminiBench bench = GeminiBench.playing(HELD).set("gemini-gap-ms", 3000).start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then
      assertThat(failure(answer).kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(answer.text()).isEqualTo("abc");
      await(bench.emulator().idle());
      assertThat(bench.calls()).hasSize(1);
    }
  }

  @Test
  void anAnswerThatIsCancelledClosesItsConnectionAtOnce() {
    try (GeminiBench bench = GeminiBench.playing(HELD).start()) {
      // given
      List<RecordedAnswer> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(
            bench.ask(
                "hello",
                (answer, piece) -> {
                  answer.cancel();
                  answer.resume();
                  return null;
                }));
      }
      // when
      answers.forEach(answer -> await(answer.first()));
      await(bench.emulator().idle());
      // then
      assertThat(bench.emulator().totalRequests()).isEqualTo(20);
      assertThat(answers).noneMatch(answer -> answer.over().isComplete());
    }
  }

  @Test
  void anAnswerThatIsCancelledBeforeItBeginsAsksNothing() {
    try (GeminiBench bench = GeminiBench.playing(HELD).start()) {
      // when
      bench.run(
          () -> {
            bench
                .source()
                .answer(Question.of(bench.turn(), "hello"), new RecordedAnswer(piece -> {}))
                .cancel();
            return 0;
          });
      // then
      await(bench.emulator().idle());
      assertThat(bench.calls()).isEmpty();
    }
  }

  @Test
  void warmsItsConnectionWithoutAPrompt() {
    try (GeminiBench bench = GeminiBench.playing(HELD).start()) {
      await(bench.run(() -> bench.source().warm()));
      assertThat(bench.emulator().totalRequests()).isZero();
    }
  }
}
