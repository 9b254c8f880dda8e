package io.voicebus.tts.service;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.voicebus.contract.Outbound;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One HTTP request whose answer is streamed speech. Bound to one context. */
public final class SpeechRequest {
  /** How much of an answer that is no speech is read. */
  static final int MAX_ERROR_BYTES = 64 * 1024;

  private static final int KEEP_ALIVE_SECONDS = 240;

  /** The callers have bounds of their own, and must not wait for this one. */
  private static final int CONNECTIONS = 1_000;

  private final Listener listener;
  private final Buffer refusal = Buffer.buffer();

  /** Only while there is something to reset: a connection goes back to its pool once. */
  private @Nullable HttpClientRequest request;

  private boolean over;

  /**
   * A client for such requests. It uses HTTP/1.1, where a cancel closes the connection, so that
   * servers notice it.
   *
   * @param connect how long a connection may take; a client that is closed waits for those under
   *     way
   */
  public static HttpClient client(Vertx vertx, ServiceReach reach, Duration connect) {
    return Outbound.client(
        vertx,
        reach.apply(
            new HttpClientOptions()
                .setSsl(reach.to().secure())
                .setConnectTimeout((int) connect.toMillis())
                .setSslHandshakeTimeout(connect.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setDecompressionSupported(false)),
        new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  /** Takes what comes; nothing after a last word or a {@link #cancel}. */
  interface Listener {
    /**
     * The answer is a success; its body follows.
     *
     * @param headers each by its lower-case name; empty for one that is not there
     */
    void accepted(UnaryOperator<String> headers);

    /** The next bytes of its body. */
    void piece(Buffer bytes);

    /** The body has ended as it should. A last word. */
    void ended();

    /** The answer is no success. A last word. */
    void refused(int status, UnaryOperator<String> headers, String body);

    /** There is no connection. A last word. */
    void unreachable(Throwable why);

    /** The connection broke. A last word. */
    void broken();
  }

  SpeechRequest(Listener listener) {
    this.listener = listener;
  }

  void begin(HttpClient client, RequestOptions to, Buffer body) {
    connect(client, to)
        .onComplete(
            connected -> {
              if (connected.failed()) {
                if (!over) {
                  over = true;
                  listener.unreachable(connected.cause());
                }
              } else if (over) {
                connected.result().exceptionHandler(ignored -> {}); // or it is logged
                connected.result().reset();
              } else {
                send(connected.result(), body);
              }
            });
  }

  private static Future<HttpClientRequest> connect(HttpClient client, RequestOptions to) {
    try {
      return client.request(to);
    } catch (RuntimeException e) { // the client is closed
      return Future.failedFuture(e);
    }
  }

  private void send(HttpClientRequest connected, Buffer body) {
    request = connected;
    // Told twice, here and below; but without it every cancel would be logged as an error.
    connected.exceptionHandler(ignored -> broken());
    connected
        .send(body)
        .onComplete(
            answered -> {
              if (answered.failed()) {
                broken();
              } else if (!over) {
                head(answered.result());
              }
            });
  }

  private void head(HttpClientResponse response) {
    UnaryOperator<String> headers =
        name -> {
          String value = response.getHeader(name);
          return value == null ? "" : value;
        };
    response.exceptionHandler(ignored -> broken());
    if (response.statusCode() / 100 == 2) {
      response.handler(
          bytes -> {
            if (!over) {
              listener.piece(bytes);
            }
          });
      response.endHandler(
          end -> {
            request = null;
            if (!over) {
              over = true;
              listener.ended();
            }
          });
      listener.accepted(headers);
    } else {
      response.handler(
          bytes -> {
            refusal.appendBuffer(bytes);
            if (refusal.length() > MAX_ERROR_BYTES) {
              refused(response.statusCode(), headers);
            }
          });
      response.endHandler(
          end -> {
            request = null;
            refused(response.statusCode(), headers);
          });
    }
  }

  private void refused(int status, UnaryOperator<String> headers) {
    if (!over) {
      cancel();
      listener.refused(status, headers, refusal.toString());
    }
  }

  private void broken() {
    request = null;
    if (!over) {
      over = true;
      listener.broken();
    }
  }

  /** Closes the connection, or the stream of it that this is. The listener hears no more. */
  void cancel() {
    over = true;
    if (request != null) {
      request.reset();
      request = null;
    }
  }
}
