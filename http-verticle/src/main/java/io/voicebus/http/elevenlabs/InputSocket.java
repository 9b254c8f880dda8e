package io.voicebus.http.elevenlabs;

import io.voicebus.http.api.ApiSocket;
import io.voicebus.http.api.SocketSession;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.Problem;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket over which texts are written and spoken: several at once, each in a context of its
 * own, or one. Whatever ends it, what its client has written before is spoken first. NOT thread
 * safe.
 */
final class InputSocket implements SocketSession, SpokenContext.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(InputSocket.class);

  /** As many as the service has at once. */
  static final int MAX_CONTEXTS = 5;

  /** What waits of the client's text, beyond what turns have taken, when no more is read. */
  static final int MAX_AHEAD_CHARS = 64 * 1024;

  /** From here on a client may ask for speech by {@code try_trigger_generation}. */
  private static final int WORTH_TRYING = 50;

  /** Contexts that failed, and of which more may be written. */
  private static final int MAX_FAILED = 64;

  private static final int CLOSE_NORMAL = 1000;
  private static final int CLOSE_GOING_AWAY = 1001;
  private static final long WATCH_MS = 500;

  private final ApiSocket socket;
  private final InputOptions options;
  private final SpokenContext.Starter starter;
  private final SpokenContext.Encoders encoders;

  /** In the order in which they began: those that take text, and those that speak on. */
  private final List<SpokenContext> contexts = new ArrayList<>();

  /** Those of them that take text. */
  private final List<SpokenContext> open = new ArrayList<>();

  private final Set<String> failed = new LinkedHashSet<>();
  private long heardAtMs;

  /** How it is closed when nothing is spoken any more; -1 if it is not to be closed. */
  private int closeCode = -1;

  private String closeReason = "";
  private boolean stopping;

  InputSocket(
      ApiSocket socket,
      InputOptions options,
      SpokenContext.Starter starter,
      SpokenContext.Encoders encoders) {
    this.socket = socket;
    this.options = options;
    this.starter = starter;
    this.encoders = encoders;
  }

  @Override
  public void begin() {
    heardAtMs = socket.nowMs();
    socket.every(WATCH_MS, this::watch);
  }

  // What the client says.

  @Override
  public void message(String text) {
    if (closeCode >= 0) {
      refuseLate(text);
      return;
    }
    heardAtMs = socket.nowMs();
    InputMessage message = InputMessage.parse(text);
    if (options.multi()) {
      multi(message);
    } else {
      single(message);
    }
  }

  /** It is told once that no more text is spoken: of a fault the client knows it already. */
  private void refuseLate(String text) {
    if (closeCode == CLOSE_NORMAL && InputMessage.parse(text).hasWord()) {
      LOG.warn("a client's text came behind the end of its input and is not spoken");
      fail(InputError.TOO_LATE);
    }
  }

  @Override
  public void tellError(Problem problem) {
    fail(InputError.ofMessage(problem));
  }

  private void multi(InputMessage message) {
    if (message.closeSocket()) {
      closeWhenDone(CLOSE_NORMAL, "");
      return;
    }
    String id = message.contextId();
    SpokenContext context = find(id);
    if (context == null && id != null && failed.contains(id)) {
      if (message.closeContext()) {
        failed.remove(id);
      }
      return;
    }
    if (context == null) {
      if (message.isEmpty() || (id == null && !message.hasWord())) {
        // Keeps the socket alive, or is late.
        return;
      }
      context = open(id);
    }
    if (context != null) {
      write(context, message);
      if (message.closeContext()) {
        close(context);
      }
    }
  }

  private void single(InputMessage message) {
    SpokenContext context = find(null);
    if (context == null) {
      context = open(null);
    }
    if (context != null) {
      write(context, message);
      boolean ends = "".equals(message.text()) && !message.flush();
      if (ends || message.closeSocket()) {
        closeWhenDone(CLOSE_NORMAL, "");
      }
    }
  }

  private void write(SpokenContext context, InputMessage message) {
    context.heardAt(heardAtMs);
    context.speed(message.speed());
    if (message.text() != null) {
      context.append(message.text());
    }
    boolean enough = message.trigger() && context.unflushed() >= WORTH_TRYING;
    if (message.flush() || enough || (options.autoMode() && message.hasWord())) {
      context.flush();
    }
    beginDue();
  }

  /**
   * No more text comes. What was flushed is spoken, and everything in auto mode. A client that lets
   * go of a text that is being heard, and has not flushed it, has been interrupted.
   */
  private void close(SpokenContext context) {
    open.remove(context);
    if (!options.autoMode() && context.unflushed() > 0 && context.speaks()) {
      context.stop("its client was interrupted, and has closed its context");
    } else {
      context.end();
    }
  }

  // Contexts.

  private @Nullable SpokenContext find(@Nullable String id) {
    return open.stream().filter(one -> Objects.equals(one.id(), id)).findFirst().orElse(null);
  }

  private @Nullable SpokenContext open(@Nullable String id) {
    if (contexts.size() >= MAX_CONTEXTS) {
      refuse(id);
      return null;
    }
    SpokenContext context = new SpokenContext(id, options, starter, encoders, this);
    contexts.add(context);
    open.add(context);
    return context;
  }

  private void refuse(@Nullable String id) {
    remember(id);
    socket.answer(InputError.tooManyContexts(MAX_CONTEXTS).frame(id));
  }

  private void remember(@Nullable String id) {
    if (id != null) {
      failed.add(id);
      if (failed.size() > MAX_FAILED) {
        failed.remove(failed.iterator().next());
      }
    }
  }

  /** A name that is used again waits for the former text of that name. */
  private void beginDue() {
    for (SpokenContext context : List.copyOf(contexts)) {
      if (context.isDue() && isFirst(context)) {
        context.begin();
      }
    }
  }

  private boolean isFirst(SpokenContext context) {
    return contexts.stream()
        .filter(one -> Objects.equals(one.id(), context.id()))
        .findFirst()
        .filter(one -> one == context)
        .isPresent();
  }

  @Override
  public void over(SpokenContext context, @Nullable InputError why) {
    boolean wasOpen = open.remove(context);
    contexts.remove(context);
    if (why == null) {
      socket.send(last(context));
    } else {
      if (wasOpen) {
        remember(context.id());
      }
      socket.answer(why.frame(context.id()));
      if (!options.multi()) {
        closeWhenDone(InputError.CLOSE_CODE, why.message());
      }
    }
    beginDue();
    closeIfDone();
    socket.waitingChanged();
  }

  private JsonText last(SpokenContext context) {
    JsonText last = JsonText.object();
    if (!options.multi()) {
      last.putJson("audio", "null");
    }
    last.put("isFinal", true);
    if (!options.multi()) {
      last.putJson("alignment", "null").putJson("normalizedAlignment", "null");
    }
    if (context.isStopped()) {
      last.put("interrupted", true);
    }
    return named(last, context);
  }

  private JsonText named(JsonText message, SpokenContext context) {
    if (!options.multi()) {
      return message;
    }
    String id = context.id();
    return id == null ? message.putJson("contextId", "null") : message.put("contextId", id);
  }

  @Override
  public void speech(SpokenContext from, byte[] audio, Alignment times, double baseMs) {
    JsonText message =
        JsonText.object()
            .put("audio", Base64.getEncoder().encodeToString(audio))
            .putJson("isFinal", "null");
    times.addMs(message, baseMs);
    socket.send(named(message, from));
  }

  // The socket.

  @Override
  public boolean full() {
    return socket.full();
  }

  @Override
  public void soon(Runnable action) {
    socket.soon(action);
  }

  @Override
  public void waitingChanged() {
    socket.waitingChanged();
  }

  @Override
  public boolean isAhead() {
    return contexts.stream().mapToInt(SpokenContext::ahead).sum() > MAX_AHEAD_CHARS;
  }

  @Override
  public void drained() {
    List.copyOf(contexts).forEach(SpokenContext::drained);
  }

  // The end.

  /** Something is wrong with the client: it is told at once, and closed when all is spoken. */
  private void fail(InputError why) {
    if (closeCode != InputError.CLOSE_CODE) {
      socket.answer(why.frame(null));
      closeWhenDone(InputError.CLOSE_CODE, why.message());
    }
  }

  private void closeWhenDone(int code, String reason) {
    if (closeCode < 0 || code == InputError.CLOSE_CODE) {
      closeCode = code;
      closeReason = reason;
    }
    open.clear();
    List.copyOf(contexts).forEach(SpokenContext::end);
    closeIfDone();
  }

  private void closeIfDone() {
    if (stopping && closeCode < 0 && contexts.isEmpty()) {
      closeCode = CLOSE_GOING_AWAY;
      closeReason = "Voicebus is stopping";
    }
    if (closeCode >= 0 && contexts.isEmpty()) {
      socket.close(closeCode, closeReason);
    }
  }

  @Override
  public void stopping() {
    stopping = true;
    closeIfDone();
  }

  @Override
  public void gone(@Nullable String why) {
    List<SpokenContext> all = List.copyOf(contexts);
    contexts.clear();
    open.clear();
    String reason = why == null ? "the client's connection was lost" : why;
    all.forEach(context -> context.cancel(reason));
  }

  /** Ends what has not been written on for too long. A client that is not read cannot write. */
  private void watch() {
    long now = socket.nowMs();
    if (!socket.isRead()) {
      heardAtMs = now;
      open.forEach(context -> context.heardAt(now));
      return;
    }
    for (SpokenContext context : List.copyOf(open)) {
      if (now - context.heardAtMs() >= options.inactivityMs()) {
        open.remove(context);
        context.endWith(InputError.SILENT);
      }
    }
    if (contexts.isEmpty() && now - heardAtMs >= options.inactivityMs()) {
      fail(InputError.SILENT);
    }
  }
}
