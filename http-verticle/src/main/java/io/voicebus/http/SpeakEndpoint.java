package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.contract.Pace;
import io.voicebus.turn.TurnRequest;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code POST /v1/speak}: a prompt goes in, and its audio comes out of the same request. The body
 * is the prompt itself whatever its content type says, but for JSON.
 */
final class SpeakEndpoint {
  private final Vertx vertx;
  private final HttpSettings settings;
  private final TurnSessions sessions;
  private final AudioEndpoint audio;
  private final TurnJson json;

  SpeakEndpoint(Vertx vertx, HttpSettings settings, TurnSessions sessions, AudioEndpoint audio) {
    this.vertx = vertx;
    this.settings = settings;
    this.sessions = sessions;
    this.audio = audio;
    this.json = new TurnJson(settings.maxPromptBytes());
  }

  void post(RoutingContext context) {
    HttpServerRequest request = context.request();
    AudioFormat format = AudioEndpoint.format(request);
    Map<String, String> parameters = parameters(request);
    boolean asJson = TurnsEndpoint.isJson(request);
    if (asJson && !parameters.isEmpty()) {
      throw JsonFields.invalid("put the parameters into the JSON body, next to the prompt");
    }
    long maxBytes = asJson ? json.maxBodyBytes() : settings.maxPromptBytes();
    RequestBody.read(
            vertx,
            request,
            maxBytes,
            settings.request(),
            json.tooLarge("more than " + maxBytes + " bytes"))
        .compose(
            body -> {
              TurnRequest turn =
                  asJson ? json.parse(body, Pace.ASAP) : json.plain(body, parameters, Pace.ASAP);
              if (!context.response().closed()) {
                speak(context, turn, format);
              }
              return Future.succeededFuture();
            })
        .onFailure(context::fail);
  }

  private void speak(RoutingContext context, TurnRequest turn, AudioFormat format) {
    TurnSession session = sessions.start(turn);
    context.response().putHeader("Voicebus-Turn", session.id().value());
    audio.play(session, context.request(), format);
  }

  private static Map<String, String> parameters(HttpServerRequest request) {
    Map<String, String> parameters = new TreeMap<>();
    try {
      for (Map.Entry<String, String> parameter : request.params(true)) {
        if (parameters.put(parameter.getKey(), parameter.getValue()) != null) {
          throw JsonFields.invalid("the parameter '" + parameter.getKey() + "' is given twice");
        }
      }
    } catch (IllegalArgumentException badEncoding) {
      throw JsonFields.invalid("the query is not well-formed: write '%' as %25");
    }
    return parameters;
  }
}
