package io.voicebus.gemini;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import io.voicebus.bus.Bus;
import io.voicebus.bus.LateTimers;
import io.voicebus.contract.ServiceAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One HTTP exchange with the service. Bound to the context of its bus. */
final class ModelAttempt {
  /** How much of a response without a stream is read, in bytes. */
  static final int MAX_ERROR_BYTES = 64 * 1024;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);
  private static final int MOST_REDIRECTS = 3;

  /** How many kept connections in a row may turn out to be closed before that is a fault. */
  private static final int MOST_STALE = 20;

  private final Bus bus;
  private final ModelProtocol protocol;
  private final ServiceWords words;
  private final ModelLimits limits;
  private final ModelConnections connections;
  private final FinishHabit habit;
  private final Listener listener;
  private final Buffer refusal = Buffer.buffer();

  /** Only while there is something to reset: a connection goes back to its pool once. */
  private @Nullable HttpClientRequest request;

  /** From the first byte of an answer on, all is up to it. */
  private @Nullable ModelResponse answer;

  private Bus.@Nullable Timer timer;

  /** Used connections that answered with their end, or with that of their stream. */
  private final Set<HttpConnection> stale = Collections.newSetFromMap(new IdentityHashMap<>());

  private int redirects;
  private boolean paused;
  private boolean over;

  ModelAttempt(
      Bus bus,
      ModelProtocol protocol,
      ModelLimits limits,
      ModelConnections connections,
      FinishHabit habit,
      Listener listener) {
    this.bus = bus;
    this.protocol = protocol;
    this.words = protocol.words();
    this.limits = limits;
    this.connections = connections;
    this.habit = habit;
    this.listener = listener;
  }

  /** Takes what comes; nothing after {@link #ended} or {@link #failed}. */
  interface Listener {
    void chunk(ModelChunk chunk);

    /** All seems to have been said, though more may come: one of the others follows. */
    void perhapsEnded();

    /** The answer has ended, and had nothing more to say. */
    void ended();

    /** The attempt failed. */
    void failed(ModelFault fault);
  }

  void begin(RequestOptions to, Buffer prompt) {
    limit(limits.connect(), () -> fail(words.unreachable("no connection in time", false)));
    connections
        .request(to)
        .onComplete(
            connected -> {
              if (connected.failed()) {
                Throwable why = connected.cause();
                fail(words.unreachable(connections.trouble(why), connections.lasts(why)));
              } else {
                // What a reset does to it is told by its response, or not at all.
                connected.result().exceptionHandler(ignored -> {});
                if (over) {
                  connected.result().reset();
                } else {
                  send(connected.result(), to, prompt);
                }
              }
            });
  }

  private void send(HttpClientRequest connected, RequestOptions to, Buffer prompt) {
    request = connected;
    boolean used = connections.isUsed(connected);
    limit(limits.headers(), () -> fail(words.notBegun()));
    connected
        .send(prompt)
        .onComplete(
            answered -> {
              if (over) {
                if (answered.succeeded()) {
                  answered.result().exceptionHandler(ignored -> {});
                }
              } else if (answered.succeeded()) {
                head(connected, answered.result(), to, prompt);
              } else if (used && wasStale(connected.connection())) {
                // The server has closed it just when it was to be used again.
                request = null;
                begin(to, prompt);
              } else {
                broken();
              }
            });
  }

  /**
   * Whether a used connection may just have been closed. One of HTTP/2 stays when its server resets
   * each stream: then that is what is wrong, and asking again at once would go on for ever.
   */
  private boolean wasStale(HttpConnection connection) {
    return stale.size() < MOST_STALE && stale.add(connection);
  }

  private void head(
      HttpClientRequest asked, HttpClientResponse response, RequestOptions to, Buffer prompt) {
    response.exceptionHandler(ignored -> broken());
    String location = response.getHeader("location");
    if (response.statusCode() == 200 && !isOf(response, "text/html")) {
      stopTimer();
      boolean json = isOf(response, "application/json");
      ModelResponse begun =
          new ModelResponse(bus, protocol, limits, habit, listener, asked, response, json);
      answer = begun;
      begun.begin(paused);
    } else if (REDIRECTS.contains(response.statusCode()) && location != null) {
      redirected(response, location, to, prompt);
    } else {
      limit(limits.gap(), () -> fail(words.notBegun()));
      response.handler(bytes -> refused(response, bytes));
      response.endHandler(
          ignored -> {
            request = null;
            refused(response);
          });
    }
  }

  private void redirected(
      HttpClientResponse response, String location, RequestOptions to, Buffer prompt) {
    Optional<RequestOptions> target = ModelConnections.redirected(to, location);
    if (target.isEmpty() || ++redirects > MOST_REDIRECTS) {
      fail(words.elsewhere(ServiceAddress.masked(location)));
      return;
    }
    HttpClientRequest done = request;
    request = null;
    response.exceptionHandler(ignored -> {});
    if (done != null) {
      done.reset();
    }
    begin(target.get(), prompt);
  }

  /** A page is what no model answers with; a stream without a type, or text, is a stream. */
  private static boolean isOf(HttpClientResponse response, String type) {
    String told = response.getHeader("content-type");
    return told != null && told.toLowerCase(Locale.ROOT).startsWith(type);
  }

  /** Whether the model has thought. */
  boolean thought() {
    return answer != null && answer.thought();
  }

  /** Whether all has been said, though the way to the service is lost. */
  boolean isWhole() {
    return answer != null && answer.isWhole();
  }

  /** What the service says that this has cost. */
  ModelUsage usage() {
    return answer == null ? ModelUsage.NONE : answer.usage();
  }

  private void refused(HttpClientResponse response, Buffer bytes) {
    refusal.appendBuffer(bytes);
    if (!over && refusal.length() > MAX_ERROR_BYTES) {
      refused(response);
    }
  }

  private void refused(HttpClientResponse response) {
    Duration after =
        RetryAfter.of(name -> Objects.requireNonNullElse(response.getHeader(name), ""));
    fail(protocol.refusal(response.statusCode(), refusal.toString(), after));
  }

  private void broken() {
    request = null;
    fail(words.broken());
  }

  private void fail(ModelFault fault) {
    if (!over) {
      cancel();
      listener.failed(fault);
    }
  }

  /** Reads no more for now; only the gap's limit stands still. */
  void pause() {
    paused = true;
    if (answer != null) {
      answer.pause();
    }
  }

  void resume() {
    paused = false;
    if (answer != null) {
      answer.resume();
    }
  }

  /** Closes the connection, or the stream of it that this is. The listener hears no more. */
  void cancel() {
    if (answer != null) {
      answer.cancel();
    } else if (!over) {
      over = true;
      stopTimer();
      if (request != null) {
        request.reset();
      }
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void limit(Duration limit, Runnable passed) {
    stopTimer();
    timer = LateTimers.after(bus, limit.toNanos(), passed);
  }
}
