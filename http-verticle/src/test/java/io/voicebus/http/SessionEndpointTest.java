package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PastTurn;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextFlush;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SessionEndpointTest extends ServerTest {
  private SocketClient session(String... headers) throws Exception {
    return new SocketClient(vertx, http.actualPort(), "/v1/session", headers);
  }

  private static String append(String text) {
    return message("input_text.append").put("text", text).encode();
  }

  private static String prompt(String text) {
    return message("prompt").put("text", text).encode();
  }

  private static final String FLUSH = message("input_text.flush").encode();
  private static final String END = message("input_text.end").encode();
  private static final String CANCEL = message("cancel").encode();

  private static JsonObject message(String type) {
    return new JsonObject().put("type", type);
  }

  private static String position(long playedMs) {
    return message("position").put("played_ms", playedMs).encode();
  }

  /** Pieces that come at once may be joined. */
  private static void assertWritten(FakeTurn turn, String text) throws InterruptedException {
    StringBuilder written = new StringBuilder();
    while (written.length() < text.length()) {
      written.append(((TextDelta) turn.nextWritten()).text());
    }
    assertThat(written).hasToString(text);
  }

  @Test
  void saysATextWhileItsClientWritesIt() throws Exception {
    // given
    serve();
    SocketClient client = session();
    assertThat(client.message("session").getJsonObject("data").getString("conversation"))
        .hasSize(36);
    // when
    client.say(append("Hel")).say(append("lo. ")).say(FLUSH);
    // then
    FakeTurn turn = pipeline.nextTurn();
    assertThat(turn.prompt().turn().options().mode()).isEqualTo(TextMode.SAY);
    assertWritten(turn, "Hello. ");
    assertThat(turn.nextWritten()).isEqualTo(new TextFlush());
    String id = client.message("begin").getString("turn");
    assertThat(id).isEqualTo(turn.prompt().turn().turn().value());
    // when: it is heard before its end is written
    turn.format(24_000).audio(new byte[] {1, 2});
    // then
    assertThat(client.message("format").getString("turn")).isEqualTo(id);
    assertThat(client.audio(2)).containsExactly(1, 2);
    // when
    client.say(END);
    assertThat(turn.nextWritten()).isEqualTo(new TextEnded());
    turn.finish();
    // then
    JsonObject end = client.message("end");
    assertThat(end.getString("turn")).isEqualTo(id);
    assertThat(end.getJsonObject("data").getString("outcome")).isEqualTo("finished");
  }

  @Test
  void aTextWaitsUntilTheOneBeforeItHasBeenSent() throws Exception {
    // given
    serve();
    SocketClient client = session();
    client.say(append("First.")).say(END).say(append("Second.")).say(END);
    FakeTurn first = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2});
    assertThat(client.audio(2)).containsExactly(1, 2);
    assertWritten(first, "First.");
    // when
    first.audio(new byte[] {3, 4}).finish();
    FakeTurn second = pipeline.nextTurn().format(24_000).audio(new byte[] {5, 6}).finish();
    // then: everything between a turn's begin and its end is of that turn
    assertThat(client.next()).isEqualTo(Buffer.buffer(new byte[] {3, 4}));
    assertThat(client.message("end").getString("turn")).isEqualTo(id(first));
    assertThat(client.message("begin").getString("turn")).isEqualTo(id(second));
    assertThat(client.audio(2)).containsExactly(5, 6);
    assertThat(client.message("end").getString("turn")).isEqualTo(id(second));
    assertWritten(second, "Second.");
  }

  private static String id(FakeTurn turn) {
    return turn.prompt().turn().turn().value();
  }

  @Test
  void aPromptBreaksInAndTheConversationKnowsWhatWasHeard() throws Exception {
    // given
    serve();
    SocketClient client =
        new SocketClient(vertx, http.actualPort(), "/v1/session?conversation=talk");
    client.say(prompt("One?"));
    FakeTurn first = pipeline.nextTurn();
    assertThat(first.prompt().text()).isEqualTo("One?");
    assertThat(first.prompt().turn().options())
        .isEqualTo(TurnOptions.DEFAULTS.withConversation("talk").withMode(TextMode.ASK));
    first.text("One two three.").caption(0, "One two three.").format(24_000);
    first.audio(new byte[24_000]);
    assertThat(client.audio(24_000)).hasSize(24_000);
    client.say(position(400));
    first.awaitPosition();
    // when
    client.say(prompt("Two?"));
    // then
    first.awaitCancelled();
    JsonObject end = client.message("end");
    assertThat(end.getString("turn")).isEqualTo(id(first));
    assertThat(end.getJsonObject("data").getString("outcome")).isEqualTo("cancelled");
    assertThat(pipeline.nextHeard().conversation()).isEqualTo("talk");
    FakeTurn second = pipeline.nextTurn();
    assertThat(second.prompt().turn().options().conversation()).isEqualTo("talk");
    assertThat(client.message("begin").getString("turn")).isEqualTo(id(second));
    second.format(24_000).audio(new byte[] {7, 8}).finish();
    assertThat(client.audio(2)).containsExactly(7, 8);
  }

  @Test
  void aPositionMayBeThatOfATurnThatIsOver() throws Exception {
    // given
    serve();
    SocketClient client = session();
    client.say(prompt("One?"));
    FakeTurn first = pipeline.nextTurn();
    client.say(append("Two.")).say(END);
    first.text("One.").caption(0, "One.").format(24_000).audio(new byte[24_000]);
    client.audio(24_000);
    client.say(position(100));
    first.awaitPosition();
    first.finish();
    pipeline.nextTurn();
    assertThat(pipeline.nextHeard().state()).isEqualTo(PastTurn.State.UNDER_WAY);
    // when: the next turn has begun, and the first one is still played
    client.say(message("position").put("turn", id(first)).put("played_ms", 500).encode());
    // then
    assertThat(pipeline.nextHeard().state()).isEqualTo(PastTurn.State.HEARD);
  }

  @Test
  void cancelEndsWhatIsSaidAndTellsWhatWillNotBe() throws Exception {
    // given
    serve();
    SocketClient client = session();
    client.say(append("First.")).say(END).say(append("Second."));
    FakeTurn first = pipeline.nextTurn();
    // when
    client.say(CANCEL);
    // then
    first.awaitCancelled();
    assertThat(client.message("discarded").getJsonObject("data").getInteger("characters"))
        .isEqualTo(7);
    assertThat(client.event("end").getString("outcome")).isEqualTo("cancelled");
    // when: the session goes on
    client.say(append("Third."));
    // then
    assertWritten(pipeline.nextTurn(), "Third.");
  }

  @Test
  void whatIsStillWrittenOfATextThatHasFailedBeginsNoTurn() throws Exception {
    // given
    serve();
    SocketClient client = session();
    client.say(append("First."));
    pipeline.nextTurn().fail(failure(Stage.PLAYBACK, FailureKind.INTERNAL));
    assertThat(client.event("end").getString("outcome")).isEqualTo("failed");
    // when
    client.say(append("The rest of the first.")).say(END).say(append("Second."));
    // then
    assertWritten(pipeline.nextTurn(), "Second.");
  }

  @Test
  void takesChoicesForTheTurnsThatFollow() throws Exception {
    // given
    serve();
    SocketClient client = session();
    client.message("session");
    // when
    client.say(
        message("session.update")
            .put("voice", "embedded/kevin16")
            .put("language", "pt-BR")
            .put("mode", "verbatim")
            .put("pace", "asap")
            .put("audio", "base64")
            .put("pronunciations", new JsonObject().put("SQL", "sequel"))
            .encode());
    JsonObject now = client.message("session").getJsonObject("data");
    assertThat(now.getString("mode")).isEqualTo("verbatim");
    client.say(append("Olá SQL"));
    // then
    FakeTurn turn = pipeline.nextTurn();
    TurnOptions options = turn.prompt().turn().options();
    assertThat(options.voice()).isEqualTo("embedded/kevin16");
    assertThat(options.language()).isEqualTo("pt");
    assertThat(options.mode()).isEqualTo(TextMode.VERBATIM);
    assertThat(options.pace()).isEqualTo(Pace.ASAP);
    assertThat(options.pronunciations()).hasSize(1);
    // when
    turn.format(24_000).audio(new byte[] {1, 2});
    // then
    assertThat(Base64.getDecoder().decode(client.event("audio").getString("pcm")))
        .containsExactly(1, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "hello | not JSON",
        "[] | JSON object",
        "{} | 'type' must be one of session.update, prompt",
        "{\"type\":\"sing\"} | 'sing'",
        "{\"type\":\"prompt\"} | 'text' is missing",
        "{\"type\":\"prompt\",\"text\":\" \"} | the prompt is empty",
        "{\"type\":\"prompt\",\"text\":7} | 'text' must be a string",
        "{\"type\":\"prompt\",\"txt\":\"\"} | there is no field 'txt'",
        "{\"type\":\"input_text.append\",\"text\":\"a\\ud83dz\"} | surrogate pair",
        "{\"type\":\"position\",\"played_ms\":-1} | 'played_ms'",
        "{\"type\":\"session.update\",\"mode\":\"ask\"} | say or verbatim",
        "{\"type\":\"session.update\",\"language\":\"German\"} | such as en or pt-BR",
        "{\"type\":\"session.update\",\"audio\":\"mp3\"} | binary or base64",
        "{\"type\":\"session.update\",\"conversation\":\"\"} | 'conversation' must be a name",
        "{\"type\":\"session.update\",\"pronunciations\":{\"\":\"x\"}} | pronunciation",
      })
  void whatCannotBeUnderstoodIsToldAndTheSessionGoesOn(String wrong, String words)
      throws Exception {
    // given
    serve();
    SocketClient client = session();
    client.say(append("Hello "));
    FakeTurn turn = pipeline.nextTurn();
    // when
    client.say(wrong);
    // then
    JsonObject error = client.event("error");
    assertThat(error.getString("detail")).contains(words);
    assertThat(error.getInteger("status")).isEqualTo(400);
    client.say(append("you."));
    assertWritten(turn, "Hello you.");
  }

  @Test
  void bytesAreRefusedAndTheSessionGoesOn() throws Exception {
    serve();
    SocketClient client = session();
    client.say(new byte[] {1});
    assertThat(client.event("error").getString("detail")).contains("text frames");
    client.say(message("ping").encode());
    client.message("pong");
  }

  @Test
  void aTextWithoutAWordMakesNoTurnAndIsTold() throws Exception {
    serve();
    SocketClient client = session();
    client.say(END).say(FLUSH).say(append("")).say(append("\n ")).say(END);
    assertThat(client.event("error").getString("detail")).contains("no word");
    client.say(append("\n")).say(append("Yes."));
    assertWritten(pipeline.nextTurn(), "\nYes.");
  }

  @Test
  void joinsACharacterThatIsCutInTwo() throws Exception {
    serve();
    SocketClient client = session();
    client.say("{\"type\":\"input_text.append\",\"text\":\"Hi \\ud83d\"}");
    client.say("{\"type\":\"input_text.append\",\"text\":\"\\ude00!\"}");
    FakeTurn turn = pipeline.nextTurn();
    assertWritten(turn, "Hi \ud83d\ude00!");
  }

  @Test
  void aFullServerRefusesAPromptAndKeepsTheSession() throws Exception {
    // given
    serve("max-turns", 1);
    RawClient others = get(startTurn() + "/events");
    FakeTurn other = pipeline.nextTurn();
    SocketClient client = session();
    // when
    client.say(prompt("One?"));
    // then
    assertThat(client.event("error").getInteger("status")).isEqualTo(429);
    // when
    client.say(append("Two."));
    assertThat(client.event("error").getInteger("status")).isEqualTo(429);
    other.finish();
    others.readAll();
    // then: but its own turn makes room for the next
    client.say(END).say(append("Three."));
    FakeTurn own = pipeline.nextTurn();
    assertWritten(own, "Three.");
    client.say(prompt("Four?"));
    own.awaitCancelled();
    assertThat(pipeline.nextTurn().prompt().text()).isEqualTo("Four?");
  }

  @Test
  void aClientThatDoesNotReadStopsTheFlowAndLosesNothing() throws Exception {
    // given
    int bytes = 20_000_000;
    serve();
    SocketClient client = session();
    client.say(append("A long one.")).say(END);
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    client.message("format");
    client.pause();
    // when
    turn.flood(bytes).end(Stage.CHUNKER);
    SocketClient other = session();
    other.say(append("Another one.")).say(END);
    pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2}).finish();
    assertThat(other.audio(2)).containsExactly(1, 2);
    assertThat(turn.flooded()).isLessThan(bytes / 2);
    // when
    client.resume();
    // then
    byte[] audio = client.audio(bytes);
    for (int i = 0; i < audio.length; i++) {
      if (audio[i] != FakeTurn.sample(i)) {
        throw new AssertionError("byte " + i + " is wrong");
      }
    }
    assertThat(client.event("end").getString("outcome")).isEqualTo("finished");
  }

  @Test
  void aClientThatWritesFarAheadIsReadNoFasterThanItIsSpokenAndTakenToPlayOn() throws Exception {
    // given
    serve();
    SocketClient client = session();
    client.say(append("a word "));
    FakeTurn turn = pipeline.nextTurn();
    client.message("begin");
    client.say(position(100));
    assertThat(turn.awaitPosition().playedMs()).isEqualTo(100);
    int written = ((TextDelta) turn.nextWritten()).text().length();
    turn.on(Stage.CHUNKER, new ChunkCaption(0, "a word", 0, written));
    assertThat(turn.anythingWritten()).isFalse();
    // when: much more than may wait
    for (int i = 0; i < 60; i++) {
      client.say(append("a word ".repeat(2_000)));
    }
    while (written <= 64 * 1024) {
      written += ((TextDelta) turn.nextWritten()).text().length();
    }
    // then: what it says is not read, so its position is reckoned
    assertThat(turn.awaitPosition().playedMs()).isEqualTo(350);
    while (turn.anythingWritten()) {
      written += ((TextDelta) turn.nextWritten()).text().length();
    }
    assertThat(written).isLessThan(64 * 1024 + 2 * TextDelta.MAX_CHARS);
    // when what was written is spoken
    turn.on(Stage.CHUNKER, new ChunkCaption(1, "a word", 7, written))
        .on(Stage.PLAYBACK, new ChunkSpoken(0, 1, 0, 0, 0))
        .on(Stage.PLAYBACK, new ChunkSpoken(1, 1, 0, 0, 0));
    // then
    assertThat(List.of(turn.nextWritten(), turn.nextWritten()))
        .hasAtLeastOneElementOfType(TextDelta.class);
  }

  @Test
  void closingTheSocketEndsWhatIsUnderWay() throws Exception {
    // given
    serve();
    SocketClient client = session();
    client.say(prompt("One?"));
    FakeTurn turn = pipeline.nextTurn();
    client.message("begin");
    // when
    client.close();
    // then
    turn.awaitCancelled();
    assertThat(get("/v1/turns/" + id(turn)).readText()).contains("the client has gone");
  }

  @Test
  void whoseConnectionIsLostMayComeBackToItsTurn() throws Exception {
    // given
    serve();
    RawClient lost =
        call(
            "GET",
            "/v1/session",
            NOTHING,
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertThat(lost.status()).isEqualTo(101);
    byte[] text = utf8(prompt("One?"));
    byte[] frame = new byte[6 + text.length];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) (0x80 | text.length);
    System.arraycopy(text, 0, frame, 6, text.length);
    lost.send(frame);
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2});
    // when: as a network that goes away
    lost.close();
    SocketClient back =
        new SocketClient(
            vertx, http.actualPort(), "/v1/turns/" + id(turn) + "/ws?from=0&last_event_id=0");
    // then
    assertThat(back.audio(2)).containsExactly(1, 2);
    turn.audio(new byte[] {3, 4}).finish();
    assertThat(back.audio(2)).containsExactly(3, 4);
  }

  @Test
  void aSilentClientIsKept() throws Exception {
    // given
    serve("stalled-ms", 500, "heartbeat-ms", 20, "keep-alive-ms", 100, "request-ms", 100);
    SocketClient client = session();
    client.say(append("Wait for it: "));
    FakeTurn turn = pipeline.nextTurn();
    turn.nextWritten();
    RawClient beats = get(startTurn() + "/events");
    // when
    for (int beat = 0; beat < 50; beat++) {
      assertThat(beats.read(3)).isEqualTo(utf8(":\n\n"));
    }
    // then
    client.say(append("now."));
    assertWritten(turn, "now.");
  }

  @ParameterizedTest
  @ValueSource(ints = {66_000, 1_000_000})
  void aMessageThatIsTooLongClosesTheSocketWithWords(int length) throws Exception {
    serve();
    SocketClient client = session();
    client.say(append("x".repeat(length)));
    assertThat(client.closeCode()).isEqualTo(1009);
  }

  @Test
  void aMessageOf60KilobytesIsTaken() throws Exception {
    serve();
    SocketClient client = session();
    client.say(append("word ".repeat(12_000)));
    assertThat(pipeline.nextTurn().nextWritten()).isInstanceOf(TextDelta.class);
  }

  @Test
  void manyMessagesAtOnceAreTakenOneAfterAnother() throws Exception {
    // given
    serve();
    SocketClient client = session();
    // when: more than may come at once
    for (int i = 0; i < 2_500; i++) {
      client.say(append(i + " "));
    }
    client.say(END);
    // then
    FakeTurn turn = pipeline.nextTurn();
    StringBuilder written = new StringBuilder();
    while (turn.nextWritten() instanceof TextDelta delta) {
      written.append(delta.text());
    }
    assertThat(written.toString()).endsWith("2498 2499 ");
  }

  @Test
  void aServerThatStopsLetsATurnEndAndClosesItsSessions() throws Exception {
    // given
    serve("drain-ms", 10_000);
    SocketClient idle = session();
    idle.message("session");
    SocketClient busy = session();
    busy.say(append("Hello.")).say(END);
    FakeTurn turn = pipeline.nextTurn().format(24_000);
    busy.message("format");
    // when
    var stopped = vertx.undeploy(http.deploymentID());
    // then
    assertThat(idle.closeCode()).isEqualTo(1001);
    busy.say(prompt("More?"));
    assertThat(busy.event("error").getString("detail")).contains("stopping");
    turn.audio(new byte[] {1, 2}).finish();
    assertThat(busy.audio(2)).containsExactly(1, 2);
    assertThat(busy.closeCode()).isEqualTo(1001);
    stopped.await(10, TimeUnit.SECONDS);
  }

  @Test
  void refusesWhoMayNotOpenOneAndWhoAsksForNoSocket() throws Exception {
    serve();
    assertThatThrownBy(() -> session("Origin", "https://evil.example"))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class, why -> assertThat(why.getStatus()).isEqualTo(403));
    assertProblem(get("/v1/session"), 426, "upgrade-required");
    assertProblem(get("/v1/session?voice=x"), 400, "invalid-request");
  }

  /** Its sender would believe that it has an effect. */
  @ParameterizedTest
  @CsvSource({
    "prompt, voice, session.update sets it",
    "prompt, played_ms, does not go with prompt",
    "input_text.append, language, session.update sets it",
    "input_text.flush, text, does not go with input_text.flush",
    "session.update, text, does not go with session.update",
    "cancel, turn, does not go with cancel"
  })
  void whatIsOfAnotherMessageIsRefused(String type, String field, String words) throws Exception {
    serve();
    SocketClient client = session();
    JsonObject given = message(type).put(field, "x");
    if (type.equals("prompt") || type.equals("input_text.append")) {
      given.put("text", "Hello.");
    }
    client.say(given.encode());
    assertThat(client.message("error").getJsonObject("data").getString("detail"))
        .contains("'" + field + "'")
        .contains(words);
    assertThat(pipeline.anyTurn()).isFalse();
  }
}
