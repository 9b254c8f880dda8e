package io.voicebus.http.elevenlabs;

import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.Failure;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.ApiTurn;
import io.voicebus.http.api.EncodedResponse;
import io.voicebus.http.wire.Problem;

/** Speech in any shape, with the headers that ElevenLabs' clients look for. */
class SpeechResponse extends EncodedResponse {
  private final String text;

  SpeechResponse(ApiSessions sessions, HttpServerRequest request, SpeechOrder order) {
    super(sessions, request, order.coding(), VoiceIds.PARAM);
    this.text = order.text();
  }

  @Override
  protected void began(ApiTurn started) {
    response().putHeader("request-id", started.id().value());
    response().putHeader("character-cost", String.valueOf(text.codePointCount(0, text.length())));
  }

  @Override
  protected Problem problem(Failure why) {
    return Refusal.of(why);
  }
}
