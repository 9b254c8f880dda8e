package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Position;
import io.voicebus.contract.TurnOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TurnsEndpointTest extends ServerTest {

  @Test
  void repeatsLittleOfWhatIsWrong() throws Exception {
    serve();
    String much = "x".repeat(50_000);
    for (String json :
        List.of(
            "{\"prompt\":\"a\",\"" + much + "\":1}",
            "{\"" + much + "\":1,\"" + much + "\":1}",
            "{\"prompt\":\"a\",\"prompt\":" + much + "}",
            "{\"prompt\":\"a\",\"processing\":\"" + much + "\"}",
            "{\"prompt\":\"a\",\"pace\":\"" + much + "\"}",
            "{\"prompt\":\"a\",\"clauses\":\"" + much + "\"}",
            "{\"prompt\":\"a\",\"pronunciations\":{\"" + much + "\":1}}")) {
      RawClient answer = post("/v1/turns", json);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.readText()).hasSizeLessThan(600);
    }
  }

  private static final String POST_TURNS = "POST /v1/turns HTTP/1.1";

  @Test
  void acceptsATurnAndLinksToItsAudioAndEvents() throws Exception {
    // given
    serve();
    // when
    RawClient answer =
        post(
            "/v1/turns",
            """
            {"prompt": "Tell me", "conversation": "c1", "voice": "v1", "clauses": "off",
             "pace": "asap", "processing": "none"}""");
    // then
    JsonObject body = new JsonObject(answer.readText());
    String path = "/v1/turns/" + body.getString("id");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("location")).isEqualTo(path);
    assertThat(body.getString("audio")).isEqualTo(path + "/audio");
    assertThat(body.getString("events")).isEqualTo(path + "/events");
    FakeTurn turn = pipeline.nextTurn();
    assertThat(turn.prompt().text()).isEqualTo("Tell me");
    assertThat(turn.prompt().turn().options())
        .isEqualTo(new TurnOptions("v1", "c1", false, Pace.ASAP, "none"));
    assertThat(turn.prompt().turn().turn().value()).isEqualTo(body.getString("id"));
  }

  @Test
  void tellsWhatATurnAskedEnginesForAndCountsWhatIsAskedForTooLateInTheTotalOnly()
      throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn();
    RawClient events = get(path + "/events");
    // when
    turn.asked(0, 40).asked(0, 15).finish();
    // then
    String characters = "\"characters\":{\"asked\":55,\"heard\":40,\"wasted\":15,\"saved\":0}";
    assertThat(events.readText()).contains(characters);
    turn.asked(1, 5);
    assertThat(get(path).readText()).contains(characters);
    String total = "";
    while (!total.contains("\"asked\":60")) { // once the late one has come
      total = get("/v1/status").readText();
    }
    assertThat(total)
        .contains("\"characters\":{\"asked\":60,\"heard\":40,\"wasted\":20,\"saved\":0}");
  }

  @Test
  void takesRealtimePaceAndClausesForGranted() throws Exception {
    serve();
    startTurn();
    assertThat(pipeline.nextTurn().prompt().turn().options()).isEqualTo(TurnOptions.DEFAULTS);
  }

  @Test
  void passesAPromptOfOneMegabyteOnUnchanged() throws Exception {
    // given
    serve();
    String prompt = "Größe — 50% \\ \"quoted\" 👍\n".repeat(32_000).substring(1);
    // when
    RawClient answer = post("/v1/turns", new JsonObject().put("prompt", prompt).encode());
    // then
    assertThat(answer.status()).isEqualTo(201);
    assertThat(utf8(prompt).length).isGreaterThan(1_000_000);
    assertThat(pipeline.nextTurn().prompt().text()).isEqualTo(prompt);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt": ""}                          | the prompt is empty
          {"prompt": "  \\n "}                    | the prompt is empty
          {}                                      | the prompt is empty
          {"prompt": "a", "voise": "x"}           | there is no field 'voise': there are prompt, conversation, voice, clauses, pace, processing
          {"prompt": 5}                           | 'prompt' must be a string, not 5
          {"prompt": "a", "clauses": "perhaps"}   | 'clauses' must be true or false, not 'perhaps'
          {"prompt": "a", "pace": "slow"}         | 'pace' must be realtime or asap, not 'slow'
          {"prompt": "a", "processing": "loud"}   | processing is 'seams' or 'none', not 'loud'
          {"prompt": "a", "voice": ["x"]}         | 'voice' must be a plain value
          {"prompt": "a", "voice": null}          | 'voice' is null: leave it out
          {"prompt": "a", "prompt": "b"}          | Duplicate field 'prompt'
          {"prompt": "a"                          | line 1, column
          {"prompt": "a"} x                       | line 1, column
          {"prompt": "a",}                        | line 1, column
          ["a"]                                   | the body must be a JSON object
          {"prompt": "\\ud83d"}                   | half of a surrogate pair
          """)
  void saysWhatIsWrongWithARequest(String body, String words) throws Exception {
    serve();
    assertProblem(post("/v1/turns", body), 400, "invalid-request", words);
  }

  @Test
  void refusesAnEmptyBody() throws Exception {
    serve();
    assertProblem(
        call("POST", "/v1/turns", NOTHING, JSON, "Content-Length: 0"), 400, "invalid-request");
  }

  @Test
  void refusesAPromptOverTheLimit() throws Exception {
    // given
    serve("max-prompt-bytes", 1000);
    // then
    assertThat(post("/v1/turns", "{\"prompt\": \"" + "é".repeat(500) + "\"}").status())
        .isEqualTo(201);
    assertProblem(
        post("/v1/turns", "{\"prompt\": \"" + "é".repeat(501) + "\"}"),
        413,
        "too-large",
        "1002 bytes",
        "max-prompt-bytes allows 1000");
  }

  @Test
  void refusesABodyOverTheLimitBeforeItIsSent() throws Exception {
    // given
    serve("max-prompt-bytes", 1000);
    // when
    RawClient announced =
        client()
            .sendHead(
                POST_TURNS,
                "Host: localhost",
                JSON,
                "Content-Length: 99999999",
                "Expect: 100-continue")
            .awaitHead();
    RawClient streamed =
        client()
            .sendHead(POST_TURNS, "Host: localhost", JSON, "Transfer-Encoding: chunked")
            .send("7530\r\n" + "x".repeat(30_000) + "\r\n")
            .awaitHead();
    // then
    assertProblem(announced, 413, "too-large");
    assertProblem(streamed, 413, "too-large");
  }

  @Test
  void invitesTheBodyOfAClientThatWaitsToBeAsked() throws Exception {
    // given
    serve();
    RawClient client =
        client()
            .sendHead(
                POST_TURNS, "Host: localhost", JSON, "Content-Length: 15", "Expect: 100-continue")
            .awaitHead();
    assertThat(client.status()).isEqualTo(100);
    // when
    client.send("{\"prompt\":\"abc\"").awaitHead();
    // then
    assertProblem(client, 400, "invalid-request");
  }

  @Test
  void cutsOffABodyThatTricklesForever() throws Exception {
    // given
    serve("request-ms", 500);
    // when
    RawClient client =
        client()
            .sendHead(POST_TURNS, "Host: localhost", JSON, "Content-Length: 100")
            .send("{\"pro")
            .awaitHead();
    // then
    assertProblem(client, 408, "request-timeout");
  }

  @Test
  void wantsToBeToldThatABodyIsJson() throws Exception {
    serve();
    assertProblem(
        call(
            "POST",
            "/v1/turns",
            utf8("{\"prompt\": \"a\"}"),
            "Content-Type: application/x-www-form-urlencoded"),
        415,
        "unsupported-media-type",
        "Content-Type: application/json");
  }

  @Test
  void refusesATurnOverTheLimitOfTurns() throws Exception {
    // given
    serve("max-turns", 1);
    startTurn();
    // when
    RawClient second = post("/v1/turns", "{\"prompt\": \"me, too\"}");
    // then
    assertProblem(second, 429, "rate-limited", "max-turns");
    assertThat(second.header("retry-after")).isEqualTo("2");
  }

  @Test
  void cancelsADeletedTurnEverywhereOnceAndForAll() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn();
    // when
    int first = call("DELETE", path, NOTHING).status();
    // then
    turn.awaitCancelled();
    assertThat(first).isEqualTo(204);
    assertThat(call("DELETE", path, NOTHING).status()).isEqualTo(204);
    assertThat(get(path).readText()).contains("\"state\":\"cancelled\"");
    assertProblem(call("DELETE", "/v1/turns/unknown", NOTHING), 404, "not-found");
    assertProblem(call("DELETE", "/v1/turns/not~an~id", NOTHING), 404, "not-found");
  }

  @Test
  void passesTheListenersReportOn() throws Exception {
    // given
    serve();
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn();
    // when
    RawClient answer = post(path + "/position", "{\"played_ms\": 1234.5, \"paused\": true}");
    // then
    assertThat(answer.status()).isEqualTo(204);
    assertThat(turn.awaitPosition()).isEqualTo(new Position(1234, true));
    assertProblem(
        post(path + "/position", "{\"played_ms\": -1}"),
        400,
        "invalid-request",
        "'played_ms' must be a number from 0, not -1");
    assertProblem(
        post(path + "/position", "{\"paused\": true}"), 400, "invalid-request", "it is missing");
    assertProblem(
        post("/v1/turns/unknown/position", "{\"played_ms\": 1}"), 404, "not-found", "no such turn");
  }

  @Test
  void cancelsATurnThatNobodyListensTo() throws Exception {
    // given
    serve("attach-ms", 100);
    String path = startTurn();
    // when
    pipeline.nextTurn().awaitCancelled();
    // then
    assertProblem(get(path + "/audio"), 410, "ended", "nobody listened to the turn");
  }
}
