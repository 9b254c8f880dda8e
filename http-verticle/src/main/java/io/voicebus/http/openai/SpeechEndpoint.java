package io.voicebus.http.openai;

import io.vertx.ext.web.RoutingContext;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.EncodedResponse;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.KnownVoices;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.api.VoiceDirectory;
import io.voicebus.turn.TurnRequest;

/** {@code POST /v1/audio/speech}: a text goes in, and is spoken. {@code Accept} has no say. */
final class SpeechEndpoint {
  private static final TurnOptions SAY =
      TurnOptions.DEFAULTS.withPace(Pace.ASAP).withMode(TextMode.SAY);

  private final ApiSessions sessions;
  private final VoiceDirectory voices;

  SpeechEndpoint(ApiSessions sessions, VoiceDirectory voices) {
    this.sessions = sessions;
    this.voices = voices;
  }

  void post(RoutingContext context) {
    sessions
        .text(context.request())
        .map(body -> SpeechOrder.parse(RequestJson.parse(body), sessions.maxPromptBytes()))
        .compose(order -> voices.get().onSuccess(known -> speak(context, order, known)))
        .onFailure(context::fail);
  }

  private void speak(RoutingContext context, SpeechOrder order, KnownVoices known) {
    try {
      String voice = known.voice(order.model(), order.voice(), Invalid.VOICE);
      TurnRequest turn =
          TurnRequest.toCaller(order.input(), SAY.withVoice(voice).withSpeed(order.speed()));
      EncodedResponse response =
          order.events()
              ? new SpeechEventsResponse(sessions, context.request(), order)
              : new SpeechResponse(sessions, context.request(), order.coding());
      order.ignored().forEach(response::ignored);
      response.begin(turn);
    } catch (RuntimeException refused) {
      context.fail(refused);
    }
  }
}
