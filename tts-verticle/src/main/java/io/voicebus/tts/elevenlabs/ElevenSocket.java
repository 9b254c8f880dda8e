package io.voicebus.tts.elevenlabs;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.LateTimers;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.ServiceRequests;
import io.voicebus.tts.service.ServiceTimes;
import io.voicebus.tts.service.ServiceUtterance;
import io.voicebus.tts.service.SoundedJson;
import io.voicebus.tts.sound.SpokenAudio;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of one voice, and the contexts on it. A context counts until its final message,
 * cancelled or not. Bound to one Vert.x context.
 */
final class ElevenSocket {
  /** How long a context may be silent: so many usual times, but at least a second. */
  private static final int TOO_LONG = 3;

  private static final long LEAST_TOO_LONG_NANOS = 1_000_000_000L;

  /** Interval of the checks of a context that has sounded. */
  private static final long LOOK_MS = 250;

  /** A context without word times is complete after so long without a message. */
  private static final long QUIET_NANOS = 1_000_000_000L;

  private final Vertx vertx;
  private final Clock clock;
  private final ElevenSettings settings;
  private final ServiceTimes times;
  private final String voice;
  private final ElevenWire wire;
  private final ElevenSocketOwner owner;
  private final ElevenContexts contexts = new ElevenContexts();
  private final SoundedJson messages = SoundedJson.whole(json -> read = new ElevenMessage(json));
  private @Nullable ElevenMessage read;
  private @Nullable WebSocket ws;
  private boolean retired;
  private boolean gone;
  private boolean answered = true;
  private long askedAt;
  private long usedAt;

  /** When the last message of any context came. */
  private long heardAt;

  ElevenSocket(
      Vertx vertx,
      Clock clock,
      ElevenSettings settings,
      ServiceTimes times,
      String voice,
      ElevenSocketOwner owner) {
    this.vertx = vertx;
    this.clock = clock;
    this.settings = settings;
    this.times = times;
    this.voice = voice;
    this.wire = ElevenWire.of(settings);
    this.owner = owner;
  }

  void connect(ElevenConnections connections, long now) {
    usedAt = now;
    heardAt = now;
    ClientWebSocket opening = connections.webSocket();
    opening.frameHandler(this::frame);
    opening.pongHandler(pong -> answered = true);
    opening.exceptionHandler(broken -> {});
    opening.closeHandler(end -> closed());
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(settings.baseUrl().host())
            .setPort(settings.baseUrl().port())
            .setSsl(settings.baseUrl().secure())
            .setURI(wire.uri(voice))
            .setTimeout(times.connect().toMillis())
            .putHeader("xi-api-key", settings.apiKey());
    try {
      opening.connect(options).onSuccess(this::opened).onFailure(why -> refused(why, connections));
    } catch (IllegalStateException e) { // Vert.x is closing
      refused(e, connections);
    }
  }

  private void opened(WebSocket open) {
    ws = open;
    if (gone) {
      open.close();
      return;
    }
    if (open.isClosed()) {
      closed();
      return;
    }
    owner.opened(this, number(open.headers().get("maximum-concurrent-requests")));
    vertx.setTimer(
        Math.max(1, times.settle().toMillis()),
        id -> {
          if (!gone && !retired) {
            owner.proved(this);
          }
        });
  }

  private void refused(Throwable why, ElevenConnections connections) {
    if (gone) {
      return;
    }
    gone = true;
    if (why instanceof UpgradeRejectedException upgrade) {
      Buffer body = upgrade.getBody();
      String limit =
          upgrade.getHeaders() == null
              ? null
              : upgrade.getHeaders().get("maximum-concurrent-requests");
      owner.refused(
          this,
          ElevenFailures.ofStatus(upgrade.getStatus(), body == null ? "" : body.toString()),
          number(limit));
    } else {
      owner.refused(this, connections.unreachable(why), 0);
    }
  }

  private static int number(@Nullable String header) {
    return header == null ? 0 : ServiceRequests.number(header);
  }

  String voice() {
    return voice;
  }

  boolean opening() {
    return ws == null && !gone;
  }

