package io.voicebus.gemini;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.voicebus.bus.Bus;
import io.voicebus.bus.FailureKind;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One HTTP exchange with the service. Lives on one context, that of its bus. */
final class ModelAttempt {
  /** Of a response that is no stream, so much is read. */
  private static final int MAX_ERROR_BYTES = 64 * 1024;

  private final Bus bus;
  private final ModelProtocol protocol;
  private final ServiceWords words;
  private final ModelLimits limits;
  private final Listener listener;
  private final ModelReader reader;
  private final SseParser parser;
  private final Buffer refusal = Buffer.buffer();

  /** Only while there is something to reset: a connection goes back to its pool once. */
  private @Nullable HttpClientRequest request;

  private @Nullable HttpClientResponse stream;
  private Bus.@Nullable Timer timer;
  private long quietSince;
  private boolean paused;
  private boolean held;
  private boolean parsing;
  private boolean over;

  ModelAttempt(Bus bus, ModelProtocol protocol, ModelLimits limits, Listener listener) {
    this.bus = bus;
    this.protocol = protocol;
    this.words = protocol.words();
    this.limits = limits;
    this.listener = listener;
    this.reader = protocol.reader();
    this.parser = new SseParser(this::event);
  }

  /** Takes what comes; nothing after {@link #ended} or {@link #failed}. */
  interface Listener {
    void chunk(ModelChunk chunk);

    /** The body has ended, and had nothing more to say. */
    void ended();

    /** The attempt failed. */
    void failed(ModelFault fault);
  }

  void begin(HttpClient client, RequestOptions to, Buffer body) {
    limit(limits.connect(), () -> fail(words.unreachable("no connection in time")));
    connect(client, to)
        .onComplete(
            connected -> {
              if (connected.failed()) {
                Throwable why = connected.cause();
                fail(words.unreachable(why.getClass().getSimpleName() + ": " + why.getMessage()));
              } else {
                // What a reset does to it is told by its response, or not at all.
                connected.result().exceptionHandler(ignored -> {});
                if (over) {
                  connected.result().reset();
                } else {
                  send(connected.result(), body);
                }
              }
            });
  }

  private static Future<HttpClientRequest> connect(HttpClient client, RequestOptions to) {
    try {
      return client.request(to);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void send(HttpClientRequest connected, Buffer body) {
    request = connected;
    limit(limits.headers(), () -> timedOut(" does not begin to answer, try again"));
    connected
        .send(body)
        .onComplete(
            answered -> {
              if (over) {
                if (answered.succeeded()) {
                  answered.result().exceptionHandler(ignored -> {});
                }
                return;
              }
              if (answered.failed()) {
                broken();
              } else {
                head(answered.result());
              }
            });
  }

  private void head(HttpClientResponse response) {
    response.exceptionHandler(ignored -> broken());
    if (response.statusCode() == 200 && !isPage(response)) {
      stream = response;
      response.handler(this::piece);
      response.endHandler(ignored -> bodyEnded());
      awaitMore();
      flow();
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

  /**
   * What something that is no model answers with; a stream without a type, or text, is a stream.
   */
  private static boolean isPage(HttpClientResponse response) {
    String type = response.getHeader("content-type");
    return type != null && (type.startsWith("text/html") || type.startsWith("application/json"));
  }

  private void piece(Buffer bytes) {
    if (over) {
      return;
    }
    quietSince = bus.nanoTime();
    parsing = true;
    int strays = parser.strayBytes();
    try {
      parser.feed(bytes.getBytes());
    } catch (SseParser.TooLargeException e) {
      String detail = words.service() + "'s stream is not usable: " + e.getMessage();
      fail(ModelFault.of(FailureKind.TOO_LARGE, detail, 0));
    } finally {
      parsing = false;
    }
    if (parser.strayBytes() > strays && !over) {
      failWithStrays();
    }
    flow();
  }

  private void event(byte[] data, int from, int length) {
    if (!over) {
      listener.chunk(reader.read(data, from, length));
    }
  }

  /** What the service says that this has cost. */
  ModelUsage usage() {
    return reader.usage();
  }

  private void bodyEnded() {
    request = null;
    if (!over) {
      parser.end();
    }
    if (!over && !failWithStrays()) {
      String rest = reader.rest();
      if (!rest.isEmpty()) {
        listener.chunk(ModelChunk.of(rest));
      }
      over();
      listener.ended();
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

  /** A failure that came as plain JSON, which is told whatever else happens. */
  private boolean failWithStrays() {
    ModelFault fault = protocol.findIn(parser.strays()).orElse(null);
    if (fault == null) {
      return false;
    }
    fail(fault);
    return true;
  }

  private void broken() {
    request = null;
    if (!over && !failWithStrays()) {
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
      stream.pause();
    } else {
      awaitMore();
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
    awaitMore(limits.gap().toNanos());
  }

  private void awaitMore(long nanos) {
    timer =
        bus.after(
            nanos,
            () -> {
              long left = limits.gap().toNanos() - (bus.nanoTime() - quietSince);
              if (left > 0) {
                awaitMore(left);
              } else if (!failWithStrays()) {
                timedOut(" fell silent in mid-answer, try again");
              }
            });
  }
}
