package io.voicebus.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WavHeader;
import io.voicebus.http.door.RequestBodies;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakEndpointTest extends ServerTest {
  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  @Test
  void speaksAFormPostAsThePlainTextThatItIs() throws Exception {
    // given
    serve();
    RawClient client = send("POST", "/v1/speak", utf8("Is 50% + 50% = 100%? a&b=c"), FORM);
    // when
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2}).finish();
    // then
    assertThat(turn.prompt().text()).isEqualTo("Is 50% + 50% = 100%? a&b=c");
    assertThat(turn.prompt().turn().options()).isEqualTo(TurnOptions.DEFAULTS.withPace(Pace.ASAP));
    assertThat(client.awaitHead().status()).isEqualTo(200);
    assertThat(client.header("voicebus-turn")).isEqualTo(turn.prompt().turn().turn().value());
    assertThat(client.header("content-type")).isEqualTo("audio/wav");
    assertThat(client.readAll()).hasSize(WavHeader.BYTES + 2);
  }

  @Test
  void aTextIsSpokenWhileItArrives() throws Exception {
    // given
    serve();
    RawClient client =
        client()
            .sendHead("POST /v1/speak?mode=say HTTP/1.1", "Host: localhost", CHUNKED)
            .send("4\r\nHel\u00c3\r\n".getBytes(ISO_8859_1));
    FakeTurn turn = pipeline.nextTurn();
    assertThat(turn.nextWritten()).isEqualTo(new TextDelta("Hel"));
    // when
    client.send("5\r\n\u00b6 you\r\n".getBytes(ISO_8859_1));
    assertThat(turn.nextWritten()).isEqualTo(new TextDelta("ö you"));
    turn.format(24_000).audio(new byte[] {1, 2});
    // then
    assertThat(client.awaitHead().status()).isEqualTo(200);
    assertThat(client.read(WavHeader.BYTES + 2)).endsWith(1, 2);
    client.send("0\r\n\r\n");
    assertThat(turn.nextWritten()).isEqualTo(new TextEnded());
    turn.finish();
    assertThat(client.readAll()).isEmpty();
  }

  @Test
  void theClientIsSlowedDownToThePaceOfTheTurn() throws Exception {
    // given: far more than may wait
    serve();
    RawClient client = client();
    client.sendHead(
        "POST /v1/speak?mode=say HTTP/1.1", "Host: localhost", "Content-Length: 9000000");
    client.send("a word ");
    FakeTurn turn = pipeline.nextTurn();
    int written = writtenUpTo(turn, 0, 7);
    turn.on(Stage.CHUNKER, new ChunkCaption(0, "a word", 0, written));
    assertThat(turn.anythingWritten()).isFalse();
    Thread writer = new Thread(() -> write(client, "a word ".repeat(600_000)), "writer");
    writer.start();
    written = writtenUpTo(turn, written, 64 * 1024);
    while (turn.anythingWritten()) {
      written = writtenUpTo(turn, written, written + 1);
    }
    assertThat(written).isLessThan(64 * 1024 + 2 * TextDelta.MAX_CHARS);
    // when what is written is spoken
    turn.on(Stage.PLAYBACK, new ChunkSpoken(0, 1, 0, 0, 0));
    for (int chunk = 1; written < 2_000_000; chunk++) {
      turn.on(Stage.CHUNKER, new ChunkCaption(chunk, "a word", 7, written))
          .on(Stage.PLAYBACK, new ChunkSpoken(chunk, 1, 0, 0, 0));
      written = writtenUpTo(turn, written, written + 1);
    }
    // then nothing broke off
    assertThat(written).isGreaterThanOrEqualTo(2_000_000);
    client.close();
    writer.join();
  }

  private static void write(RawClient client, String text) {
    try {
      client.send(text);
    } catch (IOException closed) {
      // It is not to be heard to its end.
    }
  }

  /** Reads what the chunker is told, until so much was written; fails at the text's end. */
  private static int writtenUpTo(FakeTurn turn, int before, int least) throws InterruptedException {
    int written = before;
    while (written < least) {
      Message next = turn.nextWritten();
      assertThat(next).isNotInstanceOf(TextEnded.class);
      written += next instanceof TextDelta delta ? delta.text().length() : 0;
    }
    return written;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \t "})
  void aTextWithoutAWordIsRefused(String text) throws Exception {
    // given
    serve();
    RawClient client = send("POST", "/v1/speak?mode=say", utf8(text));
    // when
    if (!text.isEmpty()) {
      pipeline.nextTurn().finish();
    }
    // then
    assertProblem(client.awaitHead(), 400, "invalid-request", "the text is empty");
  }

  @Test
  void aTextThatIsNotUtf8BreaksOffAtThatPlace() throws Exception {
    // given
    serve();
    // when
    RawClient client = send("POST", "/v1/speak?mode=say", new byte[] {'H', 'i', (byte) 0xff, '!'});
    FakeTurn turn = pipeline.nextTurn().finish();
    // then
    assertProblem(client.awaitHead(), 400, "invalid-request", "byte 2 begins no valid character");
    assertThat(turn.prompt().turn().options().mode()).isEqualTo(TextMode.SAY);
    assertThat(turn.nextWritten()).isEqualTo(new TextDelta("Hi"));
  }

  @Test
  void aClientThatWaitsToBeAskedForItsTextIsAsked() throws Exception {
    // given
    serve();
    // when
    RawClient client =
        client()
            .sendHead(
                "POST /v1/speak?mode=verbatim HTTP/1.1",
                "Host: localhost",
                CHUNKED,
                "Expect: 100-continue");
    // then
    assertThat(client.awaitHead().status()).isEqualTo(100);
  }

  @Test
  void theModesOfAPromptAreAsked() throws Exception {
    // given
    serve();
    // when
    send("POST", "/v1/speak", utf8("{\"prompt\": \"hello\", \"mode\": \"ask\"}"), JSON);
    FakeTurn asked = pipeline.nextTurn();
    send("POST", "/v1/speak", utf8("{\"prompt\": \"hello\", \"mode\": \"say\"}"), JSON);
    FakeTurn said = pipeline.nextTurn();
    // then
    assertThat(asked.prompt().turn().options().mode()).isEqualTo(TextMode.ASK);
    assertThat(said.nextWritten()).isEqualTo(new TextDelta("hello"));
    assertThat(said.nextWritten()).isEqualTo(new TextEnded());
    assertProblem(
        call("POST", "/v1/speak", utf8("{\"prompt\": \"\", \"mode\": \"say\"}"), JSON),
        400,
        "invalid-request",
        "the prompt is empty");
    assertProblem(
        call("POST", "/v1/speak?mode=sing", utf8("hello")),
        400,
        "invalid-request",
        "'mode' must be ask, say or verbatim, not 'sing'");
  }

  @Test
  void takesNineKilobytesOfAForm() throws Exception {
    // given
    serve();
    String prompt = "x".repeat(9 * 1024);
    // when
    send("POST", "/v1/speak", utf8(prompt), FORM);
    // then
    assertThat(pipeline.nextTurn().prompt().text()).isEqualTo(prompt);
  }

  @Test
  void takesOptionsFromTheQuery() throws Exception {
    // given
    serve();
    // when
    send(
        "POST",
        "/v1/speak?voice=a%20b&clauses=off&pace=realtime&conversation=c%3B1",
        utf8("hello"));
    // then
    assertThat(pipeline.nextTurn().prompt().turn().options())
        .isEqualTo(new TurnOptions("a b", "c;1", false, Pace.REALTIME, ""));
  }

  @Test
  void takesTheSameJsonAsTurns() throws Exception {
    // given
    serve();
    // when
    send("POST", "/v1/speak", utf8("{\"prompt\": \"hello\", \"voice\": \"v\"}"), JSON);
    // then
    FakeTurn turn = pipeline.nextTurn();
    assertThat(turn.prompt().text()).isEqualTo("hello");
    assertThat(turn.prompt().turn().options())
        .isEqualTo(new TurnOptions("v", "", true, Pace.ASAP, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/speak?voise=x          | there is no parameter 'voise': there are conversation, voice, clauses, pace, processing
          /v1/speak?clauses=perhaps  | 'clauses' must be on or off
          /v1/speak?pace=slow        | 'pace' must be realtime or asap
          /v1/speak?voice=a&voice=b  | the parameter 'voice' is given twice
          /v1/speak?voice=50%        | write '%' as %25
          """)
  void saysWhatIsWrongWithTheQuery(String path, String words) throws Exception {
    serve();
    assertProblem(call("POST", path, utf8("hello")), 400, "invalid-request", words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prompt=Is%2050%25%20%2B%2050%25%3F       | Is 50% + 50%?
          text=a+b                                 | a b
          text=Caf%C3%A9                           | Café
          clauses=off&text=a                       | a
          Is 50% + 50% = 100%?                     | Is 50% + 50% = 100%?
          The text=x is read&as it is              | The text=x is read&as it is
          context=x                                | context=x
          a=b                                      | a=b
          {"a": 1}, is that a prompt?              | {"a": 1}, is that a prompt?
          """)
  void readsAFormThatHasAPromptAndAnyOtherTextAsItIs(String body, String prompt) throws Exception {
    serve();
    send("POST", "/v1/speak", utf8(body), FORM);
    assertThat(pipeline.nextTurn().prompt().text()).isEqualTo(prompt);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/x-www-form-urlencoded | {"prompt": "hello", "voice": "v"}
          application/x-www-form-urlencoded | prompt=hello&voice=v
                                            | {"prompt": "hello", "voice": "v"}
          application/vnd.api+json          | {"prompt": "hello", "voice": "v"}
          """)
  void neverReadsTheMarksOfJsonOrAFormAloud(@Nullable String type, String body) throws Exception {
    serve();
    String[] headers = type == null ? new String[0] : new String[] {"Content-Type: " + type};
    send("POST", "/v1/speak", utf8(body), headers);
    FakeTurn turn = pipeline.nextTurn();
    assertThat(turn.prompt().text()).isEqualTo("hello");
    assertThat(turn.prompt().turn().options().voice()).isEqualTo("v");
  }

  @Test
  void readsJsonAloudThatIsSentAsPlainText() throws Exception {
    serve();
    send("POST", "/v1/speak", utf8("{\"prompt\": \"hello\"}"), "Content-Type: text/plain");
    assertThat(pipeline.nextTurn().prompt().text()).isEqualTo("{\"prompt\": \"hello\"}");
  }

  @Test
  void takesTheOtherFieldsFromAFormOrTheQuery() throws Exception {
    serve();
    send("POST", "/v1/speak?pace=realtime", utf8("voice=a%20b&prompt=x&clauses=off\n"), FORM);
    assertThat(pipeline.nextTurn().prompt().turn().options())
        .isEqualTo(new TurnOptions("a b", "", false, Pace.REALTIME, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text=Hello world          | --data-urlencode
          text=50%                  | --data-urlencode
          prompt=Café               | --data-urlencode
          prompt=a&text=b           | is given twice
          prompt=a&prompt=b         | is given twice
          prompt=a&pace=slow        | 'pace' must be realtime or asap
          prompt=a&color=blue       | there is no parameter 'color'
          prompt=a&voice=v          | given twice: in the form and in the query
          prompt=                   | empty
          prompt=%FF                | not UTF-8
          """)
  void saysWhatIsWrongWithAForm(String body, String words) throws Exception {
    serve();
    assertProblem(
        call("POST", "/v1/speak?voice=w", utf8(body), FORM), 400, "invalid-request", words);
  }

  @Test
  void refusesWhatIsNotUtf8AndSaysWhere() throws Exception {
    serve();
    assertProblem(
        call("POST", "/v1/speak", new byte[] {'a', 'b', (byte) 0xff, 'c'}),
        400,
        "invalid-request",
        "byte 2");
  }

  @Test
  void refusesAnEmptyPromptAndParametersNextToJson() throws Exception {
    serve();
    assertProblem(call("POST", "/v1/speak", NOTHING, "Content-Length: 0"), 400, "invalid-request");
    assertProblem(call("POST", "/v1/speak", utf8(" \n")), 400, "invalid-request", "empty");
    assertProblem(
        call("POST", "/v1/speak?voice=v", utf8("{\"prompt\": \"a\"}"), JSON),
        400,
        "invalid-request",
        "into the JSON body");
  }

  @Test
  void refusesAPromptOverTheLimit() throws Exception {
    serve("max-prompt-bytes", 100);
    assertProblem(call("POST", "/v1/speak", utf8("x".repeat(101))), 413, "too-large", "allows 100");
  }

  @Test
  void namesTheTurnInItsProblemsToo() throws Exception {
    // given
    serve();
    RawClient client = send("POST", "/v1/speak", utf8("hello"));
    // when
    FakeTurn turn = pipeline.nextTurn().fail(failure(Stage.CHUNKER, FailureKind.UNAUTHENTICATED));
    // then
    assertProblem(client.awaitHead(), 502, "unauthenticated");
    assertThat(client.header("voicebus-turn")).isEqualTo(turn.prompt().turn().turn().value());
  }

  @Test
  void servesTheNextRequestOnTheSameConnection() throws Exception {
    // given
    serve();
    RawClient client = send("POST", "/v1/speak", utf8("one"));
    pipeline.nextTurn().format(24_000).finish();
    assertThat(client.awaitHead().readAll()).hasSize(WavHeader.BYTES);
    // when
    client.request("POST", "/v1/speak", utf8("two"));
    pipeline.nextTurn().format(8000).finish();
    // then
    assertThat(client.awaitHead().readAll()).isEqualTo(WavHeader.streaming(8000));
  }

  @Test
  void breaksOffAClientThatSendsOnAndOn() throws Exception {
    // given
    serve("max-prompt-bytes", 1000, "request-ms", 60_000);
    RawClient client =
        client()
            .sendHead("POST /v1/speak HTTP/1.1", "Host: localhost", "Content-Length: 999999999");
    assertProblem(client.awaitHead(), 413, "too-large");
    // when
    byte[] piece = new byte[64 * 1024];
    long most = 2 * RequestBodies.MAX_DISCARDED_BYTES;
    long sent = 0;
    boolean broken = false;
    while (!broken && sent < most) {
      try {
        client.send(piece);
        sent += piece.length;
      } catch (IOException e) {
        broken = true;
      }
    }
    // then
    assertThat(broken).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/speak         | {"text": "hello"}                     | there is no field 'text'
          /v1/speak         | { "input": "hello", "voice": "v" }    | there is no field 'input'
          /v1/speak?voice=v | {"prompt": "hello"}                   | next to the prompt
          /v1/speak?voice=v | {"text": "hello"}                     | next to the prompt
          """)
  void neverReadsTheMarksOfMistakenJsonAloud(String path, String body, String words)
      throws Exception {
    serve();
    assertProblem(call("POST", path, utf8(body), FORM), 400, "invalid-request", words);
    assertThat(pipeline.anyTurn()).isFalse();
  }

  /** Of HTTP/1.0 a client may want to keep its connection, and knows no chunks. */
  @Test
  void anAnswerWithoutALengthEndsWithTheConnectionOfHttp10() throws Exception {
    serve();
    RawClient client = client();
    client.send(
        "POST /v1/speak HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n"
            + "Content-Length: 5\r\n\r\nhello");
    pipeline.nextTurn().format(16_000).audio(new byte[] {1, 2}).finish();
    client.awaitHead();
    assertThat(client.readUntilClosed()).hasSize(44 + 2);
  }
}
