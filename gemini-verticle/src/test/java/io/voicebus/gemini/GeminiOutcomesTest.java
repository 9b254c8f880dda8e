package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.AnswerReport.Ending;
import io.voicebus.emulators.GeminiEnding;
import io.voicebus.emulators.GeminiError;
import io.voicebus.emulators.GeminiPart;
import io.voicebus.emulators.GeminiRefusal;
import io.voicebus.emulators.GeminiScript;
import io.voicebus.emulators.SseFraming;
import io.voicebus.emulators.SseFraming.LineEnd;
import io.voicebus.emulators.TextPace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which the service is known to answer, and what becomes of it. */
@Tag("slow")
class GeminiOutcomesTest {
  private static final String TEXT = "Grüße: 5 € für 😀. And no more than that, I am sure.";
  private static final GeminiScript GOOD = GeminiScript.answer(TEXT);

  private static GeminiScript refusing(GeminiError error) {
    return GeminiScript.refuse(GeminiRefusal.object(error));
  }

  private static GeminiScript framed(SseFraming framing) {
    return GOOD.framed(framing);
  }

  /** What comes where {@code alt=sse} is lost on the way. */
  private static GeminiScript listed(String text) {
    String events =
        new JsonArray()
            .add(said(text.substring(0, 9), null))
            .add(said(text.substring(9), "STOP"))
            .encodePrettily();
    return GeminiScript.refuse(new GeminiRefusal(200, "application/json", events));
  }

