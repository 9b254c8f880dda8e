package io.voicebus.emulators;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One WebSocket, {@code stream-input} or {@code multi-stream-input}. Lives on one context. */
final class ElevenSocket {
  private static final int MAX_CONTEXTS = 5;
  private static final int MAX_REASON_CHARS = 120;

  private final Vertx vertx;
  private final ServerWebSocket ws;
  private final Runnable cut;
  private final ElevenSpec spec;
  private final ElevenOptions options;
  private final ElevenUsage usage;
  private final boolean hasKey;
  private final List<ElevenContext> contexts = new ArrayList<>();
  private final Map<Object, Long> inactivity = new HashMap<>();
  private boolean begun;
  private boolean failed;
  private boolean closed;

  /**
   * @param cut breaks the connection under it
   * @param hasKey whether the upgrade had a key that is accepted
   */
  ElevenSocket(
      Vertx vertx,
      ServerWebSocket ws,
      Runnable cut,
      ElevenSpec spec,
      ElevenOptions options,
      ElevenUsage usage,
      boolean hasKey) {
    this.vertx = vertx;
    this.ws = ws;
    this.cut = cut;
    this.spec = spec;
    this.options = options;
    this.usage = usage;
    this.hasKey = hasKey;
  }

  void open() {
    usage.socketOpened();
    ws.closeHandler(end -> closed());
    ws.exceptionHandler(broken -> {});
    ws.binaryMessageHandler(bytes -> fail(ElevenError.of("invalid_input_message"), null));
    ws.textMessageHandler(this::message);
    touch(this);
  }

  Vertx vertx() {
    return vertx;
  }

  ElevenSpec spec() {
    return spec;
  }

  ElevenUsage usage() {
    return usage;
  }

  ElevenScript script(ElevenContext context, String text) {
    return options.scripts().apply(new ElevenRequest(voice(context), spec.model(), text, true));
  }

