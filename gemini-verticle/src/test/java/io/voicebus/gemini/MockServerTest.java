package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.AnswerReport.Ending;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sources against a server that others have written. */
@Tag("slow")
class MockServerTest {
  private static final String TEXT = "Sure. The café opens at “half past”. 😀 Shall I book it?";

  private static @Nullable MockServer server;

  @BeforeAll
  static void start() throws Exception {
    server = MockServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** What differs from one protocol to the other. */
  private enum Protocol {
    GEMINI(
        "gemini-2.5-flash",
        "max_tokens",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"%s\"}],\"role\":\"model\"},"
            + "\"index\":0}]}",
        "{\"candidates\":[{\"finishReason\":\"STOP\",\"index\":0}]}",
        "{\"error\":{\"code\":503,\"message\":\"Overloaded.\",\"status\":\"UNAVAILABLE\"}}"),
    OPENAI(
        "gpt-4o-mini",
        "length",
        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}]}",
        "[DONE]",
        "{\"error\":{\"message\":\"Overloaded.\",\"type\":\"server_error\",\"code\":503}}");

    private final String model;
    private final String limitReason;
    private final String event;
    private final String last;
    private final String error;

    Protocol(String model, String limitReason, String event, String last, String error) {
      this.model = model;
      this.limitReason = limitReason;
      this.event = event;
      this.last = last;
      this.error = error;
    }

    private JsonObject settings(MockServer server) {
      return this == GEMINI
          ? new JsonObject()
              .put("gemini-api-key", "some-key")
              .put("gemini-model", model)
              .put("gemini-base-url", server.url())
          : new JsonObject()
              .put("source", "openai")
              .put("openai-model", model)
              .put("openai-base-url", server.url() + "/v1");
    }

    /** The text in two events. */
    private String events(String lineEnd) {
      String blank = lineEnd + lineEnd;
      return "data: "
          + event.formatted(TEXT.substring(0, 20))
          + blank
          + "data: "
          + event.formatted(TEXT.substring(20))
          + blank;
    }
  }

  private static MockServer server() {
    return Objects.requireNonNull(server);
  }

  private static JsonObject completion() {
    return new JsonObject()
        .put("text", TEXT)
        .put("streaming", true)
        .put("usage", new JsonObject().put("inputTokens", 12).put("outputTokens", 34));
  }

  private static void say(Protocol protocol, JsonObject completion, JsonObject chaos)
      throws Exception {
    server()
        .answer(
            "httpLlmResponse",
            new JsonObject()
                .put("provider", protocol.name())
                .put("model", protocol.model)
                .put("completion", completion)
                .put("chaos", chaos));
  }

  private static RecordedAnswer hear(Protocol protocol) {
    try (MockBench bench = new MockBench(protocol.settings(server())).start()) {
      return bench.hear("hello");
    }
  }

  private static FailureKind failure(RecordedAnswer answer) {
    return answer.over().result().map(Failure::kind).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerIsHeardWholeWithItsTokens(Protocol protocol) throws Exception {
    // given
    say(protocol, completion(), new JsonObject());
    // when
    RecordedAnswer answer = hear(protocol);
    // then
    assertThat(answer.over().result()).isEmpty();
    assertThat(answer.text()).isEqualTo(TEXT);
    assertThat(answer.report().ending()).isEqualTo(Ending.COMPLETE);
    // It does not stream OpenAI's counts, though it is asked for them.
    boolean counts = protocol == Protocol.GEMINI;
    assertThat(answer.report().promptTokens()).isEqualTo(counts ? 12 : 0);
    assertThat(answer.report().answerTokens()).isEqualTo(counts ? 34 : 0);
    assertThat(answer.report().attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatReachedALimitIsTruncated(Protocol protocol) throws Exception {
    // given
    say(protocol, completion().put("stopReason", protocol.limitReason), new JsonObject());
    // when
    RecordedAnswer answer = hear(protocol);
    // then
    assertThat(answer.text()).isEqualTo(TEXT);
    assertThat(answer.report().ending()).isEqualTo(Ending.TRUNCATED);
  }

  @ParameterizedTest
  @EnumSource
  void aStreamThatEndsInMidAnswerHasBrokenOff(Protocol protocol) throws Exception {
    // given
    JsonObject cut =
        new JsonObject().put("truncateMode", "MID_STREAM").put("truncateAtFraction", 0.5);
    say(protocol, completion(), cut);
    // when
    RecordedAnswer answer = hear(protocol);
    // then
    assertThat(failure(answer)).isEqualTo(FailureKind.LOST);
    assertThat(TEXT).startsWith(answer.text());
    assertThat(answer.text()).isNotEmpty().isNotEqualTo(TEXT);
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalThatWantsALongWaitIsTold(Protocol protocol) throws Exception {
    // given
    JsonObject refusal =
        new JsonObject()
            .put("errorStatus", 429)
            .put("retryAfter", "7")
            .put("errorProbability", 1.0);
    say(protocol, completion(), refusal);
    // when
    RecordedAnswer answer = hear(protocol);
    // then
    assertThat(failure(answer)).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(answer.report().attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void anErrorEventAfterTextFailsTheAnswer(Protocol protocol) throws Exception {
    // given
    JsonArray events =
        new JsonArray()
            .add(new JsonObject().put("data", protocol.event.formatted("abc")))
            .add(new JsonObject().put("data", protocol.error));
    server()
        .answer(
            "httpSseResponse", new JsonObject().put("events", events).put("closeConnection", true));
    // when
    RecordedAnswer answer = hear(protocol);
    // then
    assertThat(failure(answer)).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(answer.text()).isEqualTo("abc");
  }

  @ParameterizedTest
  @EnumSource
  void itIsOfNoMatterWhereTheBytesAreCut(Protocol protocol) throws Exception {
    for (String lineEnd : new String[] {"\r\n", "\n"}) {
      // given
      String end = "data: " + protocol.last + lineEnd + lineEnd;
      server().answerBytes(protocol.events(lineEnd) + end, 7);
      // when
      RecordedAnswer answer = hear(protocol);
      // then
      assertThat(answer.over().result()).isEmpty();
      assertThat(answer.text()).isEqualTo(TEXT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTailOfPlainJsonWithAnErrorFailsTheAnswer(Protocol protocol) throws Exception {
    // given
    String tail = new JsonObject(protocol.error).encodePrettily();
    server().answerBytes(protocol.events("\r\n") + tail.replace("\n", "\r\n"), 7);
    // when
    RecordedAnswer answer = hear(protocol);
    // then
    assertThat(failure(answer)).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(answer.text()).isEqualTo(TEXT);
  }

  /** Asks what is already there. */
  private static final class MockBench extends SourceBench<MockBench> {
    private final JsonObject service;

    MockBench(JsonObject service) {
      this.service = service;
    }

    @Override
    MockBench self() {
      return this;
    }

    @Override
    JsonObject startService() {
      return service;
    }
  }
}