  private static JsonObject said(String text, @Nullable String reason) {
    return new JsonObject()
        .put(
            "candidates",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put(
                            "content",
                            new JsonObject()
                                .put(
                                    "parts",
                                    new JsonArray().add(new JsonObject().put("text", text))))
                        .put("finishReason", reason)));
  }

  static Stream<Arguments> complete() {
    SseFraming real = SseFraming.CRLF;
    String two = SourceBench.text(2 * 1024 * 1024);
    return Stream.of(
        arguments("as recorded", GOOD, TEXT),
        arguments("LF", framed(real.withLineEnd(LineEnd.LF)), TEXT),
        arguments("CR", framed(real.withLineEnd(LineEnd.CR)), TEXT),
        arguments("byte by byte", framed(real.withCutBytes(1)), TEXT),
        arguments("three bytes each", framed(real.withCutBytes(3).withoutSpace()), TEXT),
        arguments("comments", framed(real.withComments()), TEXT),
        arguments("many data lines", framed(real.withManyLines()), TEXT),
        arguments("no last blank line", framed(real.withoutLastBlankLine()), TEXT),
        arguments(
            "thoughts between",
            GeminiScript.answer(
                GeminiPart.thought("hm "),
                GeminiPart.text("a"),
                GeminiPart.thought("ah "),
                GeminiPart.text("b")),
            "ab"),
        arguments("a reason, then nothing", framed(real.keptOpen(SseFraming.After.OPEN)), TEXT),
        arguments(
            "a reason, then heartbeats",
            GOOD.ending(GeminiEnding.inline("STOP"))
                .framed(real.keptOpen(SseFraming.After.HEARTBEATS)),
            TEXT),
        arguments("a reason with each piece", GOOD.ending(GeminiEnding.inEach("STOP")), TEXT),
        arguments("no blank lines", framed(real.withoutBlankLines().withCutBytes(9)), TEXT),
        arguments(
            "surrogates apart",
            GeminiScript.answer("abcd😀!").at(new TextPace(0, 0, 1)).framed(real.withEscapes()),
            "abcd😀!"),
        arguments("characters that were lost", GeminiScript.answer("Caf\uFFFD, yes"), "Caf, yes"),
        arguments(
            "a function's name beside text",
            GeminiScript.answer(GeminiPart.text("a"), GeminiPart.call("set"), GeminiPart.text("b")),
            "ab"),
        arguments("a list instead of events", listed(TEXT), TEXT),
        arguments("reason with the text", GOOD.ending(GeminiEnding.inline("STOP")), TEXT),
        arguments("reason without content", GOOD.ending(GeminiEnding.bare("STOP")), TEXT),
        arguments("MAX_TOKENS", GOOD.ending(GeminiEnding.bare("MAX_TOKENS")), TEXT),
        arguments(
            "an event of 2 MiB",
            GeminiScript.answer(two).at(new TextPace(0, 0, 1024 * 1024)),
            two));
  }

  /** None of them waits for a service that only says that it is there. */
  @Timeout(15)
  @ParameterizedTest(name = "{0}")
  @MethodSource("complete")
  void aCompleteAnswerIsHeardWholeHoweverItIsFramedAndEnded(
      String name, GeminiScript script, String text) {
    try (GeminiBench bench = GeminiBench.playing(script).start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then
      assertThat(answer.over().result()).as(name).isEmpty();
      assertThat(answer.text()).isEqualTo(text);
      assertThat(answer.report().ending())
          .isEqualTo(name.equals("MAX_TOKENS") ? Ending.TRUNCATED : Ending.COMPLETE);
      assertThat(bench.calls()).hasSize(1);
    }
  }

  static Stream<Arguments> failed() {
    GeminiScript none = GeminiScript.answer("");
    return Stream.of(
        ended(
            "MAX_TOKENS without text",
            none.ending(GeminiEnding.bare("MAX_TOKENS")),
            FailureKind.INVALID_REQUEST),
        ended(
            "error event after text",
            GOOD.ending(GeminiEnding.errorEvent(GeminiError.overloaded())),
            FailureKind.UNAVAILABLE),
        ended(
            "JSON tail after text",
            GOOD.ending(GeminiEnding.jsonTail(GeminiError.overloaded())),
            FailureKind.UNAVAILABLE),
        ended("truncated after text", GOOD.ending(GeminiEnding.TRUNCATED), FailureKind.LOST),
        ended("reset after text", GOOD.ending(GeminiEnding.RESET), FailureKind.LOST),
        ended(
            "bad key in the stream",
            none.ending(GeminiEnding.errorEvent(GeminiError.badKey())),
            FailureKind.UNAUTHENTICATED),
        ended("bad request", refusing(GeminiError.invalid("No.")), FailureKind.INVALID_REQUEST),
        ended(
            "country",
            refusing(GeminiError.of(400, "FAILED_PRECONDITION", "User location.")),
            FailureKind.INVALID_REQUEST),
        ended("403", refusing(GeminiError.forbidden()), FailureKind.UNAUTHENTICATED),
        ended("404", refusing(GeminiError.of(404, "NOT_FOUND", "retired")), FailureKind.NOT_FOUND),
        ended("bad key", refusing(GeminiError.badKey()), FailureKind.UNAUTHENTICATED),
        ended(
            "429 with a long wait in a header",
            GeminiScript.refuse(
                GeminiRefusal.object(GeminiError.of(429, "RESOURCE_EXHAUSTED", "Later."))
                    .with("retry-after", "9")),
            FailureKind.RATE_LIMITED),
        ended("413", refusing(GeminiError.of(413, "", "too large")), FailureKind.TOO_LARGE),
        ended("429 per day", refusing(GeminiError.dailyQuota()), FailureKind.QUOTA),
        ended(
            "429 with a long wait",
            refusing(GeminiError.rateLimited("8.94s")),
            FailureKind.RATE_LIMITED),
        ended(
            "429 as an array",
            GeminiScript.refuse(GeminiRefusal.array(GeminiError.dailyQuota())),
            FailureKind.QUOTA),
        ended(
            "200 and a page",
            GeminiScript.refuse(GeminiRefusal.html(200, "Log in")),
            FailureKind.UNAVAILABLE),
        ended(
            "200 and JSON",
            GeminiScript.refuse(
                new GeminiRefusal(200, "application/json", "[{\"candidates\":[]}]")),
            FailureKind.UNAVAILABLE),
        ended(
            "200 and a JSON error",
            GeminiScript.refuse(
                new GeminiRefusal(
                    200, "application/json", "{\"error\":{\"code\":404,\"message\":\"no\"}}")),
            FailureKind.NOT_FOUND),
        ended("418", GeminiScript.refuse(GeminiRefusal.html(418, "Tea")), FailureKind.UNAVAILABLE));
  }

  /** The table of finish reasons; what is retried while there is no text is in another test. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "SAFETY, BLOCKED",
    "RECITATION, BLOCKED",
    "BLOCKLIST, BLOCKED",
    "PROHIBITED_CONTENT, BLOCKED",
    "SPII, BLOCKED",
    "LANGUAGE, INVALID_REQUEST",
    "MALFORMED_FUNCTION_CALL, INVALID_REQUEST",
    "UNEXPECTED_TOOL_CALL, INVALID_REQUEST",
    "TOO_MANY_TOOL_CALLS, INVALID_REQUEST",
    "IMAGE_SAFETY, INVALID_REQUEST",
    "IMAGE_PROHIBITED_CONTENT, INVALID_REQUEST",
    "NO_IMAGE, INVALID_REQUEST",
    "OTHER, UNAVAILABLE",
    "FINISH_REASON_UNSPECIFIED, UNAVAILABLE",
    "BRAND_NEW, UNAVAILABLE"
  })
  void aReasonThatIsNoGoodEndFailsTheAnswerAfterItsText(String reason, FailureKind kind) {
    try (GeminiBench bench =
        GeminiBench.playing(GOOD.ending(GeminiEnding.bare(reason)), GOOD).start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then
      assertThat(answer.over().result()).map(Failure::kind).contains(kind);
      assertThat(answer.text()).isEqualTo(TEXT);
      assertThat(answer.report().ending())
          .isEqualTo(kind == FailureKind.BLOCKED ? Ending.BLOCKED : Ending.BROKEN_OFF);
      assertThat(bench.calls()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SAFETY",
        "OTHER",
        "BLOCKLIST",
        "PROHIBITED_CONTENT",
        "IMAGE_SAFETY",
        "MODEL_ARMOR",
        "JAILBREAK"
      })
  void aPromptThatIsRefusedIsBlockedAndNotRepeated(String reason) {
    GeminiScript script = GeminiScript.answer("").ending(GeminiEnding.blocked(reason));
    try (GeminiBench bench = GeminiBench.playing(script, GOOD).start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then
      Failure failure = answer.over().result().orElseThrow();
      assertThat(failure.kind()).isEqualTo(FailureKind.BLOCKED);
      assertThat(failure.detail()).contains("the prompt").contains(reason);
      assertThat(answer.report().ending()).isEqualTo(Ending.BLOCKED);
      assertThat(bench.calls()).hasSize(1);
    }
  }

  /** The table of statuses: what each is, and how often it is tried when it does not pass. */
  @ParameterizedTest(name = "{0} {1}: {2}, {3} in all")
  @CsvSource({
    "400, INVALID_ARGUMENT, INVALID_REQUEST, 1",
    "400, FAILED_PRECONDITION, INVALID_REQUEST, 1",
    "401, UNAUTHENTICATED, UNAUTHENTICATED, 1",
    "403, PERMISSION_DENIED, UNAUTHENTICATED, 1",
    "404, NOT_FOUND, NOT_FOUND, 1",
    "408, '', TIMEOUT, 3",
    "413, '', TOO_LARGE, 1",
    "429, RESOURCE_EXHAUSTED, RATE_LIMITED, 3",
    "500, INTERNAL, UNAVAILABLE, 3",
    "502, '', UNAVAILABLE, 3",
    "503, UNAVAILABLE, UNAVAILABLE, 3",
    "504, DEADLINE_EXCEEDED, TIMEOUT, 2"
  })
  void aStatusIsTriedAgainAsOftenAsItIsWorth(
      int status, String name, FailureKind kind, int requests) {
    GeminiScript script = refusing(GeminiError.of(status, name, "Because."));
    try (GeminiBench bench = GeminiBench.playing(script).start()) {
      // when
      Failure failure = bench.hear("hello").over().result().orElseThrow();
      // then
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(bench.calls()).hasSize(requests);
    }
  }

  @ParameterizedTest(name = "{0} in the stream: {1}, {2} in all")
  @CsvSource({
    "429, RATE_LIMITED, 3",
    "500, UNAVAILABLE, 3",
    "503, UNAVAILABLE, 3",
    "504, TIMEOUT, 2"
  })
  void anErrorInTheStreamIsWhatItWouldBeAsAStatus(int status, FailureKind kind, int requests) {
    GeminiError error = GeminiError.of(status, "WHATEVER", "Because.");
    GeminiScript none = GeminiScript.answer("");
    for (GeminiEnding ending :
        List.of(GeminiEnding.errorEvent(error), GeminiEnding.jsonTail(error))) {
      try (GeminiBench bench = GeminiBench.playing(none.ending(ending)).start()) {
        assertThat(bench.hear("hello").over().result()).map(Failure::kind).contains(kind);
        assertThat(bench.calls()).hasSize(requests);
      }
    }
  }

  private static Arguments ended(String name, GeminiScript script, FailureKind kind) {
    return arguments(name, script, kind);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("failed")
  void aFailureIsToldAtOnceAndNeverRetriedAfterText(
      String name, GeminiScript script, FailureKind kind) {
    try (GeminiBench bench = GeminiBench.playing(script, GOOD).start()) {
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
    GeminiScript none = GeminiScript.answer("");
    return Stream.of(
        arguments("500", refusing(GeminiError.of(500, "INTERNAL", ""))),
        arguments("HTML 502", GeminiScript.refuse(GeminiRefusal.html(502, "Bad Gateway"))),
        arguments("503", refusing(GeminiError.overloaded())),
        arguments("504", refusing(GeminiError.of(504, "DEADLINE_EXCEEDED", ""))),
        arguments("408", GeminiScript.refuse(new GeminiRefusal(408, "text/plain", ""))),
        arguments("429 with a short wait", refusing(GeminiError.rateLimited("0.3s"))),
        arguments(
            "429 as an array",
            GeminiScript.refuse(GeminiRefusal.array(GeminiError.rateLimited("0.3s")))),
        arguments("error event", none.ending(GeminiEnding.errorEvent(GeminiError.overloaded()))),
        arguments("JSON tail", none.ending(GeminiEnding.jsonTail(GeminiError.overloaded()))),
        arguments("truncated", none.ending(GeminiEnding.TRUNCATED)),
        arguments(
            "truncated in thought",
            GeminiScript.answer(GeminiPart.thought("hm")).ending(GeminiEnding.TRUNCATED)),
        arguments("reset", none.ending(GeminiEnding.RESET)),
        arguments("OTHER", none.ending(GeminiEnding.bare("OTHER"))),
        arguments("unknown", none.ending(GeminiEnding.bare("BRAND_NEW"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("passing")
  void aTroubleThatPassesIsTriedAgainWhileNothingWasTold(String name, GeminiScript script) {
    try (GeminiBench bench = GeminiBench.playing(script, GOOD).start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then: the next attempt is heard, and nothing of the first
      assertThat(answer.over().result()).as(name).isEmpty();
      assertThat(answer.text()).isEqualTo(TEXT);
      assertThat(bench.calls()).hasSize(2);
    }
  }

  static Stream<Arguments> wordless() {
    return Stream.of(
        arguments(
            "STOP without content", GeminiScript.answer("").ending(GeminiEnding.bare("STOP"))),
        arguments("STOP with an empty text", GeminiScript.answer("")),
        arguments("only thought", GeminiScript.answer(GeminiPart.thought("hm"))),
        arguments("only a call", GeminiScript.answer(GeminiPart.call("set"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wordless")
  void anAnswerWithoutAWordIsAskedForAgainThenElsewhereThenTold(String name, GeminiScript script) {
    try (GeminiBench bench =
        GeminiBench.answering(call -> call.number() < 2 ? script : GOOD)
            .set("fallback", "gemini:gemini-3.1-flash-lite")
            .start()) {
      // when
      RecordedAnswer answer = bench.hear("hello");
      // then
      assertThat(answer.over().result()).as(name).isEmpty();
      assertThat(answer.text()).isEqualTo(TEXT);
      assertThat(answer.report().attempts()).isEqualTo(3);
      assertThat(answer.report().model()).isEqualTo("gemini-3.1-flash-lite");
    }
    try (GeminiBench bench = GeminiBench.playing(script).start()) {
      Failure failure = bench.hear("hello").over().result().orElseThrow();
      assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(failure.detail()).containsAnyOf("only thought", "without a word");
    }
  }
}
