package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.UnsupportedAudioException;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.AudioKept;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.http.door.Caller;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.QueryParameter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/turns/{id}/audio}: a turn to its one listener, and to those who follow; of one
 * that has ended what is kept, as a file.
 */
final class AudioEndpoint {
  private static final List<String> SAID =
      List.of("ETag", "Voicebus-Outcome", "Content-Range", "Content-Length");

  private final Vertx vertx;
  private final HttpSettings settings;
  private final TurnDirectory turns;
  private final ConnectionWatch connections;
  private final PartReaders partReaders;

  AudioEndpoint(
      Vertx vertx,
      HttpSettings settings,
      TurnDirectory turns,
      ConnectionWatch connections,
      PartReaders partReaders) {
    this.partReaders = partReaders;
    this.vertx = vertx;
    this.settings = settings;
    this.turns = turns;
    this.connections = connections;
  }

  void get(RoutingContext context) {
    HttpServerRequest request = context.request();
    TurnId turn = TurnDirectory.id(context.pathParam("id"));
    AudioCoding coding = AudioChoice.of(request);
    String from = QueryParameter.of(request, "from");
    AudioRange range = AudioRange.of(coding, request.getHeader("Range"), from);
    boolean follow = follow(QueryParameter.of(request, "follow"));
    send(context, turn, range, follow);
  }

  private static boolean follow(@Nullable String parameter) {
    if (parameter == null || parameter.equals("false")) {
      return false;
    }
    if (parameter.equals("true")) {
      return true;
    }
    throw JsonFields.invalid("'follow' must be true or false, not " + JsonFields.show(parameter));
  }

  /**
   * Sends the audio of a turn that was started before, or of one that has ended what is kept.
   *
   * @param range from where on, of a turn that goes on
   */
  void send(RoutingContext context, TurnId turn, AudioRange range, boolean follow) {
    turns
        .audio(turn)
        .map(
            kept -> {
              if (isRecorded(kept)) {
                recorded(context, turn, new RecordedAudio(range.coding(), kept, range.base()));
              } else {
                live(context, turn, range, follow);
              }
              return kept;
            })
        .onFailure(why -> fail(context, why));
  }

  /** A turn that failed is broken off where it was, so that it never looks complete. */
  private static boolean isRecorded(AudioKept kept) {
    return kept.ending() == AudioKept.Ending.FINISHED
        || (kept.ending() == AudioKept.Ending.CANCELLED && kept.end() > 0);
  }

  // A turn that goes on.

  /**
   * Whether a request is of a client that reads a turn's audio in parts: it asks for a part, or has
   * asked for one.
   */
  boolean inParts(HttpServerRequest request, TurnId turn) {
    Caller client = Caller.of(request);
    boolean part = AudioRange.isPart(request.getHeader("Range"));
    if (part) {
      partReaders.add(client, turn);
    }
    return part || partReaders.has(client, turn);
  }

  private void live(RoutingContext context, TurnId turn, AudioRange wanted, boolean follow) {
    HttpServerRequest request = context.request();
    AudioCoding coding = wanted.coding();
    AudioRange range = inParts(request, turn) ? wanted.inParts(request.getHeader("Range")) : wanted;
    noRanges(context, coding);
    if (request.method().equals(HttpMethod.HEAD)) {
      head(context, coding);
    } else {
      play(context, new TurnListen(turn, range.from(), true, false, 0, follow), range);
    }
  }

  /** Says that encoded audio has no parts; see {@link AudioResponse} for what has. */
  static void noRanges(RoutingContext context, AudioCoding coding) {
    if (!coding.isPlain()) {
      context.response().putHeader("Accept-Ranges", "none");
    }
  }

  private AudioResponse response(HttpServerRequest request, AudioRange range) {
    try {
      return new AudioResponse(vertx, connections, settings.limits().stalled(), request, range);
    } catch (UnsupportedAudioException e) {
      throw ProblemMapping.of(FailureKind.RATE_LIMITED, e.getMessage()).toException();
    }
  }

  private void play(RoutingContext context, TurnListen wanted, AudioRange range) {
    AudioResponse audio = response(context.request(), range);
    turns
        .connect(wanted, audio)
        .onSuccess(audio::begin)
        .onFailure(
            why -> {
              audio.discard();
              if (range.bytes() > 0 && TurnProblems.isNotSent(why)) {
                AudioRange whole = range.ignored();
                TurnListen all =
                    new TurnListen(wanted.turn(), whole.from(), true, false, 0, wanted.follow());
                play(context, all, whole);
              } else {
                fail(context, why);
              }
            });
  }