  private void message(String text) {
    if (failed || closed) {
      return;
    }
    ElevenInput input;
    try {
      JsonObject message = new JsonObject(text);
      input = spec.dialogue() ? ElevenDialogue.input(message) : ElevenInput.of(message);
    } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
      fail(ElevenError.of("invalid_input_message"), null);
      return;
    }
    touch(this);
    if (!hasKey && !begun && !ElevenKeys.accepts(options, input.key())) {
      String error = input.key().isEmpty() ? "authentication_required" : "invalid_api_key";
      fail(ElevenError.of(error), null);
    } else if (spec.multi()) {
      multi(input);
    } else {
      single(input);
    }
    begun = true;
  }

  private void multi(ElevenInput input) {
    if (input.closeSocket()) {
      ws.close((short) 1000);
      return;
    }
    if (input.contextId() == null && input.keepsAlive()) {
      usage.keptAlive();
      return;
    }
    ElevenContext context = find(input.contextId());
    if (context == null) {
      if (input.closeContext() && input.text() == null) {
        return; // nothing to close
      }
      if (contexts.size() == MAX_CONTEXTS) {
        fail(ElevenError.of("max_active_conversations"), null);
        return;
      }
      if (spec.dialogue() && ElevenDialogue.voice(input.settings()).isEmpty()) {
        fail(ElevenError.of("invalid_input_message"), null);
        return;
      }
      context = begin(input);
    } else if (context.contradicts(input.settings())
        || (spec.dialogue() && input.settings().containsKey("voices"))) {
      fail(ElevenError.of("invalid_input_message"), context);
      return;
    }
    feed(context, input);
    if (input.closeContext() && context.open()) {
      rest(context);
      context.close();
    }
  }

  private void single(ElevenInput input) {
    ElevenContext context = find(null);
    if (context == null) {
      if (begun || !" ".equals(input.text())) {
        fail(ElevenError.of("invalid_input_message"), null);
        return;
      }
      context = begin(input);
    } else if (context.contradicts(input.settings())) {
      fail(ElevenError.of("invalid_input_message"), context);
      return;
    }
    feed(context, input);
    if ("".equals(input.text()) && !input.flush() && context.open()) {
      rest(context);
      context.close();
    }
  }

  private void feed(ElevenContext context, ElevenInput input) {
    if (spec.multi()) {
      touch(context);
    }
    String text = input.text();
    if (input.keepsAlive()) {
      usage.keptAlive();
    }
    if (text != null && !text.isBlank() && !knownVoice(context)) {
      fail(ElevenError.of("voice_id_does_not_exist"), context);
      return;
    }
    if (text != null) {
      context.text(text, input.trigger());
    }
    if (input.flush()) {
      context.flush();
    }
  }

  private boolean knownVoice(ElevenContext context) {
    return options.voices().isEmpty() || options.voices().contains(voice(context));
  }

  private String voice(ElevenContext context) {
    return spec.dialogue() ? ElevenDialogue.voice(context.settings()) : spec.voice();
  }

  private ElevenContext begin(ElevenInput input) {
    ElevenContext context =
        new ElevenContext(this, input.contextId(), input.settings(), spec.autoMode());
    contexts.add(context);
    usage.contextOpened(contexts.size());
    return context;
  }

  /** The context that takes text under an id; one that is closing takes none. */
  private @Nullable ElevenContext find(@Nullable String id) {
    for (ElevenContext context : contexts) {
      if (context.open() && Objects.equals(context.id(), id)) {
        return context;
      }
    }
    return null;
  }

  /** Of this socket or of a context: text came, so its time begins again. */
  private void touch(Object of) {
    rest(of);
    long millis = Math.max(1, options.second().toMillis() * spec.inactivitySeconds());
    inactivity.put(
        of,
        vertx.setTimer(
            millis,
            id -> {
              ElevenError late = ElevenError.of("input_timeout_exceeded");
              if (of instanceof ElevenContext context) {
                expire(late, context);
              } else {
                fail(late, null);
              }
            }));
  }

  private void rest(Object of) {
    Long timer = inactivity.remove(of);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  void send(JsonObject frame, ElevenContext context) {
    if (!closed) {
      if (spec.dialogue()) {
        ws.writeTextMessage(ElevenDialogue.frame(frame, context.id()).encode());
        return;
      }
      if (spec.multi()) {
        frame.put("contextId", context.id());
      }
      ws.writeTextMessage(frame.encode());
    }
  }

  /** A context has said all. */
  void finished(ElevenContext context) {
    JsonObject last = new JsonObject().put("isFinal", true);
    if (!spec.multi()) {
      last.putNull("audio").putNull("alignment").putNull("normalizedAlignment");
    }
    send(last, context);
    remove(context);
    if (!spec.multi()) {
      closeLater(1000, "");
    }
  }

  /** One context ends for lack of text; the socket lives on. */
  private void expire(ElevenError error, ElevenContext context) {
    usage.erred();
    if (!closed) {
      ws.writeTextMessage(error.frame(context.id()).encode());
    }
    context.drop();
    remove(context);
  }

  /** An error frame now, the close a little later. Other contexts go on until then. */
  void fail(ElevenError error, @Nullable ElevenContext context) {
    if (failed || closed) {
      return;
    }
    failed = true;
    usage.erred();
    ws.writeTextMessage(error.frame(context == null ? null : context.id()).encode());
    if (context != null) {
      context.drop();
      remove(context);
    }
    closeLater(error.code(), error.message());
  }

  void suffer(ElevenFault fault, ElevenContext context) {
    switch (fault.kind()) {
      case ERROR -> fail(ElevenError.of(fault.error(), fault.closeCode()), context);
      case CLOSE -> ws.close((short) fault.closeCode());
      case CUT -> cut.run();
      case HANG, NONE, END, NULL_TIMES, MP3 -> {}
    }
  }

  private void remove(ElevenContext context) {
    rest(context);
    if (contexts.remove(context)) {
      usage.contextClosed();
    }
  }

  private void closeLater(int code, String reason) {
    String brief = reason.substring(0, Math.min(MAX_REASON_CHARS, reason.length()));
    vertx.setTimer(
        Math.max(1, options.closeDelay().toMillis()),
        id -> {
          if (!closed) {
            ws.close((short) code, brief);
          }
        });
  }

  private void closed() {
    closed = true;
    List.copyOf(contexts)
        .forEach(
            context -> {
              context.drop();
              remove(context);
            });
    rest(this);
    usage.socketClosed();
  }
}
