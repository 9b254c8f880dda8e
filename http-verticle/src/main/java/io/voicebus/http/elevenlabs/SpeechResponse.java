package io.voicebus.http.elevenlabs;

import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.Failure;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.EncodedResponse;
import io.voicebus.http.wire.Problem;
import io.voicebus.turn.TurnRequest;

/** Speech in any shape, with the headers that ElevenLabs' clients look for. */
abstract class SpeechResponse extends EncodedResponse {
  private final String text;

  SpeechResponse(ApiSessions sessions, HttpServerRequest request, SpeechOrder order) {
    super(sessions, request, order.coding(), VoiceIds.PARAM);
    this.text = order.text();
  }

  @Override
  public void begin(TurnRequest wanted) {
    super.begin(wanted);
    String turn = response().headers().get("Voicebus-Turn");
    if (turn != null) {
      response().putHeader("request-id", turn);
      response().putHeader("character-cost", String.valueOf(text.codePointCount(0, text.length())));
    }
  }

  @Override
  protected Problem problem(Failure why) {
    return Refusal.of(why);
  }
}
