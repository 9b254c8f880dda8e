package io.voicebus.benchmarks;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

/**
 * A server that reads each request and refuses it, and does nothing else: what a refusal takes on
 * this machine, with its client and its connection.
 */
final class BareRefusals implements AutoCloseable {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int LOOPS = 2;

  /** A free one, the same for all instances. */
  private static final int ANY_PORT = -1;

  private final Vertx vertx = Vertx.vertx();
  private volatile int port;

  /** Listens on a free port of this machine. */
  BareRefusals() {
    TwoNodes.await(vertx.deployVerticle(Loop::new, new DeploymentOptions().setInstances(LOOPS)));
  }

  int port() {
    return port;
  }

  private final class Loop extends AbstractVerticle {
    @Override
    public void start(Promise<Void> started) {
      HttpServer server =
          vertx
              .createHttpServer()
              .requestHandler(
                  request ->
                      request
                          .body()
                          .onSuccess(
                              body ->
                                  request.response().setStatusCode(TOO_MANY_REQUESTS).end("no")));
      server
          .listen(ANY_PORT, EnduranceHttp.HOST)
          .onSuccess(
              listening -> {
                port = listening.actualPort();
                started.complete();
              })
          .onFailure(started::fail);
    }
  }

  @Override
  public void close() {
    TwoNodes.await(vertx.close());
  }
}
