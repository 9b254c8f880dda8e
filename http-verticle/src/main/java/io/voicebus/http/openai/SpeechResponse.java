package io.voicebus.http.openai;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.audio.AudioCoding;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.EncodedResponse;
import io.voicebus.http.api.Invalid;

/** Speech as a response's body. */
final class SpeechResponse extends EncodedResponse {
  SpeechResponse(ApiSessions sessions, HttpServerRequest request, AudioCoding coding) {
    super(sessions, request, coding, Invalid.VOICE);
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
