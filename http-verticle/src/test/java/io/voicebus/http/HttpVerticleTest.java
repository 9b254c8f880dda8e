package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.NodeName;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.WavHeader;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpVerticleTest extends ServerTest {

  @Test
  void doesNotStartWithAWrongSetting() {
    assertThatThrownBy(() -> serve("port", "none"))
        .hasMessageContaining("http setting 'port' is 'none'");
  }

  @Test
  void doesNotStartTwiceOnOnePortOfThisJvmUnlessDeployedAtOnce() throws Exception {
    // given
    serve();
    int port = http.actualPort();
    vertx.undeploy(http.deploymentID()).await(10, TimeUnit.SECONDS);
    DeploymentOptions options = new DeploymentOptions().setConfig(config(port)).setInstances(2);
    vertx.deployVerticle(HttpVerticle.class, options).await(10, TimeUnit.SECONDS);
    // then
    assertThatThrownBy(
            () -> vertx.deployVerticle(HttpVerticle.class, options).await(10, TimeUnit.SECONDS))
        .hasMessageContaining("deploy more instances of it at once");
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    // given
    serve();
    Vertx other = Vertx.vertx();
    // then
    try {
      assertThatThrownBy(
              () ->
                  other
                      .deployVerticle(
                          new HttpVerticle(),
                          new DeploymentOptions().setConfig(config(http.actualPort())))
                      .await(10, TimeUnit.SECONDS))
          .isInstanceOf(BindException.class);
    } finally {
      other.close().await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void doesNotStartOnAWorker() {
    DeploymentOptions worker =
        new DeploymentOptions().setConfig(config(0)).setThreadingModel(ThreadingModel.WORKER);
    assertThatThrownBy(
            () -> vertx.deployVerticle(new HttpVerticle(), worker).await(10, TimeUnit.SECONDS))
        .hasMessageContaining("on an event loop");
  }

  @Test
  void doesNotListenWhenWhatItWaitsForFails() {
    Promise<Void> stages = Promise.promise();
    Future<String> deployed =
        vertx.deployVerticle(
            new HttpVerticle().listeningAfter(stages.future()),
            new DeploymentOptions().setConfig(config(0)));
    // when
    stages.fail("no voice");
    // then
    assertThatThrownBy(() -> deployed.await(10, TimeUnit.SECONDS)).hasMessageContaining("no voice");
  }

  @Test
  void letsTurnsFinishWhenItStops() throws Exception {
    // given
    serve("drain-ms", 10_000);
    RawClient client = send("POST", "/v1/speak", utf8("hello"));
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    client.awaitHead().read(WavHeader.BYTES);
    RawClient checks = client();
    // when
    Future<Void> stopped = vertx.undeploy(http.deploymentID());
    // then
    while (checks.request("GET", "/health/ready", NOTHING).awaitHead().status() == 200) {
      checks.readAll();
    }
    assertProblem(checks, 503, "not-ready");
    assertProblem(
        checks.request("POST", "/v1/speak", utf8("one more")).awaitHead(),
        503,
        "unavailable",
        "Voicebus is stopping");
    turn.audio(new byte[] {1, 2}).finish();
    assertThat(client.readAll()).containsExactly(1, 2);
    stopped.await(10, TimeUnit.SECONDS);
  }

  @Test
  void cancelsWhatDoesNotFinishWhenItStops() throws Exception {
    // given
    serve("drain-ms", 50);
    RawClient sleeper = narrowClient().request("POST", "/v1/speak", utf8("hello"));
    FakeTurn turn = pipeline.nextTurn().format(24_000).flood(10_000_000);
    sleeper.awaitHead();
    // when
    vertx.undeploy(http.deploymentID()).await(10, TimeUnit.SECONDS);
    // then
    turn.awaitCancelled();
    assertThatThrownBy(sleeper::readAll).isInstanceOf(IOException.class);
    assertThatThrownBy(this::client).isInstanceOf(IOException.class);
  }

  @Test
  void saysHowItIs() throws Exception {
    // given
    serve("max-turns", 7);
    startTurn();
    // then
    assertThat(get("/health/live").readText()).isEqualTo("{\"status\":\"up\"}");
    assertThat(get("/health/ready").readText()).isEqualTo("{\"status\":\"ready\"}");
    assertThat(get("/v1/status").readText())
        .isEqualTo(
            "{\"turns\":1,\"max_turns\":7,\"stopping\":false,"
                + "\"characters\":{\"asked\":0,\"heard\":0,\"wasted\":0,\"saved\":0}}");
    assertThat(get("/").readText()).contains("curl -sN http://localhost/v1/speak");
  }

  @Test
  void listsWhoIsThereWithWhatTheyRunAndHowBusyTheyAre() throws Exception {
    // given
    NodeName.set(vertx, "here");
    serve("max-turns", 7);
    startTurn();
    // then
    assertThat(get("/v1/nodes").readText())
        .contains("{\"node\":\"here\",\"roles\":[")
        .contains("{\"role\":\"http\",\"instances\":1,\"busy\":1,\"room\":7}")
        .containsPattern("\"bus\":\\{\"streams-lost\":\\d+,\"peers-died\":\\d+,")
        .containsPattern("\"late-ticks\":\\d+");
  }

  @Test
  void saysWhichTextSourceAnswersAndNoneWhileThereIsNone() throws Exception {
    // given
    serve();
    VertxBus source =
        VertxBus.register(vertx, Clock.system(), "gemini").await(10, TimeUnit.SECONDS);
    source.inbox().worksWith("reader");
    // then
    assertThat(get("/v1/source").readText()).isEqualTo("{\"source\":\"reader\"}");
  }

  @Test
  void saysWhichModelAnswers() throws Exception {
    // given
    serve();
    VertxBus source =
        VertxBus.register(vertx, Clock.system(), "gemini").await(10, TimeUnit.SECONDS);
    source.inbox().worksWith("openai/meta/llama-3");
    // then
    assertThat(get("/v1/source").readText())
        .isEqualTo("{\"source\":\"openai\",\"model\":\"meta/llama-3\"}");
  }

  @Test
  void saysNothingOfATextSourceThatIsNotThere() throws Exception {
    serveAlone();
    assertThat(get("/v1/source").readText()).isEqualTo("{\"source\":\"\"}");
  }

  @Test
  void asksTheClusterOnceForAllWhoAskAtOnce() throws Exception {
    // given
    http.readyWithRoles(Set.of("http"));
    serve();
    AtomicInteger asked = new AtomicInteger();
    vertx.eventBus().consumer(Addresses.NODES, ignored -> asked.incrementAndGet());
    // when
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(send("GET", i % 2 == 0 ? "/v1/nodes" : "/health/ready", NOTHING));
    }
    for (RawClient client : clients) {
      assertThat(client.awaitHead().status()).isEqualTo(200);
    }
    // then
    assertThat(asked.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void isReadyOnlyWhenEveryRoleThatItNeedsIsServed() throws Exception {
    http.readyWithRoles(Set.of("http", "tts"));
    serve();
    assertProblem(get("/health/ready"), 503, "not-ready", "serves the role tts");
    VertxBus worker = VertxBus.register(vertx, Clock.system(), "tts").await(10, TimeUnit.SECONDS);
    assertThat(get("/health/ready").readText()).isEqualTo("{\"status\":\"ready\"}");
    worker.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void tellsHowATurnStands() throws Exception {
    // given
    serve();
    String path = startTurn();
    assertThat(get(path).readText()).contains("\"state\":\"running\"", "\"attached\":false");
    RawClient events = get(path + "/events");
    // when
    pipeline.nextTurn().fail(failure(Stage.CHUNKER, FailureKind.LOST));
    events.readText();
    // then
    assertThat(get(path).readText())
        .contains("\"state\":\"failed\"", "\"stage\":\"chunker\"", "\"kind\":\"lost\"", "end_ms");
  }

  private static JsonObject config(int port) {
    return new JsonObject().put("port", port);
  }
}
