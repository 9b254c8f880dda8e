package io.voicebus.http.elevenlabs;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.WholeAudio;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonText;
import java.util.Base64;

/** {@code …/with-timestamps}: all of it in one object. */
final class TimedWholeResponse extends TimedResponse {
  private final WholeAudio audio = new WholeAudio();

  TimedWholeResponse(ApiSessions sessions, HttpServerRequest request, SpeechOrder order) {
    super(sessions, request, order);
  }

  @Override
  public void encoded(byte[] bytes) {
    keep(
        audio,
        bytes,
        () ->
            Refusal.textTooLong(
                "the speech is too long for one piece: ask at /stream/with-timestamps"));
  }

  @Override
  protected Future<Void> complete() {
    byte[] bytes = audio.bytes(coding, turnRateHz());
    JsonText whole =
        JsonText.object().put("audio_base64", Base64.getEncoder().encodeToString(bytes));
    next().addSeconds(whole);
    return Body.json(response(), whole);
  }
}
