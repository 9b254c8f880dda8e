package io.voicebus.gemini;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.voicebus.bus.Bus;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.ServiceAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One HTTP exchange with the service. Lives on one context, that of its bus. */
final class ModelAttempt {
  /** Of a response that is no stream, so much is read. */
  private static final int MAX_ERROR_BYTES = 64 * 1024;

  /**
   * After a reason to finish, the count of tokens and the mark behind the answer may follow: some
   * servers keep their connection open for long, and some give a reason with each piece.
   */
  static final Duration AFTERWORD = Duration.ofMillis(800);

  /**
   * The same for a server that has gone on after a reason to finish: with it that reason says
   * little, and a model may think for some seconds in mid-answer.
   */
  static final Duration LONG_AFTERWORD = Duration.ofSeconds(10);

  /** For so long a connection may take to become free after the mark behind an answer. */
  static final Duration LINGER = Duration.ofSeconds(1);

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);
  private static final int MOST_REDIRECTS = 3;

  private final Bus bus;
  private final ModelProtocol protocol;
  private final ServiceWords words;
  private final ModelLimits limits;
  private final ModelConnections connections;
  private final Listener listener;
  private final Buffer refusal = Buffer.buffer();

  private ModelBody body;

  /** Only while there is something to reset: a connection goes back to its pool once. */
  private @Nullable HttpClientRequest request;

  private @Nullable HttpClientResponse stream;
  private Bus.@Nullable Timer timer;
  private Bus.@Nullable Timer afterword;
  private long quietSince;
  private long progress;
  private long progressSince;
  private int redirects;
  private boolean paused;
  private boolean held;
  private boolean parsing;
  private boolean over;

  ModelAttempt(
      Bus bus,
      ModelProtocol protocol,
      ModelLimits limits,
      ModelConnections connections,
      Listener listener) {
    this.bus = bus;
    this.protocol = protocol;
    this.words = protocol.words();
    this.limits = limits;
    this.connections = connections;
    this.listener = listener;
    this.body = bodyOf(false);
  }

  /** Takes what comes; nothing after {@link #ended} or {@link #failed}. */
  interface Listener {
    void chunk(ModelChunk chunk);

    /** The answer has ended, and had nothing more to say. */
    void ended();

    /** The attempt failed. */
    void failed(ModelFault fault);
  }

  private ModelBody bodyOf(boolean json) {
    return new ModelBody(
        protocol,
        json,
        chunk -> {
          if (!over) {
            listener.chunk(chunk);
          }
        });
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
    limit(limits.headers(), () -> timedOut(" does not begin to answer, try again"));
    connected
        .send(prompt)
        .onComplete(
            answered -> {
              if (over) {
                if (answered.succeeded()) {
                  answered.result().exceptionHandler(ignored -> {});
                }
              } else if (answered.succeeded()) {
                head(answered.result(), to, prompt);
              } else if (used) {
                // The server has closed it just when it was to be used again.
                request = null;
                begin(to, prompt);
              } else {
                broken();
              }
            });
  }

  private void head(HttpClientResponse response, RequestOptions to, Buffer prompt) {
    response.exceptionHandler(ignored -> broken());
    progressSince = bus.nanoTime();
    String location = response.getHeader("location");
    if (response.statusCode() == 200 && !isOf(response, "text/html")) {
      stream = response;
      body = bodyOf(isOf(response, "application/json"));
      response.handler(this::piece);
      response.endHandler(ignored -> bodyEnded());
      awaitMore();
      flow();
    } else if (REDIRECTS.contains(response.statusCode()) && location != null) {
      redirected(response, location, to, prompt);
    } else {
      awaitMore();
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

  private void piece(Buffer bytes) {
    if (over) {
      return;
    }
    quietSince = bus.nanoTime();
    parsing = true;
    body.feed(bytes.getBytes());
    parsing = false;
    if (body.progress() > progress) {
      progress = body.progress();
      progressSince = quietSince;
    }
    if (!over && !failIfFaulty(body.done() ? body.findFault() : body.fault())) {
      if (body.done()) {
        answered();
      } else if (body.finished()) {
        awaitAfterword();
      }
    }
    flow();
  }

  /** The service has said that this was all, whatever becomes of the connection. */
  private void answered() {
    HttpClientRequest lingering = request;
    endAnswer();
    if (lingering != null && request != null) {
      // The next answer may use the connection, if the body ends soon.
      timer = bus.after(LINGER.toNanos(), lingering::reset);
    }
  }

  private void awaitAfterword() {
    stopAfterword();
    if (!held) {
      Duration patience = body.wentOn() ? LONG_AFTERWORD : AFTERWORD;
      afterword = bus.after(patience.toNanos(), this::endIdle);
    }
  }

  private void endIdle() {
    HttpClientRequest idle = request;
    endAnswer();
    if (idle != null) {
      idle.reset();
    }
  }

  /** Hands on what is left of the answer, and ends it; a fault is told instead. */
  private void endAnswer() {
    if (!over && !failIfFaulty(body.endAnswer()) && !over) {
      over();
      listener.ended();
    }
  }

  private boolean failIfFaulty(Optional<ModelFault> fault) {
    fault.ifPresent(this::fail);
    return fault.isPresent();
  }

  /** Whether the model has thought. */
  boolean thought() {
    return body.thought();
  }

  /** What the service says that this has cost. */
  ModelUsage usage() {
    return body.usage();
  }

  private void bodyEnded() {
    request = null;
    if (over) {
      stopTimer();
    } else {
      body.end();
      endAnswer();
    }
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
    if (over) {
      stopTimer();
    } else if (!failIfFaulty(body.findFault())) {
      String detail = "the connection to " + words.service() + " broke, try again";
      fail(ModelFault.ofWay(FailureKind.LOST, detail, ModelFault.PASSES));
    }
  }

  private void timedOut(String what) {
    fail(ModelFault.ofWay(FailureKind.TIMEOUT, words.service() + what, 1));
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
    flow();
  }

  void resume() {
    paused = false;
    flow();
  }

  /** Holds the response or lets it go; never lets bytes in while others are being parsed. */
  private void flow() {
    if (stream == null || over || held == paused || parsing) {
      return;
    }
    held = paused;
    if (held) {
      stopTimer();
      stopAfterword();
      stream.pause();
    } else {
      awaitMore();
      if (body.finished()) {
        awaitAfterword();
      }
      stream.resume();
    }
  }

  /** Closes the connection, or the stream of it that this is. The listener hears no more. */
  void cancel() {
    if (!over) {
      over();
      if (request != null) {
        request.reset();
      }
    }
  }

  private void over() {
    over = true;
    stopTimer();
    stopAfterword();
  }

  private void stopAfterword() {
    if (afterword != null) {
      afterword.cancel();
      afterword = null;
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
    timer = bus.after(limit.toNanos(), passed);
  }

  private void awaitMore() {
    stopTimer();
    quietSince = bus.nanoTime();
    progressSince = quietSince;
    awaitMore(patience());
  }

  /** What is left of the wait for a sign of life, and for the answer to get on. */
  private long patience() {
    long now = bus.nanoTime();
    // Before its first word a model may be loaded, or wait for others: comments say that it lives.
    Duration silence = progress > 0 ? limits.gap() : longer(limits.gap(), limits.headers());
    long life = limits.gap().toNanos() - (now - quietSince);
    return Math.min(life, silence.toNanos() - (now - progressSince));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private void awaitMore(long nanos) {
    timer =
        bus.after(
            nanos,
            () -> {
              long left = patience();
              if (left > 0) {
                awaitMore(left);
              } else if (!failIfFaulty(body.findFault())) {
                timedOut(
                    progress > 0
                        ? " fell silent in mid-answer, try again"
                        : " does not begin to answer, try again");
              }
            });
  }
}
