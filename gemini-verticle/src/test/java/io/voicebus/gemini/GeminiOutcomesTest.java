package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.voicebus.contract.Failure;
import io.voicebus.contract.FailureKind;
import io.voicebus.emulators.GeminiEnding;
import io.voicebus.emulators.GeminiError;
import io.voicebus.emulators.GeminiPart;
import io.voicebus.emulators.GeminiRefusal;
import io.voicebus.emulators.GeminiScript;
import io.voicebus.emulators.SseFraming;
import io.voicebus.emulators.SseFraming.LineEnd;
import io.voicebus.emulators.TextPace;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which the service is known to answer, and what becomes of it. */
class GeminiOutcomesTest {
  private static final String TEXT = "Grüße: 5 € für 😀. And no more than that, I am sure.";
  private static final GeminiScript GOOD = GeminiScript.answer(TEXT);

  private static GeminiScript refusing(GeminiError error) {
    return GeminiScript.refuse(GeminiRefusal.object(error));
  }

  private static GeminiScript framed(SseFraming framing) {
    return GOOD.framed(framing);
  }

  static Stream<Arguments> complete() {
    SseFraming real = SseFraming.CRLF;
    String two = "0123456789abcdef".repeat(2 * 1024 * 1024 / 16);
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
        arguments("reason with the text", GOOD.ending(GeminiEnding.inline("STOP")), TEXT),
        arguments("reason without content", GOOD.ending(GeminiEnding.bare("STOP")), TEXT),
        arguments("MAX_TOKENS", GOOD.ending(GeminiEnding.bare("MAX_TOKENS")), TEXT),
        arguments(
            "an event of 2 MiB",
            GeminiScript.answer(two).at(new TextPace(0, 0, 1024 * 1024)),
            two));
  }

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
      assertThat(bench.calls()).hasSize(1);
    }
  }

  static Stream<Arguments> failed() {
    GeminiScript none = GeminiScript.answer("");
    return Stream.of(
        ended("blocked prompt", none.ending(GeminiEnding.blocked("SAFETY")), FailureKind.BLOCKED),
        ended("SAFETY", GOOD.ending(GeminiEnding.bare("SAFETY")), FailureKind.BLOCKED),
        ended("RECITATION", GOOD.ending(GeminiEnding.bare("RECITATION")), FailureKind.BLOCKED),
        ended("BLOCKLIST", GOOD.ending(GeminiEnding.bare("BLOCKLIST")), FailureKind.BLOCKED),
        ended("SPII", GOOD.ending(GeminiEnding.bare("SPII")), FailureKind.BLOCKED),
        ended("LANGUAGE", GOOD.ending(GeminiEnding.bare("LANGUAGE")), FailureKind.INVALID_REQUEST),
        ended(
            "tools",
            none.ending(GeminiEnding.bare("MALFORMED_FUNCTION_CALL")),
            FailureKind.INVALID_REQUEST),
        ended("NO_IMAGE", none.ending(GeminiEnding.bare("NO_IMAGE")), FailureKind.INVALID_REQUEST),
        ended("OTHER after text", GOOD.ending(GeminiEnding.bare("OTHER")), FailureKind.UNAVAILABLE),
        ended(
            "unknown after text",
            GOOD.ending(GeminiEnding.bare("BRAND_NEW")),
            FailureKind.UNAVAILABLE),
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
}
