package io.voicebus.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Sink;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.UnspokenText;
import io.voicebus.turn.TurnEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents' messages do, and what they are answered. */
class McpSessionTest {
  private static final Failure NO_CARD =
      new Failure(Stage.PLAYBACK, FailureKind.UNAVAILABLE, "there is no sound card here");

  private final Vertx vertx = Vertx.vertx();
  private final FakeTurns turns = new FakeTurns(vertx);
  private final Path lock;
  private final Speaker speaker;
  private final McpServer server;
  private final McpSession session;
  private int ids;

  McpSessionTest(@TempDir Path own) {
    lock = own.resolve("lock");
    speaker = new Speaker(lock);
    server = new McpServer(speaker, EnumSet.allOf(Output.class));
    session = new McpSession(server, turns);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private static McpSession.Answer get(Future<McpSession.Answer> answer) throws Exception {
    return answer.await(20, TimeUnit.SECONDS);
  }

  private Future<McpSession.Answer> send(McpSession to, String method, JsonObject params) {
    ids++;
    return to.handle(
        new JsonObject()
            .put("jsonrpc", "2.0")
            .put("id", ids)
            .put("method", method)
            .put("params", params)
            .encode());
  }

  private Future<McpSession.Answer> call(String tool, Object... arguments) {
    return call(session, tool, arguments);
  }

  private Future<McpSession.Answer> call(McpSession of, String tool, Object... arguments) {
    JsonObject given = new JsonObject();
    for (int i = 0; i < arguments.length; i += 2) {
      given.put((String) arguments[i], arguments[i + 1]);
    }
    return send(of, "tools/call", new JsonObject().put("name", tool).put("arguments", given));
  }

  private static JsonObject result(Future<McpSession.Answer> answer) throws Exception {
    return new JsonObject(get(answer).json()).getJsonObject("result");
  }

  private static String words(Future<McpSession.Answer> answer) throws Exception {
    JsonObject result = result(answer);
    String words = result.getJsonArray("content").getJsonObject(0).getString("text");
    return result.getBoolean("isError", false) ? "error: " + words : words;
  }

  @Test
  void aTextIsSaidAndAnsweredWhenItBeginsToBeHeard() throws Exception {
    // when
    Future<McpSession.Answer> answer =
        call("say", "text", "Hello *you*.", "language", "en-GB", "speed", 1.25);
    FakeTurns.Started turn = turns.next();
    assertThat(answer.isComplete()).isFalse();
    turn.heard();
    // then
    assertThat(words(answer)).isEqualTo("text 1 is being spoken");
    assertThat(turn.request.prompt()).isEqualTo("Hello *you*.");
    assertThat(turn.request.sink()).isEqualTo(Sink.CARD);
    assertThat(turn.request.options().mode()).isEqualTo(TextMode.SAY);
    assertThat(turn.request.options().pace()).isEqualTo(Pace.REALTIME);
    assertThat(turn.request.options().language()).isEqualTo("en");
    assertThat(turn.request.options().speed()).isEqualTo(1250);
  }

  @Test
  void whoWaitsIsToldHowLongItWasSpokenAndWhatWasLeftOut() throws Exception {
    Future<McpSession.Answer> answer = call("say", "text", "Hello.", "wait", true);
    FakeTurns.Started turn = turns.next().heard();
    turn.event(
        new TurnEvent.Skipped(
            new ChunkSkipped(
                1, new Failure(Stage.SPEECH, FailureKind.INVALID_REQUEST, "it is refused"))));
    turn.end(null);
    assertThat(words(answer))
        .isEqualTo("spoken 3.2 s; left out: a part of the text (it is refused)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"speaker", "audio"})
  void aTextOfWhichNothingCanBeSpokenIsAMistakeThatIsTold(String output) throws Exception {
    Future<McpSession.Answer> answer = call("say", "text", "...", "output", output);
    FakeTurns.Started turn = turns.next();
    turn.event(new TurnEvent.Unspoken(new UnspokenText(0, 3, UnspokenText.Content.MARKUP)));
    turn.endSilent();
    assertThat(words(answer))
        .isEqualTo("error: nothing was spoken; left out: markup, or signs without a word");
    assertThat(words(call("status"))).isEqualTo("nothing is being said");
  }

  @Test
  void severalAgentsDoNotTalkOverEachOther() throws Exception {
    // given: one agent speaks
    Future<McpSession.Answer> first = call("say", "text", "One.", "wait", true);
    FakeTurns.Started one = turns.next().heard();
    // when: another one wants to
    FakeTurns others = new FakeTurns(vertx);
    Future<McpSession.Answer> second = call(new McpSession(server, others), "say", "text", "Two.");
    // then
    assertThat(words(second)).isEqualTo("text 2 waits: one text comes first");
    assertThat(words(call("status"))).isEqualTo("text 1 is being said, and 1 wait");
    assertThat(others.noneWaits()).isTrue();
    one.end(null);
    assertThat(words(first)).isEqualTo("spoken 3.2 s");
    assertThat(others.next().request.prompt()).isEqualTo("Two.");
  }

  /** As two agents have it that have each started a process. */
  @Test
  void processesDoNotTalkOverEachOther() throws Exception {
    // given: the same lock, and nothing else in common
    FakeTurns others = new FakeTurns(vertx);
    Speaker same = new Speaker(lock);
    McpSession other = new McpSession(new McpServer(same, EnumSet.allOf(Output.class)), others);
    call("say", "text", "One.");
    FakeTurns.Started one = turns.next().heard();
    // when
    call(other, "say", "text", "Two.");
    assertThat(words(call(other, "status"))).startsWith("text 1 is being said");
    assertThat(others.noneWaits()).isTrue();
    one.end(null);
    // then
    assertThat(others.next().request.prompt()).isEqualTo("Two.");
  }

  @Test
  void aTextThatInterruptsIsSaidInPlaceOfTheOthers() throws Exception {
    Future<McpSession.Answer> first = call("say", "text", "One.", "wait", true);
    FakeTurns.Started one = turns.next().heard();
    Future<McpSession.Answer> second = call("say", "text", "Two.", "wait", true);
    assertThat(words(call("status"))).contains("and 1 wait");
    // when
    call("say", "text", "Fire!", "interrupt", true);
    // then
    assertThat(words(first)).isEqualTo("stopped: another text interrupted it");
    assertThat(words(second)).startsWith("stopped: another text");
    assertThat(one.cancelled.poll(10, TimeUnit.SECONDS)).contains("interrupted");
    assertThat(turns.next().request.prompt()).isEqualTo("Fire!");
  }

  @Test
  void stopStopsWhatIsSaidAndWhatWaits() throws Exception {
    call("say", "text", "One.");
    FakeTurns.Started one = turns.next();
    assertThat(words(call("say", "text", "Two."))).contains("text 2 waits");
    assertThat(words(call("stop"))).isEqualTo("stopped, with 1 that waited");
    assertThat(one.cancelled.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(words(call("status"))).isEqualTo("nothing is being said");
    assertThat(words(call("stop"))).isEqualTo("nothing was being said");
    assertThat(turns.noneWaits()).isTrue();
  }

  @Test
  void whatFailsIsTold() throws Exception {
    Future<McpSession.Answer> answer = call("say", "text", "One.");
    turns.next().end(NO_CARD);
    assertThat(words(answer)).startsWith("error: there is no sound card").contains("output=audio");
    assertThat(words(call("status"))).isEqualTo("nothing is being said");
  }

  @Test
  void whatFailsAfterItsAnswerIsToldLater() throws Exception {
    Future<McpSession.Answer> answer = call("say", "text", "One.");
    FakeTurns.Started turn = turns.next().heard();
    assertThat(words(answer)).contains("is being spoken");
    turn.end(NO_CARD);
    while (!words(call("status")).startsWith("nothing")) {
      Thread.onSpinWait();
    }
    assertThat(words(call("status"))).contains("failed: text 1: there is no sound card here");
  }

  @Test
  void aTextThatItsClientCancelsIsStoppedAndTheNextOneBegins() throws Exception {
    Future<McpSession.Answer> first = call("say", "text", "One.", "wait", true);
    FakeTurns.Started one = turns.next();
    call("say", "text", "Two.");
    // when
    session.handle(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
            + "\"params\":{\"requestId\":1}}");
    // then: as the protocol has it, without an answer
    assertThat(get(first).json()).isEmpty();
    assertThat(one.cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("the client has gone");
    assertThat(turns.next().request.prompt()).isEqualTo("Two.");
  }

  @Test
  void aTextIsCancelledOverAnotherConnectionByItsOwnClientOnly() throws Exception {
    // given
    McpSession asks = new McpSession(server, turns, "agent");
    Future<McpSession.Answer> first = call(asks, "say", "text", "One.", "output", "audio");
    FakeTurns.Started one = turns.next();
    String cancel =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
            + "\"params\":{\"requestId\":1}}";
    // An answer to a later request says that the first one is known.
    words(call(asks, "status"));
    // when: another client has a request of the same id
    get(new McpSession(server, turns, "another").handle(cancel));
    get(new McpSession(server, turns).handle(cancel));
    assertThat(first.isComplete()).isFalse();
    get(new McpSession(server, turns, "agent").handle(cancel));
    // then
    assertThat(get(first).json()).isEmpty();
    assertThat(one.cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("the client has gone");
  }

  @Test
  void aClientThatGoesTakesWithItWhatItWaitsFor() throws Exception {
    call("say", "text", "One.", "output", "audio");
    FakeTurns.Started turn = turns.next();
    // An answer to a later request says that the first one is known.
    words(call("status"));
    turns.context().runOnContext(ignored -> session.close());
    assertThat(turn.cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("the client has gone");
  }

  @Test
  void soundComesBackInTheAnswer() throws Exception {
    Future<McpSession.Answer> answer = call("say", "text", "One.", "output", "audio");
    FakeTurns.Started turn = turns.next();
    assertThat(turn.request.sink()).isEqualTo(Sink.BUS);
    turn.audio(2);
    turn.end(null);
    JsonObject audio = result(answer).getJsonArray("content").getJsonObject(1);
    assertThat(words(answer)).isEqualTo("spoken 2.0 s");
    assertThat(audio.getString("type")).isEqualTo("audio");
    assertThat(audio.getString("mimeType")).isEqualTo("audio/mpeg");
    assertThat(Base64.getDecoder().decode(audio.getString("data"))).hasSizeGreaterThan(4000);
  }

  @Test
  void aFileIsNamedByWhoHasTheMachine(@TempDir Path folder) throws Exception {
    String file = folder.resolve("a.mp3").toString();
    Future<McpSession.Answer> answer = call("say", "text", "A.", "output", "file", "file", file);
    FakeTurns.Started turn = turns.next();
    assertThat(turn.request.path()).isEqualTo(file);
    turn.end(null);
    assertThat(words(answer)).isEqualTo("written to " + file);
    // and not one that is there
    Files.writeString(folder.resolve("a.mp3"), "mine");
    assertThat(words(call("say", "text", "A.", "output", "file", "file", file)))
        .startsWith("error: say: there is such a file already");
  }

  @ParameterizedTest
  @CsvSource({
    "text,' ',text is empty",
    "text,7,must be a string",
    "txt,Hello,has no argument 'txt': it has file",
    "wait,yes,must be true or false",
    "output,screen,'must be one of speaker, audio, file'",
    "output,file,give both",
    "file,/tmp/x.wav,give both",
    "language,english,a code such as en",
    "speed,fast,must be a number",
    "speed,7,must be 0.25 to 4",
  })
  void wrongArgumentsAreToldInWords(String name, String value, String words) throws Exception {
    JsonObject arguments = new JsonObject().put("text", "Hello.");
    arguments.put(name, value.equals("7") ? (Object) 7 : value);
    Future<McpSession.Answer> answer =
        send(
            session, "tools/call", new JsonObject().put("name", "say").put("arguments", arguments));
    assertThat(words(answer)).startsWith("error: say").contains(words);
    assertThat(turns.noneWaits()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"relative.wav,absolute", "/tmp/x.txt,must end in", "/etc,must end in"})
  void aFileMustBeOfSound(String file, String words) throws Exception {
    assertThat(words(call("say", "text", "A.", "output", "file", "file", file))).contains(words);
  }

  @Test
  void aTextThatIsTooLongIsRefused() throws Exception {
    assertThat(words(call("say", "text", "é".repeat(501)))).contains("longer than 1000 bytes");
  }

  @Test
  void noMoreTextsWaitThanThereIsRoomFor() throws Exception {
    for (int i = 0; i <= Speaker.MAX_WAITING; i++) {
      call("say", "text", "One.");
    }
    turns.next();
    assertThat(words(call("say", "text", "Too much.")))
        .startsWith("error: too much waits to be spoken already (32 texts)");
  }

  @Test
  void voicesAreListedByLanguage() throws Exception {
    assertThat(words(call("voices"))).isEqualTo("here/kevin  Kevin (en)\nhere/anna  Anna (de-DE)");
    assertThat(words(call("voices", "language", "de"))).isEqualTo("here/anna  Anna (de-DE)");
    assertThat(words(call("voices", "engine", "x"))).contains("has no argument 'engine'");
  }

  @Test
  void whereNobodyIsInTheRoomThereIsNoLoudspeaker() throws Exception {
    McpSession remote = new McpSession(new McpServer(speaker, Set.of(Output.AUDIO)), turns);
    assertThat(get(send(remote, "tools/list", new JsonObject())).json())
        .contains("\"say\"", "\"voices\"")
        .doesNotContain("\"stop\"", "speaker", "\"file\"");
    assertThat(words(call(remote, "say", "text", "A.", "output", "speaker")))
        .contains("output must be one of audio");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05,2024-11-05",
    "2025-06-18,2025-06-18",
    "2025-11-25,2025-11-25",
    "2099-01-01,2025-11-25"
  })
  void revisionsAreAgreedUpon(String asked, String answered) throws Exception {
    JsonObject client = new JsonObject().put("name", "test").put("version", "1");
    Future<McpSession.Answer> answer =
        send(
            session,
            "initialize",
            new JsonObject()
                .put("protocolVersion", asked)
                .put("capabilities", new JsonObject())
                .put("clientInfo", client));
    assertThat(result(answer).getString("protocolVersion")).isEqualTo(answered);
    assertThat(result(answer).getJsonObject("serverInfo").getString("name")).isEqualTo("voicebus");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | -32700",
        "[] | -32600",
        "{} | -32600",
        "{\"jsonrpc\":\"2.0\" | -32700",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} and more | -32700",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}{\"id\":2} | -32700",
        "7 | -32600"
      })
  void whatIsNoMessageIsAnsweredAsSuch(String line, String code) throws Exception {
    McpSession.Answer answer = get(session.handle(line));
    assertThat(answer.understood()).isFalse();
    assertThat(answer.json()).contains(code);
    assertThat(words(call("status"))).isEqualTo("nothing is being said");
  }

  /** Who waits for the answer to an id waits for ever, if it comes without. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":7,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"1.0\",\"id\":7,\"method\":\"ping\"}",
        "{\"jsonrpc\":2.0,\"id\":7,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":7}",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":5}"
      })
  void whatIsNoMessageIsAnsweredUnderItsId(String json) throws Exception {
    JsonObject answer = new JsonObject(get(session.handle(json)).json());
    assertThat(answer.getInteger("id")).as(answer.encode()).isEqualTo(7);
    assertThat(answer.getJsonObject("error").getInteger("code")).isNegative();
  }

  @Test
  void aBatchIsToldToBeNone() throws Exception {
    JsonObject answer = new JsonObject(get(session.handle("[]")).json());
    assertThat(answer.getJsonObject("error").getInteger("code")).isEqualTo(-32600);
    assertThat(answer.encode()).contains("one message at a time");
  }

  @Test
  void halfOfACharacterIsNotSaid() throws Exception {
    String call =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"say\","
            + "\"arguments\":{\"text\":\"Hello \\ud83d\"}}}";
    assertThat(words(session.handle(call)))
        .isEqualTo("error: say: text has half of a surrogate pair, which is no character");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "[1]", "7", "{\"name\":{}}", "{\"name\":\"say\",\"arguments\":[1]}"})
  void paramsThatAreNotTheMethodsAreAnswered(String params) throws Exception {
    McpSession.Answer answer =
        get(
            session.handle(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":"
                    + params
                    + "}"));
    JsonObject json = new JsonObject(answer.json());
    assertThat(json.getInteger("id")).isEqualTo(7);
    assertThat(json.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
    assertThat(json.encode()).doesNotContain("jackson", "JsonToken");
  }
}
