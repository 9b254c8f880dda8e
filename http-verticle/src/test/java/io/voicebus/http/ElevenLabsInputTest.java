package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextFlush;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.WordMark;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ElevenLabs' WebSockets, as their clients use them. */
class ElevenLabsInputTest extends ServerTest {
  private static final String VOICE = "/v1/text-to-speech/kevin16/";
  private static final String PCM = "?model_id=eleven_flash_v2_5&output_format=pcm_24000";
  private static final String MULTI = VOICE + "multi-stream-input" + PCM;
  private static final String SINGLE = VOICE + "stream-input" + PCM;

  private SocketClient connect(String path) throws Exception {
    return new SocketClient(vertx, http.actualPort(), path, "xi-api-key", "anything");
  }

  /** As LiveKit opens a context. */
  private static String open(String context) {
    return new JsonObject()
        .put("text", " ")
        .put("voice_settings", new JsonObject())
        .put("context_id", context)
        .encode();
  }

  private static String text(String context, String text) {
    return new JsonObject().put("text", text).put("context_id", context).encode();
  }

  private static String flush(String context) {
    return new JsonObject().put("text", "").put("context_id", context).put("flush", true).encode();
  }

  private static String close(String context) {
    return new JsonObject().put("context_id", context).put("close_context", true).encode();
  }

  private static JsonObject next(SocketClient client) throws InterruptedException {
    return (JsonObject) client.next();
  }

  /** What was written into a turn up to its end, {@code |} for a flush. */
  private static String written(FakeTurn turn) throws InterruptedException {
    StringBuilder all = new StringBuilder();
    while (true) {
      Message next = turn.nextWritten();
      if (next instanceof TextDelta delta) {
        all.append(delta.text());
      } else if (next instanceof TextFlush) {
        all.append('|');
      } else if (next instanceof TextEnded) {
        return all.toString();
      }
    }
  }

  private static void speak(FakeTurn turn, int bytes) {
    turn.format(24_000).audio(new byte[bytes]);
  }

  /** Skips to the last message of a context; its audio until then. */
  private static byte[] audioOf(SocketClient client, String context) throws InterruptedException {
    ByteArrayOutputStream audio = new ByteArrayOutputStream();
    while (true) {
      JsonObject message = next(client);
      assertThat(message.getString("error")).isNull();
      if (context.equals(message.getString("contextId"))) {
        if (Boolean.TRUE.equals(message.getBoolean("isFinal"))) {
          return audio.toByteArray();
        }
        audio.writeBytes(Base64.getDecoder().decode(message.getString("audio")));
      }
    }
  }

  // A context.

  @Test
  void aContextIsHeardWhileItIsBeingWritten() throws Exception {
    // given
    serve();
    SocketClient client = connect(MULTI);
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
    serve();
    SocketClient client = connect(MULTI + "&auto_mode=true&language_code=de");
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
    serve();
    SocketClient client = connect(MULTI);
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
    serve();
    SocketClient client = connect(MULTI);
    // when
    client.say(keepAlive).say("{\"text\": \"\", \"context_id\": \"late\"}").say(flush("later"));
    client.say(text("c1", "Hello. "));
    // then
    assertThat(pipeline.nextTurn().nextWritten()).isEqualTo(new TextDelta("Hello. "));
  }

  @Test
  void anEmptyTextKeepsAContextAliveAndEndsNothing() throws Exception {
    // given
    serve();
    SocketClient client = connect(MULTI);
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
    serve();
    SocketClient client = connect(MULTI);
    // when
    client.say(open("c1")).say(flush("c1")).say(close("c1"));
    // then
    assertThat(next(client))
        .isEqualTo(new JsonObject().put("isFinal", true).put("contextId", "c1"));
  }

