package io.voicebus.tts;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of one voice, and the contexts on it. A context counts until its final message,
 * heard or not. Lives on one context.
 */
final class ElevenSocket {
  private static final String KEEPALIVE = "{\"text\":\"\"}";

  private final Vertx vertx;
  private final ElevenSettings settings;
  private final ServiceTimes times;
  private final String voice;
  private final ElevenSocketOwner owner;
  private final Map<String, ServiceUtterance> contexts = new LinkedHashMap<>();
  private final Map<String, Long> unwantedSince = new HashMap<>();
  private @Nullable WebSocket ws;
  private boolean retired;
  private boolean gone;
  private boolean answered = true;
  private long askedAt;
  private long usedAt;

  ElevenSocket(
      Vertx vertx,
      ElevenSettings settings,
      ServiceTimes times,
      String voice,
      ElevenSocketOwner owner) {
    this.vertx = vertx;
    this.settings = settings;
    this.times = times;
    this.voice = voice;
    this.owner = owner;
  }

  void connect(WebSocketClient client, long now) {
    usedAt = now;
    ClientWebSocket opening = client.webSocket();
    opening.textMessageHandler(this::message);
    opening.pongHandler(pong -> answered = true);
    opening.exceptionHandler(broken -> {});
    opening.closeHandler(end -> closed());
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(settings.baseUrl().host())
            .setPort(settings.baseUrl().port())
            .setSsl(settings.baseUrl().secure())
            .setURI(settings.socketUri(voice))
            .setTimeout(times.connect().toMillis())
            .putHeader("xi-api-key", settings.apiKey());
    try {
      opening.connect(options).onSuccess(this::opened).onFailure(this::refused);
    } catch (IllegalStateException e) { // Vert.x is closing
      refused(e);
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

  private void refused(Throwable why) {
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
      owner.refused(this, ElevenFailures.unreachable(), 0);
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

  /** How many utterances more it takes. */
  int room() {
    return ws == null || retired || gone ? 0 : settings.contextsPerSocket() - contexts.size();
  }

  /** How many utterances it has, heard or not. */
  int contexts() {
    return contexts.size();
  }

  void speak(ServiceUtterance utterance, long now) {
    String id = owner.newContextId();
    contexts.put(id, utterance);
    usedAt = now;
    messages(id, utterance.asked().text()).forEach(message -> send(message.encode()));
  }

  /**
   * All that the service must be told, at once: so nothing needs to be said when it is cancelled,
   * and the context ends as soon as it can.
   */
  private List<JsonObject> messages(String id, String text) {
    JsonObject init = new JsonObject().put("text", " ").put("context_id", id);
    if (!settings.voiceSettings().isEmpty()) {
      init.put("voice_settings", settings.voiceSettings());
    }
    boolean complete = Character.isWhitespace(text.charAt(text.length() - 1));
    return List.of(
        init,
        new JsonObject()
            .put("text", complete ? text : text + " ")
            .put("context_id", id)
            .put("flush", true),
        new JsonObject().put("context_id", id).put("close_context", true));
  }

  private void send(String message) {
    if (ws != null && !ws.isClosed()) {
      ws.writeTextMessage(message);
    }
  }

  private void message(String text) {
    answered = true;
    if (gone) {
      return;
    }
    try {
      ElevenMessage message = new ElevenMessage(text);
      if (!message.error().isEmpty()) {
        error(message);
        return;
      }
      ServiceUtterance utterance = contexts.get(message.contextId());
      if (utterance == null) {
        return; // of one that has ended
      }
      if (!utterance.over()) {
        utterance.accept(message);
      }
      if (message.last()) {
        remove(message.contextId());
        utterance.end();
        owner.ended(utterance);
      }
    } catch (DecodeException | IllegalArgumentException | ClassCastException e) {
      leave(ElevenFailures.lost());
    }
  }

  /** After an error the service closes the WebSocket; until then others may come to their ends. */
  private void error(ElevenMessage message) {
    retired = true;
    Failure why = ElevenFailures.ofError(message.error(), message.words(), message.code());
    ServiceUtterance utterance = contexts.get(message.contextId());
    if (utterance != null) {
      remove(message.contextId());
      owner.failed(utterance, why);
    } else if (message.contextId().isEmpty()) {
      leave(why);
    }
  }

  private void remove(String id) {
    contexts.remove(id);
    unwantedSince.remove(id);
    if (retired) {
      closeIfUnused();
    }
  }

  private void closeIfUnused() {
    if (contexts.isEmpty()) {
      leave(null);
    }
  }

  /** No utterance is begun here any more; it closes when the last one is off. */
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
    contexts.forEach(
        (id, utterance) -> {
          if (utterance.over()) {
            unwantedSince.putIfAbsent(id, now);
          }
        });
    long patience = times.closing().toNanos();
    if (unwantedSince.values().stream().anyMatch(since -> now - since >= patience)) {
      leave(ElevenFailures.lost());
      return;
    }
    if (answered) {
      answered = false;
      askedAt = now;
      ws.writePing(Buffer.buffer("v"));
    }
    send(KEEPALIVE);
  }

  /** How long nothing was asked of it. */
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
    List<ServiceUtterance> left = new ArrayList<>(contexts.values());
    Collections.reverse(left); // whoever is to wait again goes before all others
    contexts.clear();
    unwantedSince.clear();
    if (ws != null && !ws.isClosed()) {
      ws.close();
    }
    if (ws == null && why != null) {
      owner.refused(this, why, 0);
    } else {
      owner.gone(this, why);
    }
    for (ServiceUtterance utterance : left) {
      owner.failed(utterance, why == null ? ElevenFailures.lost() : why);
    }
  }
}
