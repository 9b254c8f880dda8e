package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.audio.AudioCoding;
import io.voicebus.contract.Pace;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.TurnRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code POST /v1/speak}: a prompt goes in, and its audio comes out of the same request. The body
 * is the prompt itself, but for JSON and for forms that have one. With {@code mode=say} it is the
 * text itself, which is spoken while it arrives.
 */
final class SpeakEndpoint {
  private static final Set<String> GIVEN = Set.of("say", "verbatim");

  private final RequestBodies bodies;
  private final HttpSettings settings;
  private final TurnSessions sessions;
  private final AudioEndpoint audio;
  private final TurnJson json;

  SpeakEndpoint(
      RequestBodies bodies, HttpSettings settings, TurnSessions sessions, AudioEndpoint audio) {
    this.bodies = bodies;
    this.settings = settings;
    this.sessions = sessions;
    this.audio = audio;
    this.json = new TurnJson(settings.maxPromptBytes());
  }

  void post(RoutingContext context) {
    HttpServerRequest request = context.request();
    AudioCoding coding = AudioChoice.of(request);
    Map<String, String> parameters = parameters(request);
    parameters.keySet().removeAll(AudioChoice.PARAMETERS);
    MediaType type = MediaType.of(request);
    boolean asJson = type.isJson();
    if (asJson && !parameters.isEmpty()) {
      throw JsonFields.invalid("put the parameters into the JSON body, next to the prompt");
    }
    boolean asForm = type.is(MediaType.FORM) || type.is("");
    long maxBytes = asJson || asForm ? json.maxBodyBytes() : settings.maxPromptBytes();
    ProblemException unreadable = type.unreadable();
    if (!asJson
        && !type.is(MediaType.FORM)
        && GIVEN.contains(parameters.getOrDefault("mode", ""))) {
      ProblemException refusal = unreadable == null ? sessions.refusal() : unreadable;
      if (refusal != null) {
        throw refusal.problem().withHeader("Connection", "close").toException();
      }
      feed(context, json.feed(parameters, Pace.ASAP), coding);
      return;
    }
    bodies
        .read(
            request,
            maxBytes,
            json.tooLarge("more than " + maxBytes + " bytes"),
            unreadable == null ? sessions.refusal() : unreadable)
        .compose(
            body -> {
              TurnRequest turn =
                  asJson
                      ? json.parse(body, Pace.ASAP)
                      : asForm
                          ? json.form(body, parameters, Pace.ASAP)
                          : json.plain(body, parameters, Pace.ASAP);
              if (!context.response().closed()) {
                audio.play(() -> sessions.start(turn), request, coding);
              }
              return Future.succeededFuture();
            })
        .onFailure(context::fail);
  }

  private void feed(RoutingContext context, TurnRequest turn, AudioCoding coding) {
    // What is left of a body when its turn has failed is not read.
    context.response().putHeader("Connection", "close");
    TurnSession session = audio.play(() -> sessions.start(turn), context.request(), coding);
    TextFeed feed = session.feed();
    if (feed != null) {
      FeedBody.feed(context.request(), feed);
    }
  }

  private static Map<String, String> parameters(HttpServerRequest request) {
    Map<String, String> parameters = new TreeMap<>();
    try {
      for (Map.Entry<String, String> parameter : request.params(true)) {
        if (parameters.put(parameter.getKey(), parameter.getValue()) != null) {
          throw JsonFields.invalid(
              "the parameter " + JsonFields.show(parameter.getKey()) + " is given twice");
        }
      }
    } catch (IllegalArgumentException badEncoding) {
      throw QueryParameter.malformed();
    }
    return parameters;
  }
}
