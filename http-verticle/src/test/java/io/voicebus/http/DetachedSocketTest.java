package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Stage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners over a WebSocket that is lost, and who come back. */
class DetachedSocketTest extends DetachedTest {
  private RawClient rawSocket() throws IOException {
    return rawSocket("");
  }

  private RawClient rawSocket(String query) throws IOException {
    RawClient listener =
        call(
            "GET",
            path + "/ws" + query,
            NOTHING,
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertThat(listener.status()).isEqualTo(101);
    return listener;
  }

  /** A socket that got the event 1, the format and 50 samples, and is lost. */
  private FakeTurn loseSocket() throws Exception {
    RawClient lost = rawSocket();
    FakeTurn turn = pipeline.nextTurn().text("Hello.").format(24_000).audio(flooded(0, 100));
    assertThat(lost.readBinaryFrame()).isEqualTo(flooded(0, 100));
    lost.close();
    return turn;
  }

  @Test
  void aSocketThatIsLostIsFollowedByOneThatNamesTheSample() throws Exception {
    // given
    begin();
    FakeTurn turn = loseSocket();
    // when
    SocketClient again =
        new SocketClient(vertx, http.actualPort(), path + "/ws?from=40&last_event_id=1");
    turn.audio(flooded(100, 100)).finish();
    // then
    assertThat(again.event("format").getInteger("sample_rate_hz")).isEqualTo(24_000);
    assertThat(again.audio(120)).isEqualTo(flooded(80, 120));
    assertThat(again.next())
        .isInstanceOfSatisfying(
            JsonObject.class, end -> assertThat(end.getInteger("id")).isEqualTo(2));
    assertThat(again.closeCode()).isEqualTo(1000);
  }

  @Test
  void theEndComesBehindAllAudioHoweverSlowlyItIsRead() throws Exception {
    // given
    begin();
    int bytes = 8 << 20; // more than the system's own buffers take
    SocketClient first = new SocketClient(vertx, http.actualPort(), path + "/ws");
    pipeline.nextTurn().text("Hello.").format(24_000).flood(bytes).end(Stage.TEXT, Stage.CHUNKER);
    assertThat(first.closeCode()).isEqualTo(1000);
    // when
    RawClient again = rawSocket("?from=50&last_event_id=1");
    // then
    for (int read = 2 * 50; read < bytes; read += again.readBinaryFrame().length) {}
    assertThat(again.readTextOrReason()).contains("\"event\":\"end\"");
  }

  @Test
  void orSaysItFirst() throws Exception {
    // given
    begin();
    FakeTurn turn = loseSocket();
    // when
    SocketClient again = waiting();
    again.say(
        new JsonObject()
            .put("type", "resume")
            .put("turn", id())
            .put("sample", 50)
            .put("last_event_id", 1)
            .encode());
    turn.audio(flooded(100, 100)).finish();
    // then
    assertThat(again.next()).isInstanceOf(JsonObject.class);
    assertThat(again.next()).isEqualTo(Buffer.buffer(flooded(100, 100)));
    assertThat(again.closeCode()).isEqualTo(1000);
  }

  /** As soon as the server has heard of the loss. */
  private SocketClient waiting() throws Exception {
    while (true) {
      try {
        return new SocketClient(vertx, http.actualPort(), path + "/ws");
      } catch (UpgradeRejectedException stillThere) {
        assertThat(stillThere.getStatus()).isEqualTo(409);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"resume\", \"turn\": \"other\", \"sample\": 50}",
        "{\"type\": \"resume\", \"turn\": \"other\"}",
        "{\"type\": \"position\", \"played_ms\": 1}",
        "{\"type\": \"cancel\"}",
      })
  void whoSaysSomethingElseIsToldSo(String message) throws Exception {
    // given
    begin();
    loseSocket();
    // when
    SocketClient again = waiting();
    again.say(message);
    // then
    assertThat(again.closeCode()).isEqualTo(1008);
    assertThat(get(path).readText()).contains("\"state\":\"running\"");
  }

  @Test
  void whoHasMoreThanWasSentIsToldSo() throws Exception {
    // given
    begin();
    loseSocket();
    // when
    SocketClient again = waiting();
    again.say("{\"type\": \"resume\", \"turn\": \"" + id() + "\", \"sample\": 51}");
    // then
    assertThat(again.closeCode()).isEqualTo(4400);
  }

  @Test
  void aSocketThatWasClosedWithAFrameEndsTheTurnAtOnce() throws Exception {
    // given
    begin();
    FakeTurn turn = pipeline.nextTurn();
    SocketClient listener = new SocketClient(vertx, http.actualPort(), path + "/ws");
    // when
    listener.close();
    // then
    turn.awaitCancelled();
    assertProblem(get(path + "/audio?from=0"), 410, "ended", "the listener has gone");
  }
}