  /** How many more utterances it takes. */
  int room() {
    return ws == null || retired || gone ? 0 : settings.contextsPerSocket() - contexts.size();
  }

  /** How many utterances it has, heard or not. */
  int contexts() {
    return contexts.size();
  }

  void speak(ServiceUtterance utterance, long now) {
    String id = owner.newContextId();
    ElevenContext context = new ElevenContext(utterance, now);
    contexts.add(id, context);
    usedAt = now;
    utterance.sent();
    Utterance asked = utterance.asked();
    wire.utterance(id, voice, asked.text(), asked.speed()).forEach(this::send);
    long usual = owner.usualNanos();
    long patience =
        usual == 0 ? times.answering().toNanos() : Math.max(LEAST_TOO_LONG_NANOS, TOO_LONG * usual);
    awaitSound(id, context, patience);
    vertx.setTimer(Math.max(1, times.closes().toMillis()), timer -> close(id, context));
    utterance.onOver(() -> vertx.runOnContext(go -> abandon(id, context)));
  }

  /** The utterance was cancelled: waits for the end of its context, but not forever. */
  private void abandon(String id, ElevenContext context) {
    context.left = true;
    close(id, context);
    if (contexts.has(context)) {
      awaitEnd(context);
    }
  }

  /**
   * A cancelled context that receives nothing stops counting after a while; its WebSocket then gets
   * no further context.
   */
  private void awaitEnd(ElevenContext context) {
    long patience = Math.max(times.closing().toNanos(), TOO_LONG * owner.usualNanos());
    LateTimers.after(
        vertx,
        clock,
        patience,
        () -> {
          if (!contexts.has(context)) {
            return;
          }
          if (clock.nanoTime() - context.heardAt < patience) {
            awaitEnd(context);
          } else {
            contexts.remove(context);
            retire();
            owner.freed();
          }
        });
  }

  private void awaitSound(String id, ElevenContext context, long patience) {
    LateTimers.after(vertx, clock, patience, () -> unanswered(id, context));
  }

  private void unanswered(String id, ElevenContext context) {
    if (!contexts.has(context)) {
      return;
    }
    boolean deaf = heardAt - context.sentAt < 0;
    retired |= deaf; // nothing has come since, whatever it was about
    boolean silent = !context.sounded || context.utterance.silentSoFar();
    if (silent && context.wanted()) {
      context.count();
      abandon(id, context);
      owner.unanswered(context.utterance);
    }
    if (deaf && !contexts.anyWanted()) {
      leave(null); // what was begun here must not count until its end comes
    }
  }

  /**
   * Tells the service at the first sound that the text is complete: earlier, that could end the
   * context.
   */
  private void close(String id, ElevenContext context) {
    if (!context.closed && !gone) {
      context.closed = true;
      send(wire.close(id));
    }
  }

  private void send(JsonObject message) {
    if (ws != null && !ws.isClosed()) {
      ws.writeTextMessage(message.encode());
    }
  }

  /** Reads a message as bytes, since most of it is audio. */
  private void frame(WebSocketFrame frame) {
    if (!frame.isText() && !frame.isContinuation()) {
      return;
    }
    answered = true;
    heardAt = clock.nanoTime();
    if (gone) {
      return;
    }
    try {
      Buffer bytes = frame.binaryData();
      messages.feed(bytes::getBytes, bytes.length());
      if (!frame.isFinal()) {
        return;
      }
      messages.end();
    } catch (DecodeException | IllegalArgumentException | ClassCastException e) {
      leave(ElevenFailures.lost());
      return;
    }
    if (read != null) {
      message(read);
    }
  }

  private void message(ElevenMessage message) {
    ElevenContext context = contexts.get(message.contextId());
    if (!message.error().isEmpty()) {
      error(message, context);
    } else if (context != null) {
      heard(message, context);
    }
  }

