package io.voicebus.http.elevenlabs;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.wire.JsonText;
import java.util.Base64;

/** {@code …/stream/with-timestamps}: a line of JSON for each piece, as it comes. */
final class TimedLinesResponse extends TimedResponse {
  TimedLinesResponse(ApiSessions sessions, HttpServerRequest request, SpeechOrder order) {
    super(sessions, request, order);
  }

  @Override
  protected void started(int turnRateHz) {
    super.started(turnRateHz);
    head("application/json");
  }

  @Override
  public void encoded(byte[] bytes) {
    line(Base64.getEncoder().encodeToString(bytes), next());
  }

  private void line(String audio, Alignment times) {
    JsonText line = JsonText.object().put("audio_base64", audio);
    times.addSeconds(line);
    write(line + "\n");
  }

  @Override
  protected Future<Void> complete() {
    Alignment last = next();
    if (!last.isEmpty()) {
      line("", last);
    }
    return end();
  }
}
