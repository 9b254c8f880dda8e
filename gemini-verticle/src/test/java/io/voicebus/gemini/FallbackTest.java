package io.voicebus.gemini;

import static io.voicebus.gemini.SourceBench.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.LogLines;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Settings;
import io.voicebus.emulators.GeminiCall;
import io.voicebus.emulators.GeminiEnding;
import io.voicebus.emulators.GeminiError;
import io.voicebus.emulators.GeminiRefusal;
import io.voicebus.emulators.GeminiScript;
import io.voicebus.emulators.OpenAiChatScript;
import io.voicebus.emulators.OpenAiEmulator;
import io.voicebus.emulators.OpenAiError;
import io.voicebus.emulators.OpenAiOptions;
import io.voicebus.emulators.TextPace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FallbackTest {
  @RegisterExtension final LogLines log = LogLines.of("io.voicebus.models");

  private static final GeminiScript OVERLOADED = refusing(GeminiError.overloaded());

  private static GeminiScript refusing(GeminiError error) {
    return GeminiScript.refuse(GeminiRefusal.object(error));
  }

  private static OpenAiEmulator other(GeminiBench bench, OpenAiChatScript script) {
    OpenAiEmulator other =
        await(OpenAiEmulator.start(bench.vertx(), OpenAiOptions.DEFAULTS.withChat(call -> script)));
    bench
        .set("openai-base-url", other.baseUrl())
        .set("openai-api-key", "emulated-key")
        .set("openai-model", "gpt-4o-mini")
        .set("fallback", "openai");
    return other;
  }

  @Test
  void anotherModelIsAskedOnceTheFirstHasBeenTriedOftenEnough() {
    try (GeminiBench bench =
        GeminiBench.answering(
                call ->
                    call.model().equals("gemini-3.5-flash-lite")
                        ? OVERLOADED
                        : GeminiScript.answer("here"))
            .set("fallback", "gemini:gemini-3.1-flash-lite")
            .start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then
      assertThat(answer.text()).isEqualTo("here");
      assertThat(bench.calls())
          .extracting(GeminiCall::model)
          .containsExactly(
              "gemini-3.5-flash-lite",
              "gemini-3.5-flash-lite",
              "gemini-3.5-flash-lite",
              "gemini-3.1-flash-lite");
      assertThat(answer.report().model()).isEqualTo("gemini-3.1-flash-lite");
      assertThat(answer.report().attempts()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @CsvSource({"quota", "key", "model", "silence"})
  void anotherProviderIsAskedAtOnceWhenTryingAgainIsOfNoUse(String trouble) {
    GeminiScript script =
        switch (trouble) {
          case "quota" -> refusing(GeminiError.dailyQuota());
          case "key" -> refusing(GeminiError.badKey());
          case "model" -> refusing(GeminiError.of(404, "NOT_FOUND", "retired"));
          default -> GeminiScript.answer("").ending(GeminiEnding.bare("LANGUAGE"));
        };
    GeminiBench bench = GeminiBench.playing(script);
    other(bench, OpenAiChatScript.answer("there"));
    try (bench) {
      // when
      RecordedAnswer answer = bench.start().hear("hello");
      // then
      assertThat(answer.text()).isEqualTo("there");
      assertThat(answer.report().source()).isEqualTo("openai");
      assertThat(bench.calls()).hasSize(1);
    }
  }

  @Test
  void aModelThatDoesNotBeginIsWaitedForOnce() {
    GeminiBench bench =
        GeminiBench.playing(GeminiScript.answer("x").at(new TextPace(600_000, 0, 1)))
            .set("gemini-headers-ms", 3000);
    other(bench, OpenAiChatScript.answer("there"));
    try (bench) {
      assertThat(bench.start().hear("hello").text()).isEqualTo("there");
      assertThat(bench.calls()).hasSize(1);
    }
  }

  @Test
  void nobodyElseIsAskedOnceSomethingWasSaid() {
    GeminiBench bench =
        GeminiBench.playing(
            GeminiScript.answer("abc").ending(GeminiEnding.errorEvent(GeminiError.overloaded())));
    OpenAiEmulator other = other(bench, OpenAiChatScript.answer("there"));
    try (bench) {
      // when
      RecordedAnswer answer = bench.start().hear("hello");
      // then
      assertThat(answer.over().result()).map(Failure::kind).contains(FailureKind.UNAVAILABLE);
      assertThat(answer.text()).isEqualTo("abc");
      assertThat(other.counters().chats()).isZero();
    }
  }

  @Test
  void whatAContentPolicyRefusesIsNotTakenElsewhere() {
    GeminiBench bench =
        GeminiBench.playing(GeminiScript.answer("").ending(GeminiEnding.blocked("SAFETY")));
    OpenAiEmulator other = other(bench, OpenAiChatScript.answer("there"));
    try (bench) {
      assertThat(bench.start().hear("hello").report().ending())
          .isEqualTo(AnswerReport.Ending.BLOCKED);
      assertThat(other.counters().chats()).isZero();
    }
  }

  /** A line for each turn for hours would hide all others. */
  @Test
  void aSourceThatFailsEachTimeIsToldOnceAndWhenItIsWellAgain() {
    // given
    GeminiBench bench =
        GeminiBench.playing(
            refusing(GeminiError.dailyQuota()),
            refusing(GeminiError.dailyQuota()),
            GeminiScript.answer("here"));
    other(bench, OpenAiChatScript.answer("there"));
    // when
    try (bench) {
      bench.start();
      assertThat(bench.hear("one").text()).isEqualTo("there");
      assertThat(bench.hear("two").text()).isEqualTo("there");
      assertThat(bench.hear("three").text()).isEqualTo("here");
      assertThat(bench.hear("four").text()).isEqualTo("here");
    }
    // then
    assertThat(log.events())
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "gemini fails (quota): openai is asked in its place until it is well",
            "gemini is well again, and answers");
  }

  @Test
  void whenAllFailTheLastFailureIsTold() {
    GeminiBench bench = GeminiBench.playing(refusing(GeminiError.dailyQuota()));
    other(bench, OpenAiChatScript.refuse(OpenAiError.badKey()));
    try (bench) {
      RecordedAnswer answer = bench.start().hear("hello");
      assertThat(answer.over().result()).map(Failure::kind).contains(FailureKind.UNAUTHENTICATED);
      assertThat(answer.report().attempts()).isEqualTo(2);
    }
  }

  @Test
  void aModelThatIsLoadingIsNotWaitedForWhereThereIsAnother() {
    try (OpenAiBench bench =
        OpenAiBench.answering(
                call ->
                    call.model().equals("gpt-4o-mini")
                        ? OpenAiChatScript.refuse(OpenAiError.loading())
                        : OpenAiChatScript.answer("there"))
            .set("fallback", "openai:gpt-5-mini")
            .start()) {
      assertThat(bench.hear("hello").text()).isEqualTo("there");
      assertThat(bench.calls()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fallback, claude, 'gemini, openai'",
    "fallback, openai, set OPENAI_BASE_URL",
    "fallback, gemini, set GEMINI_API_KEY",
    "source, openai, set OPENAI_BASE_URL",
    "openai-base-url, nowhere, openai-base-url",
    "openai-think, perhaps, openai-think"
  })
  void refusesWhatCannotBeAskedAndSaysWhatToDo(String key, String value, String words) {
    Settings settings = new Settings("gemini", new JsonObject().put(key, value));
    assertThatThrownBy(() -> SourceSettings.read(settings)).hasMessageContaining(words);
  }

  @Test
  void aServerNeedsAModel() {
    JsonObject values =
        new JsonObject().put("source", "openai").put("openai-base-url", "http://127.0.0.1:1/v1");
    assertThatThrownBy(() -> SourceSettings.read(new Settings("gemini", values)))
        .hasMessageContaining("set OPENAI_MODEL");
  }
}
