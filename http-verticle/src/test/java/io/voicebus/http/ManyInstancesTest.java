package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Limits;
import io.voicebus.bus.Stage;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.WavHeader;
import io.voicebus.http.door.GuessLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Two instances of the server behind one port, which deals connections out in turn: so of any two
 * connections one comes to another instance than the turn's owner.
 */
class ManyInstancesTest extends ServerTest {
  private static final int BOTH = 2;

  @Override
  void serveAlone(Object... settings) throws Exception {
    JsonObject config = new JsonObject().put("port", 0).put("drain-ms", 100);
    for (int i = 0; i < settings.length; i += 2) {
      config.put((String) settings[i], settings[i + 1]);
    }
    AtomicInteger made = new AtomicInteger();
    List<HttpVerticle> all = new CopyOnWriteArrayList<>();
    vertx
        .deployVerticle(
            () -> {
              HttpVerticle next = made.getAndIncrement() == 0 ? http : new HttpVerticle();
              all.add(next);
              return next;
            },
            new DeploymentOptions().setConfig(config).setInstances(BOTH))
        .await(10, TimeUnit.SECONDS);
    assertThat(all).extracting(HttpVerticle::actualPort).containsOnly(http.actualPort());
  }

  private static byte[] flooded(long from, int bytes) {
    byte[] pcm = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      pcm[i] = FakeTurn.sample(from + i);
    }
    return pcm;
  }

  @Test
  void whicheverInstanceIsAskedItServesTheTurn() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().text("Hello.").format(24_000);
    // then
    for (int i = 0; i < BOTH; i++) {
      assertThat(get(path).readText()).contains("\"state\":\"running\"");
      assertThat(call("HEAD", path + "/audio", NOTHING).status()).isEqualTo(200);
    }
    List<RawClient> readers = new ArrayList<>();
    for (int i = 0; i < BOTH; i++) {
      RawClient reader = get(path + "/events");
      assertThat(reader.readEvent()).startsWith("id: 1\nevent: text");
      readers.add(reader);
      assertThat(
              call("POST", path + "/position", utf8("{\"played_ms\": " + i + "}"), JSON).status())
          .isEqualTo(204);
      assertThat(turn.awaitPosition().playedMs()).isEqualTo(i);
    }
    // and when
    RawClient listener = get(path + "/audio");
    turn.audio(flooded(0, 100)).finish();
    // then
    assertThat(listener.read(WavHeader.BYTES)).isEqualTo(WavHeader.streaming(24_000));
    assertThat(listener.readAll()).isEqualTo(flooded(0, 100));
    for (RawClient reader : readers) {
      assertThat(reader.readText()).contains("event: end\ndata: {\"outcome\":\"finished\"");
    }
  }

  @Test
  void whicheverInstanceIsAskedItHasTheCaptionsOfALongTurn() throws Exception {
    // given
    serve();
    String path = startTurn();
    RawClient listener = send("GET", path + "/audio", NOTHING);
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    int cues = 450; // whose items fit into the window of a link
    String words = "😀 This is said in the middle of an hour. ";
    for (int i = 0; i < cues; i++) {
      turn.speaks(i, words)
          .mark(PlayoutMark.Kind.CHUNK_START, i, 120_000L * i)
          .mark(PlayoutMark.Kind.CHUNK_END, i, 120_000L * (i + 1));
    }
    turn.audio(new byte[2]).finish();
    listener.awaitHead();
    listener.readAll();
    // when
    List<String> all = new ArrayList<>();
    for (int i = 0; i < BOTH; i++) {
      all.add(get(path + "/captions.srt").readText());
    }
    // then
    assertThat(all.get(0)).hasSizeGreaterThan(Limits.MAX_ITEM).contains("--> 00:37:30");
    assertThat(all.get(1)).isEqualTo(all.get(0));
  }

  @Test
  void whicheverInstanceIsAskedTheTurnIsPutOnHoldAndGoesOn() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    SocketClient listener = new SocketClient(vertx, http.actualPort(), path + "/ws");
    for (int i = 0; i < BOTH; i++) {
      turn.audio(flooded(100L * i, 100));
      assertThat(listener.audio(100)).isEqualTo(flooded(100L * i, 100));
      // when
      assertThat(call("POST", path + "/hold", NOTHING).status()).isEqualTo(204);
      listener.event("held");
      RawClient refused = call("POST", path + "/resume?played_ms=9000", NOTHING);
      assertThat(refused.readText()).contains("were sent");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(call("POST", path + "/resume", NOTHING).status()).isEqualTo(204);
      // then
      assertThat(listener.event("resumed").getLong("next_sample")).isEqualTo(50L * (i + 1));
    }
    turn.finish();
    assertThat(listener.event("end").getString("outcome")).isEqualTo("finished");
  }

  @Test
  void aListenerGoesOnAtTheOtherInstance() throws Exception {
    // given
    int length = 700_000;
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000).flood(length);
    turn.end(Stage.TEXT, Stage.CHUNKER);
    // when
    ByteArrayOutputStream has = new ByteArrayOutputStream();
    while (has.size() < length) {
      String range = "Range: bytes=" + has.size() + "-";
      RawClient listener =
          narrowClient()
              .request("GET", path + "/audio", NOTHING, "Accept: audio/pcm", range)
              .awaitHead();
      has.writeBytes(listener.read(Math.min(length - has.size(), 50_001)));
      listener.close();
    }
    // then
    assertThat(has.toByteArray()).isEqualTo(flooded(0, length));
  }

  @Test
  void aFinishedTurnIsTheSameFileAtEach() throws Exception {
    // given
    int length = 700_000;
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    RawClient listener = call("GET", path + "/audio", NOTHING, "Accept: audio/pcm");
    RawClient follower = call("GET", path + "/audio", NOTHING, "Accept: audio/pcm");
    turn.flood(length).end(Stage.TEXT, Stage.CHUNKER);
    assertThat(listener.readAll()).isEqualTo(flooded(0, length));
    assertThat(follower.readAll()).isEqualTo(flooded(0, length));
    // then
    for (int i = 0; i < BOTH; i++) {
      RawClient part =
          call("GET", path + "/audio", NOTHING, "Accept: audio/pcm", "Range: bytes=3-500001");
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.header("content-range")).isEqualTo("bytes 3-500001/" + length);
      assertThat(part.readAll()).isEqualTo(flooded(3, 499_999));
      RawClient head = call("HEAD", path + "/audio", NOTHING);
      assertThat(head.header("content-length")).isEqualTo(String.valueOf(WavHeader.BYTES + length));
    }
  }

  @Test
  void problemsAreTheSameFromEach() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(flooded(0, 100));
    RawClient listener = get(path + "/audio");
    listener.read(WavHeader.BYTES + 100);
    // then
    for (int i = 0; i < BOTH; i++) {
      assertProblem(get(path + "/audio?from=51"), 400, "invalid-request", "only 50 samples");
      assertThat(call("GET", path + "/audio", NOTHING, "Range: bytes=999-").status())
          .isEqualTo(200);
      assertProblem(get(path + "/ws"), 426, "upgrade-required");
      String unknown = "/v1/turns/" + new TurnId("A".repeat(22)) + path.substring(33);
      assertProblem(get(unknown), 404, "not-found");
      assertProblem(get(unknown + "/audio"), 404, "not-found");
      assertProblem(get(unknown + "/events"), 404, "not-found");
      assertProblem(call("DELETE", unknown, NOTHING), 404, "not-found");
    }
    // when
    turn.fail(failure(Stage.PLAYBACK, FailureKind.QUOTA));
    // then
    assertThatThrownBy(listener::readAll).isInstanceOf(IOException.class);
    for (int i = 0; i < BOTH; i++) {
      assertProblem(get(path + "/audio"), 410, "ended", "please do something about it");
      assertThat(get(path).readText()).contains("\"state\":\"failed\"", "\"kind\":\"quota\"");
      assertThat(call("GET", path + "/events", NOTHING, "Last-Event-ID: 9").status())
          .isEqualTo(204);
    }
  }

  @Test
  void aTurnWhoseOwnerIsGoneIsUnknown() throws Exception {
    // given
    serve();
    String path = startTurn();
    String stranger = path.substring(0, path.length() - 22) + "B".repeat(22);
    // then
    assertProblem(get(stranger), 404, "not-found", "forgotten");
    assertProblem(get(stranger + "/audio"), 404, "not-found", "forgotten");
    assertProblem(get(stranger + "/events"), 404, "not-found", "forgotten");
  }

  @Test
  void socketsServeBothWaysAtEach() throws Exception {
    serve();
    for (int i = 0; i < 2 * BOTH; i++) {
      // given
      String path = startTurn();
      FakeTurn turn = pipeline.nextTurn().text("Hello.").format(24_000);
      // Connections are dealt out in turn: now one more comes before the socket.
      if (i % 2 == 0) {
        get("/health/live");
      }
      SocketClient listener = new SocketClient(vertx, http.actualPort(), path + "/ws");
      assertThat(listener.event("format").getInteger("sample_rate_hz")).isEqualTo(24_000);
      assertThat(listener.event("text").getString("text")).isEqualTo("Hello.");
      // when
      listener.say("{\"type\": \"position\", \"played_ms\": 7, \"paused\": true}");
      // then
      assertThat(turn.awaitPosition().playedMs()).isEqualTo(7);
      // when
      turn.audio(flooded(0, 100));
      assertThat(listener.audio(100)).isEqualTo(flooded(0, 100));
      if (i < BOTH) {
        turn.finish();
        assertThat(listener.event("end").getString("outcome")).isEqualTo("finished");
        assertThat(listener.closeCode()).isEqualTo(1000);
      } else {
        listener.close();
        turn.awaitCancelled();
      }
    }
  }

  @Test
  void whoDoesNotReadStopsTheFlowAtEach() throws Exception {
    serve();
    for (int i = 0; i < BOTH; i++) {
      // given
      String path = startTurn();
      if (i % 2 == 0) {
        get("/health/live");
      }
      int length = 20_000_000;
      FakeTurn turn = pipeline.nextTurn().format(24_000);
      SocketClient listener = new SocketClient(vertx, http.actualPort(), path + "/ws");
      listener.event("format");
      listener.pause();
      turn.flood(length).end(Stage.TEXT, Stage.CHUNKER);
      // when: another turn is spoken meanwhile
      String other = startTurn();
      pipeline.nextTurn().format(24_000).finish();
      assertThat(get(other + "/audio").readAll()).hasSize(WavHeader.BYTES);
      assertThat(turn.flooded()).isLessThan(length / 2);
      listener.resume();
      // then
      assertThat(listener.audio(length)).isEqualTo(flooded(0, length));
      assertThat(listener.closeCode()).isEqualTo(1000);
    }
  }

  @Test
  void aTurnIsDeletedThroughEach() throws Exception {
    serve();
    for (int i = 0; i < BOTH; i++) {
      String path = startTurn();
      FakeTurn turn = pipeline.nextTurn();
      if (i % 2 == 0) {
        get("/health/live");
      }
      assertThat(call("DELETE", path, NOTHING).status()).isEqualTo(204);
      turn.awaitCancelled();
    }
  }

  @Test
  void boundsHoldForAllOfThem() throws Exception {
    // given
    serve("max-turns", 3);
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      paths.add(startTurn());
    }
    // then
    for (int i = 0; i < BOTH; i++) {
      assertProblem(post("/v1/turns", "{\"prompt\": \"x\"}"), 429, "rate-limited", "3 turns");
      assertThat(get("/v1/status").readText()).contains("\"turns\":3,\"max_turns\":3");
      assertThat(get("/v1/nodes").readText())
          .contains("{\"role\":\"http\",\"instances\":2,\"busy\":3,\"room\":3}");
    }
    // when
    call("DELETE", paths.get(0), NOTHING);
    // then
    startTurn();
  }

  @Test
  void guessesOfTheTokenAreCountedTogether() throws Exception {
    // given
    serve("access-token", "0123456789abcdef0123456789abcdef");
    // when
    int allowed = 0;
    while (call("GET", "/v1/status", NOTHING, "Authorization: Bearer wrong").status() == 401) {
      allowed++;
    }
    // then
    assertThat(allowed).isEqualTo(GuessLimit.AT_ONCE);
  }

  @Test
  void connectionsAreCountedTogether() throws Exception {
    // given
    serve("max-connections", 4);
    for (int i = 0; i < 4; i++) {
      assertThat(get("/v1/status").status()).isEqualTo(200);
    }
    // then
    for (int i = 0; i < BOTH; i++) {
      assertThat(get("/v1/status").status()).isEqualTo(503);
    }
  }

  @Test
  void allOfThemLetTurnsFinishWhenTheyStop() throws Exception {
    // given
    serve("drain-ms", 10_000);
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    List<RawClient> listeners = new ArrayList<>();
    listeners.add(get(path + "/audio"));
    String other = startTurn();
    FakeTurn second = pipeline.nextTurn().format(24_000);
    get("/health/live");
    listeners.add(get(other + "/audio"));
    // when
    var stopped = vertx.undeploy(http.deploymentID());
    turn.audio(flooded(0, 100)).finish();
    second.audio(flooded(0, 100)).finish();
    // then
    for (RawClient listener : listeners) {
      listener.read(WavHeader.BYTES);
      assertThat(listener.readAll()).isEqualTo(flooded(0, 100));
    }
    stopped.await(10, TimeUnit.SECONDS);
    assertThatThrownBy(this::client).isInstanceOf(IOException.class);
  }
}