  /** Sends the audio of a turn that the same request has started before, from its beginning on. */
  void playAgain(RoutingContext context, TurnId turn, AudioRange range) {
    play(context, listen(turn, range), range);
  }

  private static TurnListen listen(TurnId turn, AudioRange range) {
    return new TurnListen(turn, range.from(), true, false, 0);
  }

  /** Answers {@code HEAD}. */
  static void head(RoutingContext context, AudioCoding coding) {
    String type = coding.format().mediaTypes().get(0);
    context.response().putHeader("Content-Type", type).end();
  }

  /** Starts a turn, and sends its audio to this request. */
  TurnSession play(Supplier<TurnSession> start, HttpServerRequest request, AudioRange range) {
    AudioResponse audio = response(request, range);
    try {
      TurnSession session = start.get();
      request.response().putHeader("Voicebus-Turn", session.id().value());
      audio.begin(new OwnConnection(session, listen(session.id(), range), audio));
      return session;
    } catch (RuntimeException e) {
      audio.discard();
      throw e;
    }
  }

  // A turn that has ended.

  private void recorded(RoutingContext context, TurnId turn, RecordedAudio audio) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    AudioKept kept = audio.kept();
    if (audio.base() > kept.end()) {
      // Of a turn that was cancelled since its owner was lost, the client may have more than is
      // kept.
      throw kept.ending() == AudioKept.Ending.CANCELLED
          ? TurnProblems.cancelled()
          : TurnProblems.notSent(kept.end());
    }
    if (audio.isAnother(request.getHeader("If-Match"))) {
      throw new Problem(
              "precondition-failed", "It is not what you have", 412, "ask again without If-Match")
          .toException();
    }
    if (audio.isKnown(request.getHeader("If-None-Match"))) {
      response.setStatusCode(304).putHeader("ETag", audio.tag()).end();
      return;
    }
    boolean plain = audio.coding().isPlain();
    boolean head = request.method().equals(HttpMethod.HEAD);
    RecordedAudio.Part part =
        audio.part(
            plain && !head ? request.getHeader("Range") : null, request.getHeader("If-Range"));
    long first = audio.firstSample(part);
    if (first < kept.first()) {
      throw TurnProblems.notKept(kept.first());
    }
    response
        .putHeader("Accept-Ranges", plain ? "bytes" : "none")
        .putHeader("ETag", audio.tag())
        .putHeader("Voicebus-Outcome", ProblemMapping.dashed(kept.ending()));
    if (!plain) {
      encoded(context, turn, audio);
      return;
    }
    response
        .putHeader("Content-Type", audio.coding().contentType(audio.rateHz()))
        .putHeader("Content-Length", String.valueOf(part.length()));
    if (part.partial()) {
      response.setStatusCode(206).putHeader("Content-Range", audio.contentRange(part));
    }
    byte[] begins = audio.head(part);
    long samples = part.length() - begins.length;
    if (head) {
      response.end();
    } else if (samples == 0) {
      Body.end(response, Buffer.buffer(begins));
    } else {
      RecordedResponse answer =
          new RecordedResponse(
              connections,
              settings.limits().stalled(),
              request,
              begins,
              audio.skippedBytes(part),
              samples);
      turns
          .connect(new TurnListen(turn, first, true, false, 0, true), answer)
          .onSuccess(answer::begin)
          .onFailure(why -> fail(context, why));
    }
  }

  /** What was said of the audio must not be said of the problem. */
  private static void fail(RoutingContext context, Throwable why) {
    SAID.forEach(context.response().headers()::remove);
    context.fail(why);
  }

  /** Encoded audio is encoded again, from the samples that are kept. */
  private void encoded(RoutingContext context, TurnId turn, RecordedAudio audio) {
    if (context.request().method().equals(HttpMethod.HEAD)) {
      context
          .response()
          .putHeader("Content-Type", audio.coding().contentType(audio.rateHz()))
          .end();
    } else {
      AudioRange rest = AudioRange.again(audio.coding(), audio.base());
      play(context, new TurnListen(turn, audio.base(), true, false, 0, true), rest);
    }
  }
}
