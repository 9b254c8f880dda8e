package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.audio.AudioCoding;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TurnId;
import io.voicebus.http.api.IdempotencyKey;
import io.voicebus.http.api.Ignored;
import io.voicebus.http.door.Caller;
import io.voicebus.http.door.RequestBodies;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.MediaType;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.QueryParameter;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.TurnRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    Map<String, String> parameters = QueryParameter.all(request);
    parameters.keySet().removeAll(AudioChoice.PARAMETERS);
    MediaType type = MediaType.of(request);
    boolean asJson = type.isJson();
    if (asJson && !parameters.isEmpty()) {
      throw JsonFields.invalid(TurnJson.PARAMETERS_IN_JSON);
    }
    boolean asForm = type.is(MediaType.FORM) || type.is("");
    long maxBytes = asJson || asForm ? json.maxBodyBytes() : settings.maxPromptBytes();
    ProblemException unreadable = type.unreadable();
    if (!asJson
        && !type.is(MediaType.FORM)
        && GIVEN.contains(parameters.getOrDefault("mode", ""))
        && !mayComeAgain(request)) {
      ProblemException refusal =
          unreadable == null ? sessions.refusal(Caller.of(request)) : unreadable;
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
            unreadable == null ? sessions.refusal(Caller.of(request)) : unreadable)
        .compose(
            body -> {
              TurnRequest turn =
                  asJson
                      ? json.parse(body, Pace.ASAP)
                      : asForm
                          ? json.form(body, parameters, Pace.ASAP)
                          : json.plain(body, parameters, Pace.ASAP);
              if (!context.response().closed()) {
                speak(context, turn, IdempotencyKey.of(request, body), coding);
              }
              return Future.succeededFuture();
            })
        .onFailure(context::fail);
  }

  /** Whether a client has all of its text, and may send it again: it is read whole first. */
  private boolean mayComeAgain(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return length != null
        && IdempotencyKey.isIn(request)
        && Long.parseLong(length) <= settings.maxPromptBytes();
  }

  private void feed(RoutingContext context, TurnRequest turn, AudioCoding coding) {
    Ignored.key(context.request());
    // What is left of a body when its turn has failed is not read.
    context.response().putHeader("Connection", "close");
    TextFeed feed = speakNow(context, turn, null, AudioRange.all(coding)).feed();
    if (feed != null) {
      FeedBody.feed(context.request(), feed);
    }
  }

  /**
   * {@code GET /v1/speak?text=…}: what an {@code <audio>} can play. One whose connection was lost
   * goes on where it was, and one that asks for parts first gets them and the whole of one turn.
   */
  void get(RoutingContext context) {
    HttpServerRequest request = context.request();
    AudioCoding coding = AudioChoice.of(request);
    Map<String, String> parameters = QueryParameter.all(request);
    parameters.keySet().removeAll(AudioChoice.PARAMETERS);
    TurnRequest turn = json.query(parameters, Pace.ASAP);
    AudioEndpoint.noRanges(context, coding);
    if (request.method().equals(HttpMethod.HEAD)) {
      AudioEndpoint.head(context, coding);
      return;
    }
    IdempotencyKey key = IdempotencyKey.ofUrl(request);
    String header = request.getHeader("Range");
    AudioRange range = AudioRange.of(coding, header, null);
    sessions
        .oneByOne(
            key,
            () -> {
              Optional<TurnId> known =
                  sessions
                      .startedWith(key)
                      .filter(started -> audio.inParts(request, started) || range.isPartial());
              if (known.isEmpty()) {
                begin(context, turn, key, range);
              }
              return known;
            })
        .ifPresent(started -> audio.send(context, started, range, false));
  }

  private void begin(
      RoutingContext context, TurnRequest turn, IdempotencyKey key, AudioRange wanted) {
    ProblemException refusal = sessions.refusal(Caller.of(context.request()));
    if (refusal != null) {
      throw refusal;
    }
    // Of a turn that has not begun only the beginning can be given.
    AudioRange range = wanted.bytes() > 0 ? AudioRange.all(wanted.coding()) : wanted;
    audio.inParts(context.request(), speakNow(context, turn, key, range).id());
  }

  private void speak(
      RoutingContext context, TurnRequest turn, @Nullable IdempotencyKey key, AudioCoding coding) {
    HttpServerResponse response = context.response();
    Optional<TurnId> started =
        sessions.oneByOne(
            key,
            () -> {
              Optional<TurnId> known = sessions.startedWith(key);
              if (known.isEmpty()) {
                speakNow(context, turn, key, AudioRange.all(coding));
              }
              return known;
            });
    if (started.isPresent()) {
      response.putHeader("Voicebus-Turn", started.get().value());
      response.putHeader(IdempotencyKey.REPLAYED, "true");
      audio.playAgain(context, started.get(), AudioRange.again(coding));
    }
  }

  private TurnSession speakNow(
      RoutingContext context, TurnRequest turn, @Nullable IdempotencyKey key, AudioRange range) {
    return audio.play(
        () -> sessions.start(turn, Caller.of(context.request()), key), context.request(), range);
  }
}
