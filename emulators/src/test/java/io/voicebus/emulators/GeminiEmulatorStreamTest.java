package io.voicebus.emulators;

import static io.voicebus.emulators.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.SseFraming.LineEnd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeminiEmulatorStreamTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private Probe playing(GeminiScript script) {
    return Probe.of(
        vertx,
        await(
            GeminiEmulator.start(
                vertx, GeminiEmulatorOptions.DEFAULTS.withScript(call -> script))));
  }

  private static List<JsonObject> events(Probe.Reply reply) {
    List<JsonObject> events = new ArrayList<>();
    for (String event : reply.body().split("\r\n\r\n", 0)) {
      assertThat(event).startsWith("data: {");
      events.add(new JsonObject(event.substring(6)));
    }
    return events;
  }

  @Test
  void endsAsItWasRecordedWithAnEmptySignedTextAndAReason() {
    // when
    Probe.Reply reply = playing(GeminiScript.answer("x".repeat(40))).ask(Probe.HELLO);
    // then
    assertThat(reply.type()).isEqualTo("text/event-stream");
    List<JsonObject> events = events(reply);
    assertThat(events).hasSize(3);
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.getJsonObject("usageMetadata").getInteger("promptTokenCount"))
                  .isEqualTo(2);
              assertThat(event.getString("modelVersion")).isEqualTo("gemini-3.5-flash-lite");
              assertThat(event.getString("responseId")).isEqualTo("emulated-0");
            });
    assertThat(events.get(2).getJsonArray("candidates").encode())
        .isEqualTo(
            "[{\"content\":{\"parts\":[{\"text\":\"\",\"thoughtSignature\":\"QUJDRA==\"}],"
                + "\"role\":\"model\"},\"index\":0,\"finishReason\":\"STOP\"}]");
  }

  @Test
  void cutsWhereverItIsTold() {
    // given
    GeminiScript script =
        GeminiScript.answer("é€😀").framed(SseFraming.CRLF.withLineEnd(LineEnd.LF).withCutBytes(1));
    // when
    Probe.Reply reply = playing(script).ask(Probe.HELLO);
    // then
    assertThat(reply.pieces()).allSatisfy(piece -> assertThat(piece.length()).isEqualTo(1));
    assertThat(reply.body()).contains("é€😀").doesNotContain("\r").endsWith("}\n\n");
  }

  @Test
  void obeysTheLimitOfTokens() {
    // given
    Probe probe = playing(GeminiScript.answer("x".repeat(400)));
    JsonObject body = new JsonObject(Probe.HELLO);
    body.put("generationConfig", new JsonObject().put("maxOutputTokens", 10));
    // when
    List<JsonObject> events = events(probe.ask(body.encode()));
    // then
    assertThat(events).hasSize(2);
    assertThat(events.get(1).encode()).contains("MAX_TOKENS").contains("\"" + "x".repeat(8) + "\"");
  }

  @Test
  void breaksOffInTheMiddle() {
    // given
    Probe probe = playing(GeminiScript.answer("abc").ending(GeminiEnding.RESET));
    // then
    assertThatThrownBy(() -> probe.ask(Probe.HELLO)).hasMessageContaining("closed");
  }

  @Test
  void countsWhatIsOpen() {
    // given
    GeminiEmulator emulator =
        await(
            GeminiEmulator.start(
                vertx, GeminiEmulatorOptions.DEFAULTS.echoing(new TextPace(1, 1000, 1))));
    Probe probe = Probe.of(vertx, emulator);
    // when
    Probe.Reply reply = probe.ask(Probe.HELLO);
    await(emulator.idle());
    // then
    assertThat(reply.body()).contains("hell", "\"o\"");
    assertThat(emulator.openRequests()).isZero();
    assertThat(emulator.totalRequests()).isEqualTo(1);
  }
}
