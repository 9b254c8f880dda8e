package io.voicebus.http.openai;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.EncodedResponse;
import io.voicebus.http.api.IdempotencyKey;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.KnownVoices;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.api.VoiceDirectory;
import io.voicebus.turn.TurnRequest;
import org.jspecify.annotations.Nullable;

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
    HttpServerRequest request = context.request();
    sessions
        .text(request)
        .compose(
            body -> {
              SpeechOrder order =
                  SpeechOrder.parse(RequestJson.parse(body), sessions.maxPromptBytes());
              IdempotencyKey key = IdempotencyKey.of(request, body);
              return voices.get().onSuccess(known -> speak(context, order, known, key));
            })
        .onFailure(context::fail);
  }

  private void speak(
      RoutingContext context, SpeechOrder order, KnownVoices known, @Nullable IdempotencyKey key) {
    try {
      HttpServerRequest request = context.request();
      String voice = known.voice(order.model(), order.voice(), Invalid.VOICE);
      TurnRequest turn =
          TurnRequest.toCaller(order.input(), SAY.withVoice(voice).withSpeed(order.speed()));
      EncodedResponse response =
          order.events()
              ? new SpeechEventsResponse(sessions, request, order)
              : new EncodedResponse(sessions, request, order.coding(), Invalid.VOICE);
      order.ignored().forEach(response::ignored);
      if (KnownVoices.standsForDefault(order.voice(), voice)) {
        response.ignored(Invalid.VOICE);
      }
      response.begin(turn, key);
    } catch (RuntimeException refused) {
      context.fail(refused);
    }
  }
}
