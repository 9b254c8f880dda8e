package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TurnOptions;
import io.voicebus.contract.WavHeader;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeakEndpointTest extends ServerTest {
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
  void takesMultipartAndOtherTypesForTextToo() throws Exception {
    serve();
    send("POST", "/v1/speak", utf8("--x\r\n"), "Content-Type: multipart/form-data; boundary=x");
    assertThat(pipeline.nextTurn().prompt().text()).isEqualTo("--x\r\n");
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
        .isEqualTo(new TurnOptions("a b", "c;1", false, Pace.REALTIME, "none"));
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
        .isEqualTo(new TurnOptions("v", "", true, Pace.ASAP, "none"));
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
    long most = 2 * RequestBody.MAX_DISCARDED_BYTES;
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
}