  private void heard(ElevenMessage message, ElevenContext context) {
    long now = clock.nanoTime();
    ServiceUtterance utterance = context.utterance;
    context.heardAt = now;
    if (!context.counted) {
      context.count();
      owner.accepted(utterance);
    }
    if (context.wanted()) {
      try {
        message.to(utterance);
        if (utterance.endless()) {
          abandon(message.contextId(), context);
          owner.ended(utterance);
        }
      } catch (SpokenAudio.Unplayable e) {
        context.left = true;
        utterance.fail(ElevenFailures.stranger(String.valueOf(e.getMessage())));
      }
    }
    if (message.sounds() && !context.sounded) {
      context.sounded = true;
      close(message.contextId(), context);
      owner.sounded(now - context.sentAt);
      lookLater(message.contextId(), context);
    }
    if (message.last()) {
      remove(message.contextId());
      if (!context.left) {
        context.left = true;
        owner.ended(utterance);
      } else {
        owner.freed();
      }
    }
  }

  /** Ends a context whose final message does not come. */
  private void lookLater(String id, ElevenContext context) {
    LateTimers.after(
        vertx,
        clock,
        LOOK_MS * 1_000_000,
        () -> {
          if (!context.wanted() || !contexts.has(context)) {
            return;
          }
          long quiet = clock.nanoTime() - context.heardAt;
          boolean complete = context.utterance.complete() && quiet >= ServiceTimes.COMPLETE_NANOS;
          if (complete || (context.utterance.maybeWhole() && quiet >= QUIET_NANOS)) {
            if (!complete) {
              context.utterance.unconfirmed();
            }
            abandon(id, context);
            owner.ended(context.utterance);
          } else {
            lookLater(id, context);
          }
        });
  }

  /**
   * After an error the service closes the WebSocket; until then others may come to their ends. One
   * that names no context is about the last one that was begun, if it is for want of room.
   */
  private void error(ElevenMessage message, @Nullable ElevenContext named) {
    retired = true;
    Failure why = ElevenFailures.ofError(message.error(), message.words(), message.code());
    ElevenContext context = named;
    if (context == null && message.contextId().isEmpty()) {
      if (why.kind() != FailureKind.RATE_LIMITED) {
        leave(why);
        return;
      }
      context = contexts.lastNotTaken();
    }
    if (context != null) {
      contexts.remove(context);
      if (context.wanted()) {
        context.left = true;
        owner.failed(context.utterance, why);
      }
      closeIfUnused();
    }
  }

  private void remove(String id) {
    contexts.remove(id);
    if (retired) {
      closeIfUnused();
    }
  }

  private void closeIfUnused() {
    if (contexts.isEmpty()) {
      leave(null);
    }
  }

  /** Takes no more utterances, and closes after the last one. */
  void retire() {
    retired = true;
    closeIfUnused();
  }

  /**
   * Shows life, asks for some, and gives up what has shown none.
   *
   * @param late this came so late that the answer may wait to be read
   */
  void tick(long now, boolean late) {
    if (ws == null || gone) {
      return;
    }
    boolean silent = !answered && now - askedAt >= times.answer().toNanos();
    if (ws.isClosed() || (silent && !late)) {
      leave(ElevenFailures.lost());
      return;
    }
    if (answered) {
      answered = false;
      askedAt = now;
      ws.writePing(Buffer.buffer("v"));
    }
    send(wire.keepAlive());
  }

  /** How long it has had no utterance. */
  long idleNanos(long now) {
    return contexts.isEmpty() ? now - usedAt : 0;
  }

  private void closed() {
    if (gone || ws == null) {
      return;
    }
    Short code = ws.closeStatusCode();
    leave(
        retired // the reason is that of an error which another utterance has had already
            ? ElevenFailures.lost()
            : ElevenFailures.ofClose(code == null ? 1006 : code, ws.closeReason()));
  }

  /**
   * Leaves it at once; what is on it fails.
   *
   * @param why nothing if it was of our own accord
   */
  void leave(@Nullable Failure why) {
    if (gone) {
      return;
    }
    gone = true;
    List<ElevenContext> left = contexts.takeAll();
    if (ws != null && !ws.isClosed()) {
      ws.close();
    }
    if (ws == null && why != null) {
      owner.refused(this, why, 0);
    } else {
      owner.gone(this, why);
    }
    for (ElevenContext context : left) {
      if (context.wanted()) {
        context.left = true;
        owner.failed(context.utterance, why == null ? ElevenFailures.lost() : why);
      }
    }
  }
}
