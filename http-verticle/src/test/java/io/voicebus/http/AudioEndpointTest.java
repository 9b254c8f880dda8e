package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.WavHeader;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AudioEndpointTest extends ServerTest {
  private static final long FLOOD_BYTES = 64L * 1024 * 1024;

  @Test
  void sendsAWavHeaderAsSoonAsTheRateIsKnownAndEachPieceAsItComes() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn();
    RawClient listener = send("GET", path + "/audio", NOTHING, "Accept: */*");
    // when
    turn.format(24_000);
    // then
    listener.awaitHead();
    assertThat(listener.status()).isEqualTo(200);
    assertThat(listener.header("content-type")).isEqualTo("audio/wav");
    assertThat(listener.header("content-encoding")).isEmpty();
    assertThat(listener.header("transfer-encoding")).isEqualTo("chunked");
    assertThat(listener.read(WavHeader.BYTES)).isEqualTo(WavHeader.streaming(24_000));
    // when
    turn.audio(new byte[] {1, 2, 3, 4});
    // then
    assertThat(listener.read(4)).containsExactly(1, 2, 3, 4);
    // when
    turn.audio(new byte[] {5, 6}).finish();
    // then
    assertThat(listener.readAll()).containsExactly(5, 6);
  }

  @Test
  void sendsTheSamplesAloneToThoseWhoPreferThem() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(16_000).audio(new byte[] {1, 2});
    // when
    RawClient listener = call("GET", path + "/audio", NOTHING, "Accept: audio/pcm, */*;q=0.1");
    // then
    assertThat(listener.header("content-type"))
        .isEqualTo("audio/pcm;rate=16000;channels=1;bits=16");
    assertThat(listener.read(2)).containsExactly(1, 2);
    turn.finish();
    assertThat(listener.readAll()).isEmpty();
  }

  @Test
  void refusesAFormatThatThereIsNotAndLeavesTheTurnAlone() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn();
    // then
    assertProblem(
        call("GET", path + "/audio", NOTHING, "Accept: audio/webm"),
        406,
        "not-acceptable",
        "audio/wav");
    assertThat(call("HEAD", path + "/audio", NOTHING).status()).isEqualTo(200);
    assertThat(get(path).readText()).contains("\"attached\":false", "\"state\":\"running\"");
    assertThat(turn.format(8000).prompt().text()).isEqualTo("hello");
  }

  @Test
  void knowsNoAudioOfAnUnknownTurn() throws Exception {
    serve();
    assertProblem(get("/v1/turns/unknown/audio"), 404, "not-found");
  }

  @Test
  void tellsOfAFailureBeforeTheFirstByteWithItsStatus() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn();
    RawClient listener = send("GET", path + "/audio", NOTHING);
    // when
    turn.fail(failure(Stage.TEXT, FailureKind.QUOTA));
    // then
    assertProblem(listener.awaitHead(), 402, "quota", "please do something about it");
  }

  @Test
  void tellsTheSameToAListenerThatComesJustTooLate() throws Exception {
    // given
    serve();
    String path = startTurn();
    RawClient events = get(path + "/events");
    // when
    pipeline.nextTurn().fail(failure(Stage.TEXT, FailureKind.TIMEOUT));
    // then
    assertThat(events.readText()).contains("event: end");
    assertProblem(get(path + "/audio"), 504, "timeout", "please do something about it");
  }

  @Test
  void breaksTheConnectionOffWhenItFailsAfterTheFirstByte() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2});
    RawClient listener = get(path + "/audio");
    listener.read(WavHeader.BYTES + 2);
    // when
    turn.fail(failure(Stage.PLAYBACK, FailureKind.INTERNAL));
    // then
    assertThatThrownBy(listener::readAll).isInstanceOf(IOException.class);
    assertProblem(get(path + "/audio"), 410, "ended", "please do something about it");
  }

  @Test
  void breaksTheConnectionOffWhenTheTurnIsDeletedInMidAudio() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2});
    RawClient listener = get(path + "/audio");
    listener.read(WavHeader.BYTES + 2);
    // when
    assertThat(call("DELETE", path, NOTHING).status()).isEqualTo(204);
    // then
    assertThatThrownBy(listener::readAll).isInstanceOf(IOException.class);
    turn.awaitCancelled();
  }

  @Test
  void cancelsTheTurnAtEveryStageWhenItsListenerGoesForGood() throws Exception {
    // given
    serve("detach-ms", 300);
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    RawClient listener = get(path + "/audio");
    // when
    listener.close();
    // then
    turn.awaitCancelled();
    assertProblem(get(path + "/audio"), 410, "ended", "did not come back within detach-ms");
  }

  @Test
  void answersATurnThatCannotBeSpokenWithAnEmptyWav() throws Exception {
    // given
    serve();
    String path = startTurn();
    RawClient listener = send("GET", path + "/audio", NOTHING);
    String late = startTurn();
    // when
    pipeline.nextTurn().finish();
    pipeline.nextTurn().finish();
    // then
    assertThat(listener.awaitHead().status()).isEqualTo(200);
    assertThat(listener.readAll()).isEqualTo(WavHeader.exact(24_000, 0));
    get(late + "/events").readAll();
    assertThat(get(late + "/audio").readAll()).isEqualTo(WavHeader.exact(24_000, 0));
  }

  @Test
  void stopsTheFlowForAListenerThatNeverReadsAndLeavesOthersUnharmed() throws Exception {
    // given
    serve("stalled-ms", 500);
    String path = startTurn();
    FakeTurn stuck = pipeline.nextTurn().format(24_000);
    RawClient sleeper = narrowClient().request("GET", path + "/audio", NOTHING);
    stuck.flood(FLOOD_BYTES);
    // when
    RawClient other = send("GET", startTurn() + "/audio", NOTHING);
    FakeTurn quick = pipeline.nextTurn().format(24_000);
    other.awaitHead();
    quick.audio(new byte[] {1, 2}).finish();
    // then
    assertThat(other.readAll()).hasSize(WavHeader.BYTES + 2);
    stuck.awaitCancelled();
    assertThat(stuck.flooded()).isLessThan(1_000_000);
    assertThat(get(path).readText()).contains("cancelled", "taken no audio for too long");
    assertThatThrownBy(() -> sleeper.awaitHead().readAll()).isInstanceOf(IOException.class);
  }

  @Test
  void keepsTheConnectionOfAListenerThatHasPaused() throws Exception {
    // given
    serve("stalled-ms", 500, "keep-alive-ms", 500, "request-ms", 500, "heartbeat-ms", 50);
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    assertThat(post(path + "/position", "{\"played_ms\": 0, \"paused\": true}").status())
        .isEqualTo(204);
    RawClient listener = narrowClient().request("GET", path + "/audio", NOTHING);
    RawClient events = get(path + "/events");
    turn.flood(4_000_000);
    // when
    for (int beats = 0; beats < 20; beats++) {
      assertThat(events.read(3)).isEqualTo(utf8(":\n\n"));
    }
    // then
    byte[] audio = listener.awaitHead().read(WavHeader.BYTES + 4_000_000);
    assertThat(audio[audio.length - 1]).isEqualTo(FakeTurn.sample(3_999_999));
  }

  @Test
  void deliversEveryByteToAListenerThatIsSlow() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    RawClient listener = narrowClient().request("GET", path + "/audio", NOTHING);
    // when
    turn.flood(3_000_000).end(Stage.TEXT, Stage.CHUNKER);
    // then
    listener.awaitHead().read(WavHeader.BYTES);
    byte[] audio = listener.readAll();
    assertThat(audio).hasSize(3_000_000);
    for (int i = 0; i < audio.length; i++) {
      if (audio[i] != FakeTurn.sample(i)) {
        throw new AssertionError("byte " + i + " is wrong");
      }
    }
  }

  @Test
  void breaksOffAListenerThatLeavesItsLastBytes() throws Exception {
    // given
    serve("stalled-ms", 200);
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    RawClient sleeper = narrowClient().request("GET", path + "/audio", NOTHING);
    sleeper.awaitHead();
    // when
    turn.flood(150_000).end(Stage.TEXT, Stage.CHUNKER);
    // then
    http.drain().await();
    assertThatThrownBy(sleeper::readAll).isInstanceOf(IOException.class);
  }

  @Test
  void servesPlayersThatSpeakHttpOnePointZero() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    RawClient listener =
        client().sendHead("GET " + path + "/audio HTTP/1.0", "Host: localhost").awaitHead();
    // when
    turn.audio(new byte[] {1, 2}).finish();
    // then
    assertThat(listener.header("transfer-encoding")).isEmpty();
    assertThat(listener.readUntilClosed()).hasSize(WavHeader.BYTES + 2);
  }

  @Test
  void ignoresARangeOfWhichItKnowsTheEnd() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    // when
    RawClient listener = call("GET", path + "/audio", NOTHING, "Range: bytes=0-1");
    // then
    turn.audio(new byte[] {1, 2}).finish();
    assertThat(listener.status()).isEqualTo(200);
    assertThat(listener.header("accept-ranges")).isEqualTo("bytes");
    assertThat(listener.readAll()).hasSize(WavHeader.BYTES + 2);
  }

  @Test
  void saysClearlyThatAStageIsNotDeployed() throws Exception {
    // given
    serveAlone("stages-ms", 500);
    RawClient listener = send("POST", "/v1/speak", utf8("hello"));
    // then
    assertProblem(
        listener.awaitHead(), 503, "unavailable", "voicebus.playout", "is that role deployed");
    assertThat(listener.header("retry-after")).isEqualTo("2");
  }
}
