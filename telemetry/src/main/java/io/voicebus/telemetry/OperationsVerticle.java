package io.voicebus.telemetry;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.contract.ListenTrouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /metrics}, {@code /health/live} and {@code /health/ready} at a port of their own, for
 * nodes without HTTP and for monitoring that has no token. Nothing else is served there, and nobody
 * is asked for a token: who reaches the port is whom the operator lets.
 */
public final class OperationsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OperationsVerticle.class);
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON = "application/json";

  private final String host;
  private final int port;
  private final Telemetry telemetry;
  private volatile boolean stopping;
  private volatile int actualPort;
  private @Nullable HttpServer server;

  /**
   * Serves what is known of this process.
   *
   * @param port 0 for any free one
   */
  public OperationsVerticle(String host, int port, Telemetry telemetry) {
    this.host = host;
    this.port = port;
    this.telemetry = telemetry;
  }

  /** Where it listens; from any thread, once deployed. */
  public int actualPort() {
    return actualPort;
  }

  /** This process takes no more work: it is alive, and not ready. From any thread. */
  public void stopping() {
    stopping = true;
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer()
        .requestHandler(this::answer)
        .exceptionHandler(why -> LOG.debug("a connection broke: {}", why.toString()))
        .listen(port, host)
        .recover(
            why ->
                Future.failedFuture(
                    new IllegalArgumentException(
                        "cannot listen for metrics on "
                            + host
                            + " port "
                            + port
                            + ": "
                            + ListenTrouble.inWords(why)
                            + "; choose another one with metrics-port",
                        why)))
        .onSuccess(
            listening -> {
              server = listening;
              actualPort = listening.actualPort();
            });
  }

  private void answer(HttpServerRequest request) {
    boolean reads =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (!reads) {
      request.response().putHeader("Allow", "GET, HEAD");
      end(request, 405, "text/plain", "use GET\n");
      return;
    }
    switch (request.path()) {
      case "/metrics" ->
          telemetry.tell(TEXT, text -> context.runOnContext(told -> figures(request, text)));
      case "/health/live" -> end(request, 200, JSON, "{\"status\":\"up\"}");
      case "/health/ready" -> {
        if (stopping) {
          end(request, 503, JSON, "{\"status\":\"stopping\"}");
        } else {
          end(request, 200, JSON, "{\"status\":\"ready\"}");
        }
      }
      default ->
          end(request, 404, "text/plain", "there are /metrics, /health/live and /health/ready\n");
    }
  }

  /** An empty text would be taken for figures that are no more. */
  private static void figures(HttpServerRequest request, String text) {
    if (text.isEmpty()) {
      end(request, 503, "text/plain", "the figures cannot be told now\n");
    } else {
      end(request, 200, TEXT, text);
    }
  }

  private static void end(HttpServerRequest request, int status, String type, String body) {
    if (!request.response().closed()) {
      request.response().setStatusCode(status).putHeader("Content-Type", type).end(body);
    }
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.close();
  }
}