  @Test
  void aClosedContextIsSpokenToItsEndThoughItWasNotFlushed() throws Exception {
    // given
    serve();
    SocketClient client = connect(MULTI);
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
    serve();
    SocketClient client = connect(MULTI);
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
    serve();
    SocketClient client = connect(MULTI);
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
    serve();
    SocketClient client = connect(MULTI);
    client.say(text("c1", "One. ")).say(close("c1")).say(text("c1", "Two. ")).say(close("c1"));
    FakeTurn one = pipeline.nextTurn();
    assertThat(written(one)).isEqualTo("One. ");
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
    serve();
    SocketClient client = connect(MULTI);
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
    serve();
    SocketClient client = connect(MULTI + query);
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
    serve();
    SocketClient client = connect(VOICE + "multi-stream-input");
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

  // One text.

  @Test
  void oneTextASocketEndsWithAnEmptyOneAndIsClosed() throws Exception {
    // given
    serve();
    SocketClient client = connect(SINGLE);
    client.say(
        "{\"text\": \" \", \"voice_settings\": {\"stability\": 0.5}, \"xi_api_key\": \"k\"}");
    client.say("{\"text\": \"Hello \"}").say("{\"text\": \"there. \"}");
    // when: an empty text with a flush ends nothing
    client.say("{\"text\": \"\", \"flush\": true}").say("{\"text\": \"Bye.\"}");
    client.say("{\"text\": \"\"}");
    FakeTurn turn = pipeline.nextTurn();
    assertThat(written(turn)).isEqualTo("Hello there. |Bye.");
    speak(turn, 4);
    turn.finish();
    // then
    JsonObject audio = next(client);
    assertThat(Base64.getDecoder().decode(audio.getString("audio"))).hasSize(4);
    assertThat(audio.containsKey("contextId")).isFalse();
    JsonObject last = next(client);
    assertThat(last.getBoolean("isFinal")).isTrue();
    assertThat(last.containsKey("audio")).isTrue();
    assertThat(last.getValue("audio")).isNull();
    assertThat(client.closeCode()).isEqualTo(1000);
  }

  @Test
  void aTextThatEndsBeforeItHasAWordIsClosedAtOnce() throws Exception {
    // given
    serve();
    SocketClient client = connect(SINGLE);
    // when
    client.say("{\"text\": \"\"}");
    // then
    assertThat(next(client).getBoolean("isFinal")).isTrue();
    assertThat(client.closeCode()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "SPEECH, NOT_FOUND, voice_id_does_not_exist",
    "SPEECH, QUOTA, quota_exceeded",
    "SPEECH, RATE_LIMITED, too_many_concurrent_requests",
    "PLAYBACK, UNAVAILABLE, system_busy",
  })
  void aTextThatFailsIsToldAndItsSocketClosed(Stage stage, FailureKind kind, String error)
      throws Exception {
    // given
    serve();
    SocketClient client = connect(SINGLE);
    client.say("{\"text\": \"Hello. \"}");
    FakeTurn turn = pipeline.nextTurn();
    speak(turn, 4);
    next(client);
    // when
    turn.failAs(new Failure(stage, kind, "please do something about it"));
    // then
    JsonObject told = next(client);
    assertThat(told.getString("error")).isEqualTo(error);
    assertThat(told.getString("message")).contains("please do something about it");
    assertThat(told.getInteger("code")).isEqualTo(1008);
    assertThat(client.closeCode()).isEqualTo(1008);
  }

  // Faults.

  @Test
  void aContextThatFailsFailsAlone() throws Exception {
    // given
    serve();
    SocketClient client = connect(MULTI);
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
  void aSixthContextIsRefusedAndTheOthersGoOn() throws Exception {
    // given
    serve();
    SocketClient client = connect(MULTI);
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
    serve();
    SocketClient client = connect(MULTI);
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
    serve();
    SocketClient client = connect(MULTI);
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
    serve();
    SocketClient client = connect(MULTI);
    // when
    client.say(new byte[] {1, 2, 3});
    // then
    assertThat(next(client).getString("error")).isEqualTo("invalid_input_message");
    assertThat(client.closeCode()).isEqualTo(1008);
  }

  @Test
  void aMessageThatIsTooLongClosesTheSocketAndItsTurns() throws Exception {
    // given
    serve();
    SocketClient client = connect(MULTI);
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
    serve();
    SocketClient client = connect(MULTI);
    String piece = "All work and no play makes Jack a dull boy. ".repeat(100);
    // when
    for (int i = 0; i < 240; i++) {
      client.say(text("c1", piece));
    }
    client.say(close("c1"));
    FakeTurn turn = pipeline.nextTurn();
    // then: nothing of it is lost, and none of it comes before there is room
    int length = 0;
    Message next = turn.nextWritten();
    int chunk = 0;
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
    assertThat(length).isEqualTo(240 * piece.length());
  }

  @Test
  void aClientThatDoesNotReadStopsTheFlow() throws Exception {
    // given
    serve();
    SocketClient client = connect(MULTI);
    client.say(text("c1", "A long story. ")).say(close("c1"));
    FakeTurn turn = pipeline.nextTurn();
    client.pause();
    // when
    long bytes = 8L * 1024 * 1024;
    turn.format(24_000).flood(bytes);
    turn.anythingWritten();
    long before = turn.flooded();
    assertThat(before).isLessThan(bytes);
    client.resume();
    // then
    byte[] audio = audioOf(client, "c1");
    assertThat(audio).hasSize((int) bytes);
    assertThat(audio[(int) bytes - 1]).isEqualTo(FakeTurn.sample(bytes - 1));
  }

  @Test
  void aClientThatGoesAwayEndsItsTurns() throws Exception {
    // given
    serve();
    SocketClient client = connect(MULTI);
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

  @Test
  void aSocketThatIsClosedOnRequestSpeaksFirstWhatWasWritten() throws Exception {
    // given
    serve();
    SocketClient client = connect(MULTI);
    client.say(text("c1", "One. "));
    FakeTurn turn = pipeline.nextTurn();
    // when
    client.say("{\"close_socket\": true}");
    // then
    assertThat(written(turn)).isEqualTo("One. ");
    speak(turn, 2);
    turn.finish();
    assertThat(audioOf(client, "c1")).hasSize(2);
    assertThat(client.closeCode()).isEqualTo(1000);
  }

  @Test
  void aContextThatIsNotWrittenOnIsSpokenAndThenToldToBeLate() throws Exception {
    // given
    serve();
    SocketClient client = connect(MULTI + "&inactivity_timeout=1");
    client.say(text("c1", "One. "));
    FakeTurn turn = pipeline.nextTurn();
    // when: nothing more comes
    assertThat(written(turn)).isEqualTo("One. ");
    speak(turn, 2);
    turn.finish();
    // then
    assertThat(Base64.getDecoder().decode(next(client).getString("audio"))).hasSize(2);
    JsonObject late = next(client);
    assertThat(late.getString("error")).isEqualTo("input_timeout_exceeded");
    assertThat(late.getString("contextId")).isEqualTo("c1");
    // and the socket, on which nothing comes either
    JsonObject silent = next(client);
    assertThat(silent.getString("error")).isEqualTo("input_timeout_exceeded");
    assertThat(silent.containsKey("contextId")).isFalse();
    assertThat(client.closeCode()).isEqualTo(1008);
  }

  @Test
  void aServerThatStopsSpeaksWhatIsUnderWay() throws Exception {
    // given
    serve("drain-ms", 10_000);
    SocketClient client = connect(MULTI);
    client.say(text("c1", "One. "));
    FakeTurn turn = pipeline.nextTurn();
    // when
    http.drain();
    client.say(text("c1", "And the rest. ")).say(close("c1"));
    // then
    assertThat(written(turn)).isEqualTo("One. And the rest. ");
    speak(turn, 2);
    turn.finish();
    assertThat(audioOf(client, "c1")).hasSize(2);
    assertThat(client.closeCode()).isEqualTo(1001);
  }

  @Test
  void oneMoreThanAClientMayHaveIsToldWithItsContext() throws Exception {
    // given
    serve("client-turns", 1);
    SocketClient client = connect(MULTI);
    client.say(text("a", "One. "));
    pipeline.nextTurn();
    // when
    client.say(text("b", "Two. "));
    // then
    JsonObject told = next(client);
    assertThat(told.getString("error")).isEqualTo("too_many_concurrent_requests");
    assertThat(told.getString("contextId")).isEqualTo("b");
  }

  // The upgrade.

  private JsonObject refusal(String path, int status) {
    UpgradeRejectedException[] refused = new UpgradeRejectedException[1];
    assertThatThrownBy(() -> connect(path))
        .isInstanceOfSatisfying(UpgradeRejectedException.class, why -> refused[0] = why);
    assertThat(refused[0].getStatus()).isEqualTo(status);
    return new JsonObject(refused[0].getBody()).getJsonObject("detail");
  }

  @Test
  void whatCannotBeServedIsRefusedAtTheUpgrade() throws Exception {
    // given
    serve();
    // then
    JsonObject format = refusal(VOICE + "multi-stream-input?output_format=pcm_7", 400);
    assertThat(format.getString("code")).isEqualTo("unsupported_output_format");
    JsonObject timeout = refusal(MULTI + "&inactivity_timeout=soon", 400);
    assertThat(timeout.getString("param")).isEqualTo("inactivity_timeout");
    RawClient plain = call("GET", SINGLE, NOTHING, "xi-api-key: k");
    assertThat(plain.status()).isEqualTo(426);
    assertThat(new JsonObject(plain.readText()).getJsonObject("detail")).isNotNull();
  }

  @Test
  void theAccessTokenIsTheKey() throws Exception {
    // given
    String token = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
    serve("access-token", token);
    // then
    assertThat(refusal(MULTI, 401).getString("code")).isEqualTo("invalid_api_key");
    new SocketClient(vertx, http.actualPort(), MULTI, "xi-api-key", token).say(text("a", "Hi. "));
    assertThat(pipeline.nextTurn().nextWritten()).isEqualTo(new TextDelta("Hi. "));
  }

  @Test
  void aConnectionThatIsCutEndsItsTurns() throws Exception {
    // given
    serve();
    RawClient raw = client();
    raw.sendHead(
        "GET " + MULTI + " HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13");
    assertThat(raw.awaitHead().status()).isEqualTo(101);
    raw.send(frame(text("c1", "One. ")));
    FakeTurn turn = pipeline.nextTurn();
    // when
    raw.close();
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
