package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketEndpointTest extends ServerTest {
  private static final int FLOOD_BYTES = 20_000_000;

  private SocketClient listen(String path, String... headers) throws Exception {
    return new SocketClient(vertx, http.actualPort(), path + "/ws", headers);
  }

  @Test
  void sendsEventsAndAudioInTheirOrderAndSaysHowItEnds() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().text("Hello.").caption(0, "Hello.");
    SocketClient listener = listen(path);
    // then
    assertThat(listener.event("text")).isEqualTo(new JsonObject().put("text", "Hello."));
    assertThat(listener.event("chunk").getInteger("source_end")).isEqualTo(6);
    // when
    turn.format(24_000);
    // then
    assertThat(listener.next())
        .isEqualTo(
            new JsonObject(
                """
                {"event": "format", "data": {"sample_rate_hz": 24000, "channels": 1, "bits": 16}}\
                """));
    // when
    turn.audio(new byte[] {1, 2, 3, 4}).audio(new byte[] {5, 6}).finish();
    // then
    assertThat(listener.next()).isEqualTo(Buffer.buffer(new byte[] {1, 2, 3, 4}));
    assertThat(listener.next()).isEqualTo(Buffer.buffer(new byte[] {5, 6}));
    JsonObject end = listener.event("end");
    assertThat(end.getString("outcome")).isEqualTo("finished");
    assertThat(end.getJsonObject("timings").getDouble("first_audio_ms")).isPositive();
    assertThat(listener.closeCode()).isEqualTo(1000);
  }

  @Test
  void passesTheListenersPositionOnAndItsPause() throws Exception {
    // given
    serve();
    SocketClient listener = listen(startTurn());
    FakeTurn turn = pipeline.nextTurn();
    // when
    listener.say("{\"type\": \"position\", \"played_ms\": 1200, \"paused\": true}");
    listener.say("{\"type\": \"position\", \"played_ms\": 1300}");
    // then
    assertThat(turn.awaitPosition().paused()).isTrue();
    assertThat(turn.awaitPosition().playedMs()).isEqualTo(1300);
  }

  @Test
  void aConnectionThatIsLostIsNotTheListenersFault() throws Exception {
    // given
    serve("detach-ms", 300);
    String path = startTurn();
    RawClient listener = rawListener(path);
    FakeTurn turn = pipeline.nextTurn();
    RawClient events = get(path + "/events");
    // when: as a tab that crashes, or a network that goes away
    listener.close();
    // then
    turn.awaitCancelled();
    assertThat(events.readText())
        .contains("did not come back within detach-ms")
        .doesNotContain("at most 1024 bytes");
  }

  @Test
  void framesThatAreNoneAreToldAsSuch() throws Exception {
    // given
    serve();
    String path = startTurn();
    RawClient listener = rawListener(path);
    RawClient events = get(path + "/events");
    // when: a reserved opcode
    listener.send(new byte[] {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0});
    // then
    assertThat(events.readText()).contains("the frames are not those of a WebSocket");
  }

  private RawClient rawListener(String path) throws Exception {
    RawClient listener =
        call(
            "GET",
            path + "/ws",
            NOTHING,
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertThat(listener.status()).isEqualTo(101);
    return listener;
  }

  @Test
  void aPauseHasAnEnd() throws Exception {
    // given
    serve("pause-ms", 300);
    SocketClient listener = listen(startTurn());
    FakeTurn turn = pipeline.nextTurn();
    // when
    listener.say("{\"type\": \"position\", \"played_ms\": 1, \"paused\": true}");
    listener.say("{\"type\": \"position\", \"played_ms\": 1, \"paused\": true}");
    // then
    turn.awaitCancelled();
    assertThat(listener.event("end").getJsonObject("failure").getString("detail"))
        .contains("pause-ms");
    assertThat(listener.closeCode()).isEqualTo(4410);
  }

  @Test
  void whoGoesOnInTimeMayPauseAgain() throws Exception {
    // given
    serve("pause-ms", 1000);
    SocketClient listener = listen(startTurn());
    FakeTurn turn = pipeline.nextTurn();
    // when
    listener.say("{\"type\": \"position\", \"played_ms\": 1, \"paused\": true}");
    listener.say("{\"type\": \"position\", \"played_ms\": 2, \"paused\": false}");
    turn.awaitPosition();
    turn.awaitPosition();
    CompletableFuture<Void> waited = new CompletableFuture<>();
    vertx.setTimer(1200, ignored -> waited.complete(null));
    waited.get(10, TimeUnit.SECONDS);
    // then
    listener.say("{\"type\": \"position\", \"played_ms\": 3, \"paused\": true}");
    assertThat(turn.awaitPosition().playedMs()).isEqualTo(3);
  }

  @Test
  void cancelsTheTurnWhenItsListenerAsksForTheEnd() throws Exception {
    // given
    serve();
    SocketClient listener = listen(startTurn());
    FakeTurn turn = pipeline.nextTurn();
    // when
    listener.say("{\"type\": \"cancel\"}");
    // then
    turn.awaitCancelled();
    assertThat(listener.event("end").getString("outcome")).isEqualTo("cancelled");
    assertThat(listener.closeCode()).isEqualTo(4410);
  }

  @Test
  void cancelsTheTurnAtEveryStageWhenItsListenerGoes() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    SocketClient listener = listen(path);
    listener.event("format");
    // when
    listener.close();
    // then
    turn.awaitCancelled();
    assertThat(get(path).readText()).contains("the listener has gone");
  }

  @Test
  void stopsTheFlowForAListenerThatDoesNotReadAndLosesNothing() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    SocketClient listener = listen(path);
    listener.event("format");
    listener.pause();
    // when
    turn.flood(FLOOD_BYTES).end(Stage.TEXT, Stage.CHUNKER);
    SocketClient other = listen(startTurn());
    pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2}).finish();
    // then
    assertThat(other.audio(2)).containsExactly(1, 2);
    assertThat(other.closeCode()).isEqualTo(1000);
    assertThat(turn.flooded()).isLessThan(FLOOD_BYTES / 2);
    // when
    listener.resume();
    // then
    byte[] audio = listener.audio(FLOOD_BYTES);
    for (int i = 0; i < audio.length; i++) {
      if (audio[i] != FakeTurn.sample(i)) {
        throw new AssertionError("byte " + i + " is wrong");
      }
    }
    assertThat(listener.event("end").getString("outcome")).isEqualTo("finished");
    assertThat(listener.closeCode()).isEqualTo(1000);
  }

  @Test
  void breaksOffAListenerThatNeverReads() throws Exception {
    // given
    serve("stalled-ms", 300, "heartbeat-ms", 50);
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    SocketClient listener = listen(path);
    listener.event("format");
    listener.pause();
    // when
    turn.flood(FLOOD_BYTES).end(Stage.TEXT, Stage.CHUNKER);
    // then
    turn.awaitCancelled();
    http.drain().await(10, TimeUnit.SECONDS);
  }

  @Test
  void keepsAListenerThatHasNothingToSayButIsAlive() throws Exception {
    // given
    serve("stalled-ms", 500, "heartbeat-ms", 20, "keep-alive-ms", 100, "request-ms", 100);
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    SocketClient listener = listen(path);
    RawClient beats = get(path + "/events");
    // when
    for (int beat = 0; beat < 50; beat++) {
      assertThat(beats.read(3)).isEqualTo(utf8(":\n\n"));
    }
    turn.audio(new byte[] {1, 2}).finish();
    // then
    assertThat(listener.audio(2)).containsExactly(1, 2);
    assertThat(listener.closeCode()).isEqualTo(1000);
  }

  @Test
  void refusesPagesOfOtherOriginsAndOtherNames() throws Exception {
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn();
    assertThatThrownBy(() -> listen(path, "Origin", "https://evil.example"))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class, why -> assertThat(why.getStatus()).isEqualTo(403));
    assertThatThrownBy(() -> listen(path, "Host", "evil.example"))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class, why -> assertThat(why.getStatus()).isEqualTo(403));
    SocketClient listener = listen(path, "Origin", "http://localhost:" + http.actualPort());
    turn.finish();
    assertThat(listener.closeCode()).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "{}",
        "[]",
        "{\"type\": \"position\"}",
        "{\"type\": \"position\", \"played_ms\": -1}",
        "{\"type\": \"cancel\", \"why\": \"\"}"
      })
  void closesTheSocketOfAClientThatCannotBeUnderstood(String message) throws Exception {
    // given
    serve();
    SocketClient listener = listen(startTurn());
    FakeTurn turn = pipeline.nextTurn();
    // when
    listener.say(message);
    // then
    assertThat(listener.closeCode()).isEqualTo(1008);
    turn.awaitCancelled();
  }

  @ParameterizedTest
  @ValueSource(ints = {1025, 65_000, 70_000, 1_000_000})
  void closesTheSocketOfAClientThatSaysTooMuchAtOnce(int length) throws Exception {
    // given
    serve();
    SocketClient listener = listen(startTurn());
    FakeTurn turn = pipeline.nextTurn();
    // when
    listener.say(" ".repeat(length));
    // then
    assertThat(listener.closeCode()).isEqualTo(1009);
    turn.awaitCancelled();
  }

  @Test
  void readsLaterWhatAClientSaysTooMuch() throws Exception {
    // given: what has waited in the network is there at once
    serve();
    SocketClient listener = listen(startTurn());
    FakeTurn turn = pipeline.nextTurn();
    // when
    for (int i = 0; i < SocketResponse.MESSAGES_AT_ONCE + 50; i++) {
      listener.say("{\"type\": \"position\", \"played_ms\": 0}");
    }
    listener.say("{\"type\": \"cancel\"}");
    // then: all of it was read
    turn.awaitCancelled();
    assertThat(listener.closeCode()).isEqualTo(4410);
  }

  @Test
  void takesNoBytes() throws Exception {
    serve();
    SocketClient listener = listen(startTurn());
    listener.say(new byte[] {1});
    assertThat(listener.closeCode()).isEqualTo(1003);
  }

  @Test
  void hasOneListenerATurn() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    SocketClient listener = listen(path);
    listener.event("format");
    // then
    assertThatThrownBy(() -> listen(path))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class, why -> assertThat(why.getStatus()).isEqualTo(409));
    // when
    turn.audio(new byte[] {1, 2}).finish();
    // then
    assertThat(listener.audio(2)).containsExactly(1, 2);
    assertThat(listener.closeCode()).isEqualTo(1000);
    assertThatThrownBy(() -> listen(path))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class, why -> assertThat(why.getStatus()).isEqualTo(410));
  }

  @Test
  void tellsAListenerThatComesJustTooLateHowItEnded() throws Exception {
    // given
    serve();
    String path = startTurn();
    RawClient events = get(path + "/events");
    pipeline.nextTurn().fail(failure(Stage.TEXT, FailureKind.QUOTA));
    events.readAll();
    // when
    SocketClient listener = listen(path);
    // then
    assertThat(listener.event("end").getJsonObject("failure").getString("kind")).isEqualTo("quota");
    assertThat(listener.closeCode()).isEqualTo(4402);
  }

  @Test
  void asksOthersToOpenASocket() throws Exception {
    serve();
    String path = startTurn();
    RawClient answer = get(path + "/ws");
    assertProblem(answer, 426, "upgrade-required");
    assertThat(answer.header("upgrade")).isEqualTo("websocket");
    for (String socket : List.of(path + "/ws", "/v1/session")) {
      RawClient keyless = call("GET", socket, NOTHING, "Connection: Upgrade", "Upgrade: websocket");
      assertProblem(keyless, 426, "upgrade-required");
    }
    assertThatThrownBy(() -> listen("/v1/turns/unknown"))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class, why -> assertThat(why.getStatus()).isEqualTo(404));
  }

  @Test
  void closesSocketsWhenTheServerStops() throws Exception {
    // given
    serve();
    SocketClient listener = listen(startTurn());
    FakeTurn turn = pipeline.nextTurn();
    // when
    vertx.undeploy(http.deploymentID()).await(10, TimeUnit.SECONDS);
    // then
    assertThat(listener.event("end").getString("outcome")).isEqualTo("cancelled");
    assertThat(listener.closeCode()).isEqualTo(4410);
    turn.awaitCancelled();
  }
}
