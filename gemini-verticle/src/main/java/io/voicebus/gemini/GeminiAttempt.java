package io.voicebus.gemini;

import static io.voicebus.gemini.GeminiFault.PASSES;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.voicebus.contract.Bus;
import io.voicebus.contract.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One HTTP exchange with the service. Lives on one context, that of its bus. */
final class GeminiAttempt {
  /** Of a response that is no stream, so much is read. */
  private static final int MAX_ERROR_BYTES = 64 * 1024;

  private final Bus bus;
  private final GeminiSettings.Limits limits;
  private final Listener listener;
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

  GeminiAttempt(Bus bus, GeminiSettings.Limits limits, Listener listener) {
    this.bus = bus;
    this.limits = limits;
    this.listener = listener;
    this.parser = new SseParser(this::event);
  }

  /** Takes what comes; nothing after {@link #ended} or {@link #failed}. */
  interface Listener {
    void chunk(GeminiChunk chunk);

    /** The body has ended, and had nothing more to say. */
    void ended();

    /** The attempt failed. */
    void failed(GeminiFault fault);
  }

  void begin(HttpClient client, RequestOptions to, Buffer body) {
    limit(
        limits.connect(),
        () -> fail(FailureKind.UNAVAILABLE, unreachable("no connection in time"), PASSES));
    connect(client, to)
        .onComplete(
            connected -> {
              if (connected.failed()) {
                Throwable why = connected.cause();
                String said = why.getClass().getSimpleName() + ": " + why.getMessage();
                fail(FailureKind.UNAVAILABLE, unreachable(said), PASSES);
              } else if (over) {
                connected.result().reset();
              } else {
                send(connected.result(), body);
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

  private static String unreachable(String why) {
    return "Gemini cannot be reached: check the network and gemini-base-url ("
        + GeminiFault.brief(why)
        + ")";
  }

  private void send(HttpClientRequest connected, Buffer body) {
    request = connected;
    limit(
        limits.headers(),
        () -> fail(FailureKind.TIMEOUT, "Gemini does not begin to answer, try again", 1));
    connected
        .send(body)
        .onComplete(
            answered -> {
              if (over) {
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
   * What something that is no Gemini answers with; a stream without a type, or text, is a stream.
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
    try {
      parser.feed(bytes.getBytes());
    } catch (SseParser.TooLargeException e) {
      fail(FailureKind.TOO_LARGE, "Gemini's stream is not usable: " + e.getMessage(), 0);
    } finally {
      parsing = false;
    }
    flow();
  }

  private void event(String data) {
    if (!over) {
      listener.chunk(GeminiChunk.read(data));
    }
  }

  private void bodyEnded() {
    request = null;
    if (!over) {
      parser.end();
    }
    if (!over && !failWithStrays()) {
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
    String after = response.getHeader("retry-after");
    fail(
        GeminiFault.ofResponse(
            response.statusCode(), refusal.toString(), after == null ? "" : after));
  }

  /** A failure that came as plain JSON, which is told whatever else happens. */
  private boolean failWithStrays() {
    GeminiFault fault = GeminiFault.findIn(parser.strays()).orElse(null);
    if (fault == null) {
      return false;
    }
    fail(fault);
    return true;
  }

  private void broken() {
    request = null;
    if (!over && !failWithStrays()) {
      fail(FailureKind.LOST, "the connection to Gemini broke, try again", PASSES);
    }
  }

  private void fail(FailureKind kind, String detail, int retries) {
    fail(GeminiFault.of(kind, detail, retries));
  }

  private void fail(GeminiFault fault) {
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
                fail(FailureKind.TIMEOUT, "Gemini fell silent in mid-answer, try again", 1);
              }
            });
  }
}
