package io.voicebus.gemini;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.voicebus.contract.Bus;
import io.voicebus.contract.FailureKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
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

  /** The same for a server that has gone on after a reason to finish. */
  static final Duration LONG_AFTERWORD = Duration.ofSeconds(2);

  /** For so long a connection may take to become free after the mark behind an answer. */
  static final Duration LINGER = Duration.ofSeconds(1);

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
  private Bus.@Nullable Timer afterword;
  private long quietSince;
  private boolean isJson;
  private boolean finished;
  private boolean wentOn;
  private boolean anyText;
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
    if (response.statusCode() == 200 && !isOf(response, "text/html")) {
      stream = response;
      isJson = isOf(response, "application/json");
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
    if (isJson && refusal.length() < MAX_ERROR_BYTES) {
      refusal.appendBuffer(bytes);
    }
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
    if (parser.strayBytes() > strays && !over && parser.strayBytes() < MAX_ERROR_BYTES) {
      failWithStrays();
    }
    flow();
  }

  private void event(byte[] data, int from, int length) {
    if (over) {
      return;
    }
    ModelChunk chunk = reader.read(data, from, length);
    take(chunk);
    if (over) {
      return;
    }
    if (chunk.last()) {
      answered();
    } else if (finished) {
      awaitAfterword();
    }
  }

  private void take(ModelChunk chunk) {
    boolean text = !chunk.text().isEmpty();
    anyText |= text;
    wentOn |= finished && text;
    finished |= chunk.finish() != ModelFinish.OPEN;
    listener.chunk(chunk);
  }

  /** The service has said that this was all, whatever becomes of the connection. */
  private void answered() {
    HttpClientRequest lingering = request;
    if (!endAnswer() || lingering == null) {
      return;
    }
    // The next answer may use the connection, if the body ends soon.
    timer = bus.after(LINGER.toNanos(), lingering::reset);
  }

  private void awaitAfterword() {
    stopAfterword();
    if (!held) {
      Duration left = wentOn ? LONG_AFTERWORD : AFTERWORD;
      afterword =
          bus.after(
              left.toNanos(),
              () -> {
                HttpClientRequest idle = request;
                if (endAnswer() && idle != null) {
                  idle.reset();
                }
              });
    }
  }

  /**
   * Hands on what is left of the answer, and ends it.
   *
   * @return whether it ended well
   */
  private boolean endAnswer() {
    if (over || failWithStrays()) {
      return false;
    }
    if (!anyText) {
      readStrays();
    }
    String rest = reader.rest();
    if (!rest.isEmpty()) {
      listener.chunk(ModelChunk.of(rest));
    }
    if (isJson && !anyText && !finished) {
      fail(protocol.refusal(200, refusal.toString(), Duration.ZERO));
    }
    if (over) {
      return false;
    }
    over();
    listener.ended();
    return true;
  }

  /** An answer that came as JSON over many lines, where events were asked for. */
  private void readStrays() {
    for (byte[] json : TolerantJson.objectsIn(parser.strays())) {
      if (!over) {
        take(reader.read(json, 0, json.length));
      }
    }
  }

  /** Whether the model has thought. */
  boolean thought() {
    return reader.thought();
  }

  /** What the service says that this has cost. */
  ModelUsage usage() {
    return reader.usage();
  }

  private void bodyEnded() {
    request = null;
    if (over) {
      stopTimer();
      return;
    }
    parser.end();
    endAnswer();
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
    if (over) {
      stopTimer();
    } else if (!failWithStrays()) {
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
      if (finished) {
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
