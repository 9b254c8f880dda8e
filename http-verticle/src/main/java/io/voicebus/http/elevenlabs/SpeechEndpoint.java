package io.voicebus.http.elevenlabs;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.audio.AudioCoding;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.IdempotencyKey;
import io.voicebus.http.api.Ignored;
import io.voicebus.http.api.KnownVoices;
import io.voicebus.http.api.VoiceDirectory;
import io.voicebus.http.wire.QueryParameter;
import io.voicebus.turn.TurnRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/text-to-speech/{voice}} and the like: a text goes in, and is spoken. */
final class SpeechEndpoint {
  /** How the speech comes. */
  enum Shape {
    /** As bytes. */
    AUDIO,
    /** As lines of JSON with the times of its characters. */
    TIMED_LINES,
    /** As one such object. */
    TIMED_WHOLE
  }

  private static final TurnOptions SAY =
      TurnOptions.DEFAULTS.withPace(Pace.ASAP).withMode(TextMode.SAY);

  private final ApiSessions sessions;
  private final VoiceDirectory voices;

  SpeechEndpoint(ApiSessions sessions, VoiceDirectory voices) {
    this.sessions = sessions;
    this.voices = voices;
  }

  void audio(RoutingContext context) {
    post(context, Shape.AUDIO);
  }

  void timedLines(RoutingContext context) {
    post(context, Shape.TIMED_LINES);
  }

  void timedWhole(RoutingContext context) {
    post(context, Shape.TIMED_WHOLE);
  }

  private void post(RoutingContext context, Shape shape) {
    HttpServerRequest request = context.request();
    sessions
        .text(request)
        .compose(
            body -> {
              SpeechOrder order =
                  SpeechOrder.parse(body, coding(request), sessions.maxPromptBytes());
              IdempotencyKey key = IdempotencyKey.of(request, body);
              return voices.get().onSuccess(known -> speak(context, order, known, shape, key));
            })
        .onFailure(context::fail);
  }

  /** By the query. */
  static AudioCoding coding(HttpServerRequest request) {
    return Refusal.coding(
        Objects.requireNonNullElse(
            QueryParameter.of(request, "output_format"), Refusal.USUAL_FORMAT));
  }

  /** The times of a turn's characters are told once. */
  private static void timed(TimedResponse response, HttpServerRequest request, TurnRequest turn) {
    Ignored.key(request);
    response.begin(turn);
  }

  private void speak(
      RoutingContext context,
      SpeechOrder order,
      KnownVoices known,
      Shape shape,
      @Nullable IdempotencyKey key) {
    try {
      String voice = VoiceIds.voice(known, order.model(), context.pathParam("voice"));
      TurnRequest turn =
          TurnRequest.toCaller(
              order.text(),
              SAY.withVoice(voice).withLanguage(order.language()).withSpeed(order.speed()));
      HttpServerRequest request = context.request();
      if (KnownVoices.standsForDefault(context.pathParam("voice"), voice)) {
        Ignored.tell(request.response(), VoiceIds.PARAM);
      }
      switch (shape) {
        case AUDIO -> new SpeechResponse(sessions, request, order).begin(turn, key);
        case TIMED_LINES -> timed(new TimedLinesResponse(sessions, request, order), request, turn);
        case TIMED_WHOLE -> timed(new TimedWholeResponse(sessions, request, order), request, turn);
      }
    } catch (RuntimeException refused) {
      context.fail(refused);
    }
  }
}
