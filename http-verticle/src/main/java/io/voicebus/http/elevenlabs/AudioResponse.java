package io.voicebus.http.elevenlabs;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.http.api.ApiSessions;

/** Speech as a response's body. */
final class AudioResponse extends SpeechResponse {
  AudioResponse(ApiSessions sessions, HttpServerRequest request, SpeechOrder order) {
    super(sessions, request, order);
  }

  @Override
  protected void started(int turnRateHz) {
    head(coding.contentType(turnRateHz));
  }

  @Override
  public void encoded(byte[] bytes) {
    write(Buffer.buffer(bytes));
  }

  @Override
  protected Future<Void> complete() {
    return end();
  }
}
