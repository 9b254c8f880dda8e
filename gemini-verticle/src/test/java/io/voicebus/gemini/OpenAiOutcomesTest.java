package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.AnswerReport;
import io.voicebus.emulators.OpenAiChatScript;
import io.voicebus.emulators.OpenAiEnding;
import io.voicebus.emulators.OpenAiError;
import io.voicebus.emulators.OpenAiFlavor;
import io.voicebus.emulators.OpenAiPart;
import io.voicebus.emulators.OpenAiRefusal;
import io.voicebus.emulators.OpenAiStyle;
import io.voicebus.emulators.SseFraming;
import io.voicebus.emulators.TextPace;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which OpenAI-compatible servers are known to answer, and what becomes of it. */
@Tag("slow")
class OpenAiOutcomesTest {
  private static final String TEXT = "Grüße: 5 € für 😀. And no more than that, 3 < 4.";
  private static final OpenAiChatScript GOOD = OpenAiChatScript.answer(TEXT);
  private static final OpenAiChatScript NONE = OpenAiChatScript.answer("");

  private static final TextPace SMALL = new TextPace(0, 0, 1);
  private static final SseFraming OPEN = SseFraming.LF.keptOpen(SseFraming.After.OPEN);
  private static final SseFraming BEATING = SseFraming.LF.keptOpen(SseFraming.After.HEARTBEATS);
  private static final OpenAiStyle PARTS =
      OpenAiStyle.OPENAI.withContent(OpenAiStyle.Content.PARTS);

  private static OpenAiChatScript thinking(String field) {
    return OpenAiChatScript.answer(
            OpenAiPart.reasoning("Let me see. "),
            OpenAiPart.text("a"),
            OpenAiPart.reasoning("Hm. "),
            OpenAiPart.text("b"))
        .styled(OpenAiStyle.OPENAI.withReasoningField(field).withExtras());
  }

