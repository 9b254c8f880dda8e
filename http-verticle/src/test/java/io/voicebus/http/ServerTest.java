package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A server on a real socket, with fake stages behind it. */
abstract class ServerTest {
  static final byte[] NOTHING = {};
  static final String JSON = "Content-Type: application/json";

  final Vertx vertx = Vertx.vertx();
  final FakePipeline pipeline = new FakePipeline();
  final HttpVerticle http = new HttpVerticle();
  private final List<RawClient> clients = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (RawClient client : clients) {
      client.close();
    }
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  /** Starts the stages and the server, with these settings. */
  void serve(Object... settings) throws Exception {
    vertx.deployVerticle(pipeline).await(10, TimeUnit.SECONDS);
    serveAlone(settings);
  }

  /** Starts the server without any stage. */
  void serveAlone(Object... settings) throws Exception {
    JsonObject config = new JsonObject().put("port", 0).put("drain-ms", 100);
    for (int i = 0; i < settings.length; i += 2) {
      config.put((String) settings[i], settings[i + 1]);
    }
    vertx
        .deployVerticle(http, new DeploymentOptions().setConfig(config))
        .await(10, TimeUnit.SECONDS);
  }

  /** Whether the server has started. */
  boolean isServed() {
    return http.actualPort() != 0;
  }

  RawClient client() throws IOException {
    RawClient client = new RawClient(http.actualPort());
    clients.add(client);
    return client;
  }

  RawClient narrowClient() throws IOException {
    RawClient client = new RawClient(http.actualPort(), 4096);
    clients.add(client);
    return client;
  }

  /** Sends a request on a connection of its own. */
  RawClient send(String method, String path, byte[] body, String... headers) throws IOException {
    return client().request(method, path, body, headers);
  }

  /** Sends a request, and reads its answer's head. */
  RawClient call(String method, String path, byte[] body, String... headers) throws IOException {
    return send(method, path, body, headers).awaitHead();
  }

  RawClient get(String path) throws IOException {
    return call("GET", path, NOTHING);
  }

  RawClient post(String path, String json) throws IOException {
    return call("POST", path, utf8(json), JSON);
  }

  /** Starts a turn, and returns its path. */
  String startTurn() throws IOException {
    RawClient answer = post("/v1/turns", "{\"prompt\": \"hello\"}");
    assertThat(answer.status()).isEqualTo(201);
    return answer.header("location");
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Failure failure(Stage stage, FailureKind kind) {
    return new Failure(stage, kind, "please do something about it");
  }

  static void assertProblem(RawClient answer, int status, String type, String... words)
      throws IOException {
    String body = answer.readText();
    assertThat(answer.status()).as(body).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    JsonObject problem = new JsonObject(body);
    assertThat(problem.getString("type")).endsWith("/problems/" + type);
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank();
    for (String word : words) {
      assertThat(problem.getString("detail")).contains(word);
    }
    assertThat(problem.getString("stage")).isNotBlank();
  }
}
