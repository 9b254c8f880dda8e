package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Stage;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.WordMark;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ElevenLabs' {@code multi-stream-input}: texts side by side, each in a context. */
class ElevenLabsContextsTest extends ElevenLabsSockets {
  // A context.

  @Test
  void aContextIsHeardWhileItIsBeingWritten() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    // when: the first sentence is there, and more is to come
    client.say(open("c1")).say(text("c1", "First sentence. "));
    FakeTurn turn = pipeline.nextTurn();
    speak(turn, 4);
    // then
    JsonObject first = next(client);
    assertThat(first.getString("contextId")).isEqualTo("c1");
    assertThat(Base64.getDecoder().decode(first.getString("audio"))).hasSize(4);
    assertThat(first.getValue("isFinal")).isNull();
    assertThat(first.getValue("alignment")).isNull();
    // and then the rest
    client.say(text("c1", "Second. ")).say(flush("c1")).say(close("c1"));
    assertThat(written(turn)).isEqualTo("First sentence. Second. |");
    turn.audio(new byte[2]).finish();
    assertThat(audioOf(client, "c1")).hasSize(2);
    assertThat(turn.prompt().turn().options().mode()).isEqualTo(TextMode.SAY);
    assertThat(turn.prompt().turn().options().voice()).isEqualTo("kevin16");
  }

  @Test
  void inAutoModeEachMessageIsAChunkOfItsOwn() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI + "&auto_mode=true&language_code=de");
    // when
    client.say(open("c1")).say(text("c1", "Hallo *du*. ")).say(text("c1", "Und tschüss. "));
    client.say(close("c1"));
    // then
    FakeTurn turn = pipeline.nextTurn();
    assertThat(written(turn)).isEqualTo("Hallo *du*. |Und tschüss. |");
    assertThat(turn.prompt().turn().options().mode()).isEqualTo(TextMode.VERBATIM);
    assertThat(turn.prompt().turn().options().language()).isEqualTo("de");
  }

  @Test
  void contextsAreSpokenSideBySideAndKeptApart() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    client.say(text("a", "One. "));
    FakeTurn one = pipeline.nextTurn();
    client.say(text("b", "Two. "));
    FakeTurn two = pipeline.nextTurn();
    // when
    client.say(close("a")).say(close("b"));
    assertThat(written(one)).isEqualTo("One. ");
    assertThat(written(two)).isEqualTo("Two. ");
    speak(two, 6);
    two.finish();
    // then
    assertThat(audioOf(client, "b")).hasSize(6);
    speak(one, 4);
    one.finish();
    assertThat(audioOf(client, "a")).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"text\": \"\"}", "{\"text\": \" \"}"})
  void whatKeepsTheSocketAliveStartsNothing(String keepAlive) throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    // when
    client.say(keepAlive).say("{\"text\": \"\", \"context_id\": \"late\"}").say(flush("later"));
    client.say(text("c1", "Hello. "));
    // then
    assertThat(pipeline.nextTurn().nextWritten()).isEqualTo(new TextDelta("Hello. "));
  }

  @Test
  void anEmptyTextKeepsAContextAliveAndEndsNothing() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    client
        .say(text("c1", "Hello "))
        .say(text("c1", ""))
        .say(text("c1", "there. "))
        .say(close("c1"));
    // then
    assertThat(written(pipeline.nextTurn())).isEqualTo("Hello there. ");
  }

  @Test
  void aContextWithoutAWordEndsWithoutATurn() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    // when
    client.say(open("c1")).say(flush("c1")).say(close("c1"));
    // then
    assertThat(next(client))
        .isEqualTo(new JsonObject().put("isFinal", true).put("contextId", "c1"));
  }

  @Test
  void aClosedContextIsSpokenToItsEndThoughItWasNotFlushed() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    // when
    client.say(text("c1", "Not flushed")).say(close("c1"));
    // then
    FakeTurn turn = pipeline.nextTurn();
    assertThat(written(turn)).isEqualTo("Not flushed");
    speak(turn, 2);
    turn.finish();
    assertThat(audioOf(client, "c1")).hasSize(2);
  }

  @Test
  void aContextThatIsHeardAndClosedWithoutAFlushIsInterrupted() throws Exception {
    // given: speech of a text that is still being written
    SocketClient client = serveAndConnect(MULTI);
    client.say(text("c1", "A long story. And so on"));
    FakeTurn turn = pipeline.nextTurn();
    speak(turn, 4);
    next(client);
    // when: its listener speaks, and another answer begins
    client.say(close("c1")).say(text("c2", "Yes? "));
    // then
    turn.awaitCancelled();
    JsonObject last = next(client);
    assertThat(last.getString("contextId")).isEqualTo("c1");
    assertThat(last.getBoolean("isFinal")).isTrue();
    assertThat(last.getBoolean("interrupted")).isTrue();
    FakeTurn answer = pipeline.nextTurn();
    client.say(close("c2"));
    speak(answer, 2);
    answer.finish();
    assertThat(audioOf(client, "c2")).hasSize(2);
  }

  @Test
  void aContextThatWasFlushedIsSpokenToItsEndWhenItIsClosed() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    client.say(text("c1", "All of it")).say(flush("c1"));
    FakeTurn turn = pipeline.nextTurn();
    speak(turn, 4);
    next(client);
    // when
    client.say(close("c1"));
    // then
    assertThat(written(turn)).isEqualTo("All of it|");
    turn.audio(new byte[2]).finish();
    assertThat(audioOf(client, "c1")).hasSize(2);
  }

  @Test
  void aNameThatIsUsedAgainWaitsForTheFormerText() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    client.say(text("c1", "One. ")).say(close("c1")).say(text("c1", "Two. ")).say(close("c1"));
    FakeTurn one = pipeline.nextTurn();
    assertThat(written(one)).isEqualTo("One. ");
    client.say(text("c2", "Of another name. "));
    assertThat(pipeline.nextTurn().nextWritten()).isEqualTo(new TextDelta("Of another name. "));
    // when
    speak(one, 2);
    one.finish();
    // then
    assertThat(audioOf(client, "c1")).hasSize(2);
    FakeTurn two = pipeline.nextTurn();
    assertThat(written(two)).isEqualTo("Two. ");
    speak(two, 4);
    two.finish();
    assertThat(audioOf(client, "c1")).hasSize(4);
  }

  @Test
  void enoughTextIsSpokenWhenItsClientTriesToTriggerIt() throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI);
    String few = "too few letters ";
    String many = "x".repeat(50) + " ";
    // when
    for (String each : List.of(few, many)) {
      client.say(
          new JsonObject()
              .put("text", each)
              .put("context_id", "c1")
              .put("try_trigger_generation", true)
              .encode());
    }
    client.say(close("c1"));
    // then
    assertThat(written(pipeline.nextTurn())).isEqualTo(few + many + "|");
  }

  // Times.

  private static void speakTimed(FakeTurn turn) {
    turn.caption(0, "Hi you.")
        .format(24_000)
        .mark(PlayoutMark.Kind.CHUNK_START, 0, 0)
        .audio(new byte[4800])
        .on(Stage.PLAYBACK, new WordMark(0, 2400, 2))
        .audio(new byte[9600])
        .on(Stage.PLAYBACK, new WordMark(0, 7200, 7))
        .mark(PlayoutMark.Kind.CHUNK_END, 0, 7200)
        .finish();
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "&sync_alignment=true, 100"})
  void timesCountFromThoseBeforeOrFromTheBeginning(String query, int second) throws Exception {
    // given
    SocketClient client = serveAndConnect(MULTI + query);
    client.say(text("c1", "Hi you.")).say(close("c1"));
    // when
    speakTimed(pipeline.nextTurn());
    // then
    List<JsonObject> times = new ArrayList<>();
    StringBuilder chars = new StringBuilder();
    JsonObject message = next(client);
    while (!Boolean.TRUE.equals(message.getBoolean("isFinal"))) {
      JsonObject alignment = message.getJsonObject("alignment");
      if (alignment != null) {
        JsonArray of = alignment.getJsonArray("chars");
        assertThat(alignment.getJsonArray("charStartTimesMs")).hasSameSizeAs(of);
        assertThat(alignment.getJsonArray("charDurationsMs")).hasSameSizeAs(of);
        of.forEach(chars::append);
        times.add(alignment);
      }
      message = next(client);
    }
    assertThat(chars.toString()).isEqualTo("Hi you.");
    JsonObject first = times.get(0);
    assertThat(first.getJsonArray("charStartTimesMs").getInteger(0)).isZero();
    if (times.size() == 2) {
      assertThat(times.get(1).getJsonArray("charStartTimesMs").getInteger(0)).isEqualTo(second);
    } else {
      assertThat(first.getJsonArray("charStartTimesMs").getInteger(3)).isEqualTo(100);
    }
  }

  @Test
  void mp3IsTheDefaultAndEachContextIsAStreamOfItsOwn() throws Exception {
    // given
    SocketClient client = serveAndConnect(VOICE + "multi-stream-input");
    client.say(text("c1", "Hi. ")).say(close("c1"));
    FakeTurn turn = pipeline.nextTurn();
    // when
    speak(turn, 48_000);
    turn.finish();
    // then: a frame of MPEG audio
    byte[] audio = audioOf(client, "c1");
    assertThat(audio[0] & 0xff).isEqualTo(0xff);
    assertThat(audio[1] & 0xe0).isEqualTo(0xe0);
  }
}