  static Stream<Arguments> complete() {
    OpenAiStyle real = OpenAiStyle.OPENAI;
    return Stream.of(
        arguments("as OpenAI does it", GOOD, TEXT),
        arguments("CRLF", GOOD.framed(SseFraming.CRLF), TEXT),
        arguments("byte by byte", GOOD.framed(SseFraming.LF.withCutBytes(1)), TEXT),
        arguments("seven bytes each", GOOD.framed(SseFraming.CRLF.withCutBytes(7)), TEXT),
        arguments("comments", GOOD.framed(SseFraming.LF.withComments()), TEXT),
        arguments("empty data lines", GOOD.framed(SseFraming.LF.withEmptyData()), TEXT),
        arguments("no [DONE]", GOOD.ending(OpenAiEnding.STOP.withoutDone()), TEXT),
        arguments("[DONE] only", GOOD.ending(OpenAiEnding.DONE_ONLY), TEXT),
        arguments("reason with the last text", GOOD.ending(OpenAiEnding.inline("stop")), TEXT),
        arguments("a role with null", GOOD.styled(real.withRole(OpenAiStyle.Role.NULL)), TEXT),
        arguments("no role", GOOD.styled(real.withRole(OpenAiStyle.Role.ABSENT)), TEXT),
        arguments("nothing but the choices", GOOD.styled(OpenAiStyle.BARE), TEXT),
        arguments("empty choices first", GOOD.styled(real.withPromptFilter()), TEXT),
        arguments("unknown fields and nulls", GOOD.styled(real.withExtras()), TEXT),
        arguments("reasoning_content", thinking("reasoning_content"), "ab"),
        arguments("reasoning", thinking("reasoning"), "ab"),
        arguments(
            "thoughts in the content",
            OpenAiChatScript.answer("<think>\nLet me < see.\n</think>\n\nYes."),
            "\n\nYes."),
        arguments(
            "thoughts at the beginning, cut everywhere",
            OpenAiChatScript.answer("<think>two</think> <thinking>4</thinking>Three <thin")
                .at(new TextPace(0, 0, 1)),
            "Three <thin"),
        arguments(
            "a tag in mid-content is a word",
            OpenAiChatScript.answer("Write `<think>` or <think> first. I do.")
                .at(new TextPace(0, 0, 1)),
            "Write `<think>` or <think> first. I do."),
        arguments(
            "channels, cut everywhere",
            OpenAiChatScript.answer(
                    "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>"
                        + "commentary to=functions.x <|constrain|>json<|message|>{}<|call|>"
                        + "<|start|>assistant<|channel|>final<|message|>Yes, `<|end|>` < 5."
                        + "<|return|>")
                .at(new TextPace(0, 0, 1)),
            "Yes, `<|end|>` < 5."),
        arguments(
            "control tokens, cut everywhere",
            OpenAiChatScript.answer(
                    "<|im_start|>assistant\nSure [1], <b>it</b> is.<|eot_id|></s><end_of_turn>"
                        + "<|im_end|>\n<|im_start|>user\nAnd you?")
                .at(SMALL),
            "Sure [1], <b>it</b> is.\n"),
        arguments(
            "tool calls, cut everywhere",
            OpenAiChatScript.answer(
                    "Wait. <tool_call>\n{\"name\": \"f\", \"x\": \"</x>\"}\n</tool_call>\nThe tag"
                        + " <tool_call> is `<tool_call>{`. <|python_tag|>f()<|eom_id|>Yes.")
                .at(SMALL),
            "Wait. \nThe tag <tool_call> is `<tool_call>{`. Yes."),
        arguments("[DONE], then nothing", GOOD.framed(OPEN), TEXT),
        arguments("[DONE], then heartbeats", GOOD.framed(BEATING), TEXT),
        arguments(
            "a reason, then nothing",
            GOOD.ending(OpenAiEnding.STOP.withoutDone()).framed(OPEN),
            TEXT),
        arguments(
            "a reason, then heartbeats",
            GOOD.ending(OpenAiEnding.inline("stop").withoutDone()).framed(BEATING),
            TEXT),
        arguments("a reason with each piece", GOOD.ending(OpenAiEnding.inEach("stop")), TEXT),
        arguments(
            "no blank lines", GOOD.framed(SseFraming.LF.withoutBlankLines().withCutBytes(9)), TEXT),
        arguments(
            "no blank lines, no end",
            GOOD.framed(SseFraming.CRLF.withoutBlankLines().keptOpen(SseFraming.After.OPEN)),
            TEXT),
        arguments(
            "surrogates apart",
            OpenAiChatScript.answer("abcd😀fg😀!").at(SMALL).framed(SseFraming.LF.withEscapes()),
            "abcd😀fg😀!"),
        arguments(
            "characters that were lost", OpenAiChatScript.answer("Caf\uFFFD, yes"), "Caf, yes"),
        arguments("a list of parts", thinking("content").styled(PARTS), "ab"),
        arguments("JSON", GOOD.styled(real.withShape(OpenAiStyle.Shape.JSON)), TEXT),
        arguments(
            "JSON, then [DONE]",
            GOOD.styled(real.withShape(OpenAiStyle.Shape.JSON_AND_DONE)),
            TEXT),
        arguments("length", GOOD.ending(OpenAiEnding.finish("length")), TEXT),
        arguments("an unknown reason", GOOD.ending(OpenAiEnding.finish("eos_token")), TEXT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("complete")
  void aCompleteAnswerIsHeardWholeHoweverItIsFramedAndEnded(
      String name, OpenAiChatScript script, String text) {
    try (OpenAiBench bench = OpenAiBench.playing(script).start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then
      assertThat(answer.over().result()).as(name).isEmpty();
      assertThat(answer.text()).isEqualTo(text);
      assertThat(answer.report().ending())
          .isEqualTo(
              name.equals("length") ? AnswerReport.Ending.TRUNCATED : AnswerReport.Ending.COMPLETE);
      assertThat(bench.calls()).hasSize(1);
    }
  }

  private static OpenAiChatScript refusing(OpenAiError error) {
    return OpenAiChatScript.refuse(error);
  }

  private static OpenAiChatScript saying(int status, String body) {
    return OpenAiChatScript.refuse(OpenAiRefusal.raw(status, "application/json", body));
  }

  static Stream<Arguments> failed() {
    OpenAiError later = OpenAiError.rateLimited();
    return Stream.of(
        arguments("content_filter", GOOD.ending(OpenAiEnding.finish("content_filter")), "BLOCKED"),
        arguments("a refusal", OpenAiChatScript.answer(OpenAiPart.refusal("I can't")), "BLOCKED"),
        arguments("tool_calls", NONE.ending(OpenAiEnding.finish("tool_calls")), "INVALID_REQUEST"),
        arguments(
            "function_call", NONE.ending(OpenAiEnding.finish("function_call")), "INVALID_REQUEST"),
        arguments(
            "length without text", NONE.ending(OpenAiEnding.finish("length")), "INVALID_REQUEST"),
        arguments("truncated after text", GOOD.ending(OpenAiEnding.TRUNCATED), "LOST"),
        arguments("reset after text", GOOD.ending(OpenAiEnding.RESET), "LOST"),
        arguments(
            "error event after text",
            GOOD.ending(OpenAiEnding.errorEvent(OpenAiError.overloaded())),
            "UNAVAILABLE"),
        arguments(
            "error event, then [DONE]",
            GOOD.ending(OpenAiEnding.errorEvent(OpenAiError.broken()).withDone()),
            "UNAVAILABLE"),
        arguments(
            "error line after text",
            GOOD.ending(OpenAiEnding.errorLine(OpenAiError.broken())),
            "UNAVAILABLE"),
        arguments(
            "error line, then [DONE]",
            GOOD.ending(OpenAiEnding.errorLine(OpenAiError.broken()).withDone()),
            "UNAVAILABLE"),
        arguments("401", refusing(OpenAiError.badKey()), "UNAUTHENTICATED"),
        arguments("403", saying(403, "{\"error\":{\"message\":\"no\"}}"), "UNAUTHENTICATED"),
        arguments("404", refusing(OpenAiError.unknownModel("x")), "NOT_FOUND"),
        arguments("no money", refusing(OpenAiError.quota()), "QUOTA"),
        arguments(
            "context length",
            refusing(OpenAiError.invalid("context_length_exceeded", "messages", "Too long.")),
            "TOO_LARGE"),
        arguments("413", saying(413, ""), "TOO_LARGE"),
        arguments(
            "429, seconds",
            OpenAiChatScript.refuse(OpenAiRefusal.of(later).with("retry-after", "20")),
            "RATE_LIMITED"),
        arguments(
            "429, milliseconds",
            OpenAiChatScript.refuse(OpenAiRefusal.of(later).with("retry-after-ms", "20000")),
            "RATE_LIMITED"),
        arguments(
            "429, a date",
            OpenAiChatScript.refuse(
                OpenAiRefusal.of(later)
                    .with("date", "Wed, 25 Nov 2026 10:00:00 GMT")
                    .with("retry-after", "Wed, 25 Nov 2026 10:00:20 GMT")),
            "RATE_LIMITED"),
        arguments("a numeric code", saying(200, "{\"error\":{\"code\":404}}"), "NOT_FOUND"),
        arguments(
            "200 and a page",
            OpenAiChatScript.refuse(OpenAiRefusal.html(200, "Log in")),
            "UNAVAILABLE"),
        arguments("200 and other JSON", saying(200, "{\"status\":\"ok\"}"), "UNAVAILABLE"),
        arguments("418", saying(418, "tea"), "UNAVAILABLE"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("failed")
  void aFailureIsToldAtOnceAndNeverRetriedAfterText(
      String name, OpenAiChatScript script, FailureKind kind) {
    try (OpenAiBench bench = OpenAiBench.playing(script, GOOD).start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then: told at once, with the text that came before, and never tried again
      Optional<Failure> failure = answer.over().result();
      assertThat(failure).as(name).map(Failure::kind).contains(kind);
      assertThat(answer.text()).isIn("", TEXT);
      assertThat(bench.calls()).hasSize(1);
    }
  }

  static Stream<Arguments> passing() {
    OpenAiError later = OpenAiError.rateLimited();
    return Stream.of(
        arguments("408", saying(408, "")),
        arguments("429", refusing(later)),
        arguments(
            "429, seconds",
            OpenAiChatScript.refuse(OpenAiRefusal.of(later).with("retry-after", "1"))),
        arguments(
            "429, milliseconds before seconds",
            OpenAiChatScript.refuse(
                OpenAiRefusal.of(later).with("retry-after-ms", "50").with("retry-after", "60"))),
        arguments(
            "429, a date",
            OpenAiChatScript.refuse(
                OpenAiRefusal.of(later)
                    .with("date", "Wed, 25 Nov 2026 10:00:00 GMT")
                    .with("retry-after", "Wed, 25 Nov 2026 10:00:01 GMT"))),
        arguments("500", refusing(OpenAiError.broken())),
        arguments("HTML 502", OpenAiChatScript.refuse(OpenAiRefusal.html(502, "Bad Gateway"))),
        arguments("503", refusing(OpenAiError.overloaded())),
        arguments("503 while loading", refusing(OpenAiError.loading())),
        arguments("504", saying(504, "")),
        arguments("error event", NONE.ending(OpenAiEnding.errorEvent(OpenAiError.broken()))),
        arguments("error line", NONE.ending(OpenAiEnding.errorLine(OpenAiError.broken()))),
        arguments(
            "no JSON",
            OpenAiChatScript.refuse(
                OpenAiRefusal.raw(200, "text/event-stream", "data: nonsense\n\n"))),
        arguments("truncated", NONE.ending(OpenAiEnding.TRUNCATED)),
        arguments(
            "truncated in thought",
            OpenAiChatScript.answer(OpenAiPart.reasoning("hm")).ending(OpenAiEnding.TRUNCATED)),
        arguments("reset", NONE.ending(OpenAiEnding.RESET)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("passing")
  void aTroubleThatPassesIsTriedAgainWhileNothingWasTold(String name, OpenAiChatScript script) {
    try (OpenAiBench bench = OpenAiBench.playing(script, GOOD).start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then: the next attempt is heard, and nothing of the first
      assertThat(answer.over().result()).as(name).isEmpty();
      assertThat(answer.text()).isEqualTo(TEXT);
      assertThat(answer.report().attempts()).isEqualTo(2);
      assertThat(bench.calls()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyShapeOfAnErrorTellsWhatTheServerSaid(OpenAiFlavor flavor) {
    OpenAiChatScript refusal = refusing(OpenAiError.invalid("bad", "messages", "Not like this."));
    OpenAiChatScript inMidStream =
        GOOD.ending(OpenAiEnding.errorEvent(OpenAiError.broken()).withDone());
    try (OpenAiBench bench =
        OpenAiBench.answering(call -> call.prompt().equals("no") ? refusal : inMidStream)
            .emulator(options -> options.withFlavor(flavor))
            .start()) {
      // when
      Failure refused = bench.hear("no").over().result().orElseThrow();
      Failure broken = bench.hear("yes").over().result().orElseThrow();
      // then
      assertThat(refused.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
      assertThat(refused.detail()).contains("Not like this.");
      assertThat(broken.kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(broken.detail()).contains("an error while processing");
    }
  }

  static Stream<Arguments> wordless() {
    OpenAiStyle json = OpenAiStyle.OPENAI.withShape(OpenAiStyle.Shape.JSON);
    return Stream.of(
        arguments("empty", NONE, "without a word"),
        arguments("[DONE] only", NONE.ending(OpenAiEnding.DONE_ONLY), "without a word"),
        arguments("nothing, and no end", NONE.framed(BEATING), "without a word"),
        arguments("blanks", OpenAiChatScript.answer(" \n\n"), "without a word"),
        arguments("marks", OpenAiChatScript.answer("…\uFFFD*"), "without a word"),
        arguments("JSON without text", NONE.styled(json), "without a word"),
        arguments("only reasoning", answer(OpenAiPart.reasoning("hm")), "only thought"),
        arguments(
            "only parts of thinking",
            answer(OpenAiPart.reasoning("hm")).styled(PARTS),
            "only thought"),
        arguments("only <think>", OpenAiChatScript.answer("<think>hm</think>\n"), "only thought"),
        arguments("<think> without an end", OpenAiChatScript.answer("<think>hm."), "only thought"),
        arguments(
            "only analysis",
            OpenAiChatScript.answer("<|channel|>analysis<|message|>hm"),
            "only thought"));
  }

  private static OpenAiChatScript answer(OpenAiPart part) {
    return OpenAiChatScript.answer(part);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wordless")
  void anAnswerWithoutAWordIsAskedForAgain(String name, OpenAiChatScript script, String told) {
    try (OpenAiBench bench = OpenAiBench.playing(script, GOOD).start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then
      assertThat(answer.over().result()).as(name).isEmpty();
      assertThat(answer.text()).isEqualTo(TEXT);
      assertThat(answer.report().attempts()).isEqualTo(2);
    }
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("wordless")
  void anAnswerWithoutAWordIsToldIfItStaysSo(String name, OpenAiChatScript script, String told) {
    try (OpenAiBench bench = OpenAiBench.playing(script).start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then
      Failure failure = answer.over().result().orElseThrow();
      assertThat(failure.kind()).as(name).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(failure.detail()).contains(told).contains("openai-model");
      assertThat(answer.text()).isEmpty();
      assertThat(bench.calls()).hasSize(2);
    }
  }
}
