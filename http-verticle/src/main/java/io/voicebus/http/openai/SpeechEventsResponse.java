package io.voicebus.http.openai;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.Failure;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.EncodedResponse;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.wire.ErrorDialect;
import io.voicebus.http.wire.JsonText;
import java.util.Base64;

/** Speech as server-sent events: {@code stream_format: "sse"}. */
final class SpeechEventsResponse extends EncodedResponse {
  private final int inputTokens;

  SpeechEventsResponse(ApiSessions sessions, HttpServerRequest request, SpeechOrder order) {
    super(sessions, request, order.coding(), Invalid.VOICE);
    this.inputTokens = Tokens.ofText(order.input());
  }

  @Override
  protected void started(int turnRateHz) {
    head(EventText.CONTENT_TYPE);
  }

  @Override
  public void encoded(byte[] bytes) {
    write(
        EventText.of(
            JsonText.object()
                .put("type", "speech.audio.delta")
                .put("audio", Base64.getEncoder().encodeToString(bytes))));
  }

  @Override
  protected Future<Void> complete() {
    long outputTokens = Tokens.ofSpeech(spokenMs());
    write(
        EventText.of(
            JsonText.object()
                .put("type", "speech.audio.done")
                .put(
                    "usage",
                    JsonText.object()
                        .put("input_tokens", inputTokens)
                        .put("output_tokens", outputTokens)
                        .put("total_tokens", inputTokens + outputTokens))));
    return end();
  }

  @Override
  protected Future<Void> broken(Failure why) {
    write(EventText.of(ErrorDialect.OPENAI.body(Invalid.of(why, Invalid.VOICE))));
    return super.broken(why);
  }
}
