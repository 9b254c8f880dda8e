package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A question that costs nothing to a server of models. */
class ModelCheckTest {
  private static final Buffer PIECE = Buffer.buffer("x".repeat(16 * 1024));

  private static void writeWithoutEnd(HttpServerResponse response) {
    if (!response.closed()) {
      response.write(PIECE).onSuccess(written -> writeWithoutEnd(response));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 401})
  void anAnswerWithoutAnEndIsReadNoFurtherThanItIsLookedAt(int status) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      // given
      Promise<Void> closed = Promise.promise();
      HttpServer server =
          vertx
              .createHttpServer()
              .requestHandler(
                  request -> {
                    HttpServerResponse response = request.response();
                    response.closeHandler(gone -> closed.tryComplete());
                    writeWithoutEnd(response.setStatusCode(status).setChunked(true));
                  })
              .listen(0, "127.0.0.1")
              .await(10, TimeUnit.SECONDS);
      JsonObject config =
          new JsonObject()
              .put("source", "openai")
              .put("openai-model", "any")
              .put("openai-base-url", "http://127.0.0.1:" + server.actualPort() + "/v1");
      ModelCheckVerticle check = new ModelCheckVerticle();
      // when
      vertx
          .deployVerticle(check, new DeploymentOptions().setConfig(config))
          .await(10, TimeUnit.SECONDS);
      // then
      assertThat(check.checked())
          .singleElement()
          .satisfies(one -> assertThat(one.trouble() == null).isEqualTo(status == 200));
      closed.future().await(10, TimeUnit.SECONDS);
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }
}
