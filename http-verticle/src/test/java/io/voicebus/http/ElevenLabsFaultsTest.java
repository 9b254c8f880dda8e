package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on ElevenLabs' WebSockets, by accident or on purpose. */
class ElevenLabsFaultsTest extends ElevenLabsSockets {
  /** Of 4,500 characters each: more than may wait for a turn. */
  private static final int MANY = 600;

  // Faults.

  @Test
  void aContextThatFailsFailsAlone() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    client.say(text("a", "One. "));
    FakeTurn one = pipeline.nextTurn();
    client.say(text("b", "Two. "));
    FakeTurn two = pipeline.nextTurn();
    // when
    one.failAs(failure(Stage.SPEECH, FailureKind.UNAVAILABLE));
    // then
    JsonObject told = next(client);
    assertThat(told.getString("error")).isEqualTo("system_busy");
    assertThat(told.getString("contextId")).isEqualTo("a");
    // and what is still written of it goes nowhere, while the other goes on
    client.say(text("a", "More of it. ")).say(close("a")).say(close("b"));
    speak(two, 2);
    two.finish();
    assertThat(audioOf(client, "b")).hasSize(2);
  }

  @Test
  void aTextBehindTheEndIsToldOnceAndTheRestIsSpoken() throws Exception {
    // given
    SocketClient client = serveAndConnect(SINGLE);
    client.say("{\"text\":\"One. \"}").say("{\"text\":\"\"}");
    FakeTurn turn = pipeline.nextTurn();
    // when: what has no word is no loss
    client.say("{\"text\":\" \"}").say("{\"text\":\"\"}");
    client.say("{\"text\":\"Two. \"}").say("{\"text\":\"Three. \"}");
    // then
    JsonObject told = next(client);
    assertThat(told.getString("error")).isEqualTo("invalid_input_message");
    assertThat(told.getString("message")).contains("behind the end");
    assertThat(told.getInteger("code")).isEqualTo(1008);
    speak(turn, 2);
    turn.finish();
    assertThat(next(client).getString("audio")).isNotEmpty();
    assertThat(next(client).getBoolean("isFinal")).isTrue();
    assertThat(client.closeCode()).isEqualTo(1008);
    assertThat(written(turn)).isEqualTo("One. ");
  }

  @Test
  void aTextBehindTheEndOfItsSocketIsTold() throws Exception {
    SocketClient client = serveAndConnect(MULTI);
    client.say(text("a", "One. "));
    FakeTurn turn = pipeline.nextTurn();
    client.say("{\"close_socket\":true}").say(text("b", "Two. "));
    assertThat(next(client).getString("error")).isEqualTo("invalid_input_message");
    speak(turn, 2);
    turn.finish();
    assertThat(audioOf(client, "a")).hasSize(2);
    assertThat(client.closeCode()).isEqualTo(1008);
  }

  @Test
  void aTextOfHalfACharacterIsTold() throws Exception {
    SocketClient client = serveAndConnect(SINGLE);
    client.say("{\"text\":\"\\ud83d\"}").say("{\"text\":\"\"}");
    JsonObject told = next(client);
    assertThat(told.getString("error")).isEqualTo("invalid_input_message");
    assertThat(told.getString("message")).contains("half of a surrogate pair");
    assertThat(client.closeCode()).isEqualTo(1008);
    assertThat(pipeline.anyTurn()).isFalse();
  }

  @Test
  void aSixthContextIsRefusedAndTheOthersGoOn() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    List<FakeTurn> turns = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      client.say(text("c" + i, "Number " + i + ". "));
      turns.add(pipeline.nextTurn());
    }
    // when
    client.say(open("c6")).say(text("c6", "One too many. ")).say(close("c6"));
    // then
    JsonObject told = next(client);
    assertThat(told.getString("error")).isEqualTo("max_active_conversations");
    assertThat(told.getString("contextId")).isEqualTo("c6");
    client.say(close("c1"));
    speak(turns.get(0), 2);
    turns.get(0).finish();
    assertThat(audioOf(client, "c1")).hasSize(2);
    // and now there is room for it
    client.say(text("c6", "Once more. "));
    assertThat(pipeline.nextTurn().nextWritten()).isEqualTo(new TextDelta("Once more. "));
  }

  @Test
  void aThousandContextsAreRefusedOneByOneAndHarmNobody() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    client.say(text("kept", "Kept. "));
    FakeTurn kept = pipeline.nextTurn();
    // when
    for (int i = 0; i < 1000; i++) {
      client.say(open("c" + i));
    }
    // then: all but four are refused
    Set<String> refused = new HashSet<>();
    while (refused.size() < 996) {
      JsonObject told = next(client);
      assertThat(told.getString("error")).isEqualTo("max_active_conversations");
      refused.add(told.getString("contextId"));
    }
    assertThat(refused).doesNotContain("c0", "c1", "c2", "c3");
    client.say(close("kept"));
    speak(kept, 2);
    kept.finish();
    assertThat(audioOf(client, "kept")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[]",
        "{\"text\": ",
        "{\"text\": 7, \"context_id\": \"c1\"}",
        "{\"text\": \"Hi\", \"context_id\": 7}",
        "{\"text\": \"Hi\", \"context_id\": \"c1\", \"flush\": \"yes\"}",
        "{\"text\": \"a\\ud800b\", \"context_id\": \"c1\"}",
        ""
      })
  void whatCannotBeUnderstoodIsToldAndTheSocketIsClosedOnceAllIsSpoken(String nonsense)
      throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    client.say(text("a", "One. "));
    FakeTurn turn = pipeline.nextTurn();
    // when
    client.say(nonsense);
    // then
    JsonObject told = next(client);
    assertThat(told.getString("error")).isEqualTo("invalid_input_message");
    assertThat(told.getString("message")).isNotBlank();
    assertThat(written(turn)).isEqualTo("One. ");
    speak(turn, 2);
    turn.finish();
    assertThat(audioOf(client, "a")).hasSize(2);
    assertThat(client.closeCode()).isEqualTo(1008);
  }

  @Test
  void bytesAreNoMessage() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    // when
    client.say(new byte[] {1, 2, 3});
    // then
    assertThat(next(client).getString("error")).isEqualTo("invalid_input_message");
    assertThat(client.closeCode()).isEqualTo(1008);
  }

  @Test
  void aMessageThatIsTooLongClosesTheSocketAndItsTurns() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    client.say(text("c1", "One. "));
    FakeTurn turn = pipeline.nextTurn();
    // when
    client.say(text("c1", "x".repeat(SessionMessage.MAX_BYTES + 1)));
    // then
    assertThat(client.closeCode()).isEqualTo(1009);
    turn.awaitCancelled();
  }

  @Test
  void aTextOfAMegabyteIsReadNoFasterThanItIsSpoken() throws Exception {
    // given: a chunker that takes what it is given
    SocketClient client = serveAndConnect(MULTI);
    String piece = "All work and no play makes Jack a dull boy. ".repeat(100);
    client.say(text("c1", piece));
    FakeTurn turn = pipeline.nextTurn();
    int length = ((TextDelta) turn.nextWritten()).text().length();
    turn.on(Stage.CHUNKER, new ChunkCaption(0, "x", 0, length));
    // when
    for (int i = 1; i < MANY; i++) {
      client.say(text("c1", piece));
    }
    client.say(close("c1"));
    // and the chunker takes its time
    turn.anythingWritten();
    turn.anythingWritten();
    turn.on(Stage.PLAYBACK, new ChunkSpoken(0, 1, 0, 0, 0));
    // then: nothing of it is lost, and none of it comes before there is room
    Message next = turn.nextWritten();
    int chunk = 1;
    while (!(next instanceof TextEnded)) {
      if (next instanceof TextDelta delta) {
        int end = length + delta.text().length();
        turn.on(Stage.CHUNKER, new ChunkCaption(chunk, "x", length, end));
        turn.on(Stage.PLAYBACK, new ChunkSpoken(chunk, 1, 0, 0, 0));
        chunk++;
        length = end;
      }
      next = turn.nextWritten();
    }
    assertThat(length).isEqualTo(MANY * piece.length());
  }

  @Test
  void aClientThatDoesNotReadStopsTheFlow() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    client.say(text("c1", "A long story. ")).say(close("c1"));
    FakeTurn turn = pipeline.nextTurn();
    client.pause();
    // when
    long bytes = 8L * 1024 * 1024;
    turn.end(Stage.CHUNKER).format(24_000).flood(bytes);
    long before;
    do {
      before = turn.flooded();
      turn.anythingWritten();
    } while (turn.flooded() > before);
    assertThat(before).isLessThan(bytes / 2);
    client.resume();
    // then
    byte[] audio = audioOf(client, "c1");
    assertThat(audio).hasSize((int) bytes);
    assertThat(audio[(int) bytes - 1]).isEqualTo(FakeTurn.sample(bytes - 1));
  }

  @Test
  void aClientThatGoesAwayEndsItsTurns() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    client.say(text("a", "One. "));
    FakeTurn one = pipeline.nextTurn();
    client.say(text("b", "Two. "));
    FakeTurn two = pipeline.nextTurn();
    // when
    client.close();
    // then
    one.awaitCancelled();
    two.awaitCancelled();
  }

  private RawClient raw() throws Exception {
    RawClient raw = client();
    raw.sendHead(
        "GET " + MULTI + " HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13");
    assertThat(raw.awaitHead().status()).isEqualTo(101);
    return raw;
  }

  @Test
  void aConnectionThatIsCutEndsItsTurns() throws Exception {
    // given
    serve();
    RawClient raw = raw();
    raw.send(frame(text("c1", "One. ")));
    FakeTurn turn = pipeline.nextTurn();
    // when
    raw.close();
    // then
    turn.awaitCancelled();
  }

  @Test
  void aClientThatGivesNoSignOfLifeEndsItsTurns() throws Exception {
    // given: one that answers no ping, on a connection that is never closed
    serve("heartbeat-ms", 50, "stalled-ms", 300);
    raw().send(frame(text("c1", "One. ")));
    // then
    pipeline.nextTurn().awaitCancelled();
  }

  @Test
  void framesThatAreNoneEndItsTurns() throws Exception {
    // given
    serve();
    RawClient raw = raw();
    raw.send(frame(text("c1", "One. ")));
    FakeTurn turn = pipeline.nextTurn();
    // when: a frame of a reserved kind
    raw.send(new byte[] {(byte) 0xff, (byte) 0xff, 1, 2, 3, 4, 5, 6, 7, 8});
    // then
    turn.awaitCancelled();
  }

  /** A masked text frame of less than 126 bytes. */
  private static byte[] frame(String text) {
    byte[] payload = utf8(text);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x81);
    frame.write(0x80 | payload.length);
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }
}
