package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** One client cannot take what is there for all. */
class ClientTurnsTest extends ServerTest {
  private static final String KITCHEN = "b7d1e0c5b9a8e7d2f4c3b1a0e5d6f7a8";
  private static final String HALL = "Zk3vQ9xT1mB7wL0sR5yN2a";
  private static final byte[] PROMPT = utf8("hello");

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  @Test
  void aTokensTurnsAtOnceAreBoundedAndAnotherTokensAreNot() throws Exception {
    // given
    serve("access-token", "kitchen:" + KITCHEN + ",hall:" + HALL, "client-turns", 1);
    RawClient first = send("POST", "/v1/speak", PROMPT, bearer(KITCHEN));
    FakeTurn turn = pipeline.nextTurn();
    // then
    RawClient refused = call("POST", "/v1/speak", PROMPT, bearer(KITCHEN));
    assertThat(refused.header("retry-after")).isEqualTo("2");
    assertProblem(refused, 429, "rate-limited", "client-turns");
    send("POST", "/v1/speak", PROMPT, bearer(HALL));
    pipeline.nextTurn();
    // when
    turn.format(24_000).finish();
    first.awaitHead().readAll();
    // then
    send("POST", "/v1/speak", PROMPT, bearer(KITCHEN));
    pipeline.nextTurn();
  }

  @Test
  void oneThatWasRefusedIsToldBeforeItsBodyIsRead() throws Exception {
    // given
    serve("client-turns", 1);
    send("POST", "/v1/speak", PROMPT);
    pipeline.nextTurn();
    // when
    RawClient refused =
        client()
            .sendHead("POST /v1/speak HTTP/1.1", "Host: localhost", "Content-Length: 1000000")
            .awaitHead();
    // then
    assertProblem(refused, 429, "rate-limited", "client-turns");
  }

  @Test
  void turnsAMinuteAreBoundedAtEveryWayIn() throws Exception {
    // given
    serve("client-turns-per-minute", 2);
    startTurn();
    send("POST", "/v1/speak", PROMPT);
    pipeline.nextTurn();
    pipeline.nextTurn();
    // then
    assertProblem(
        call("POST", "/v1/speak", PROMPT), 429, "rate-limited", "client-turns-per-minute");
    assertProblem(post("/v1/turns", "{\"prompt\":\"x\"}"), 429, "rate-limited");
    RawClient read = get("/v1/speak?text=hello");
    assertThat(read.header("retry-after")).isEqualTo("30");
    assertProblem(read, 429, "rate-limited");
    assertThat(get("/v1/status").status()).isEqualTo(200);
  }

  @Test
  void clientsOfAProxyAreCountedByTheirOwnAddress() throws Exception {
    // given
    serve("public-url", "http://localhost/", "client-turns-per-minute", 1);
    String one = "X-Forwarded-For: 198.51.100.1";
    send("POST", "/v1/speak", PROMPT, one);
    pipeline.nextTurn();
    // then
    String claimed = "X-Forwarded-For: 203.0.113.9, 198.51.100.1";
    assertThat(call("POST", "/v1/speak", PROMPT, claimed).status()).isEqualTo(429);
    send("POST", "/v1/speak", PROMPT, "X-Forwarded-For: 198.51.100.2");
    pipeline.nextTurn();
  }

  @Test
  void nobodyChoosesHowHeIsCounted() throws Exception {
    serve("client-turns-per-minute", 1);
    send("POST", "/v1/speak", PROMPT, "Voicebus-Caller: somebody", "X-Forwarded-For: 192.0.2.1");
    pipeline.nextTurn();
    RawClient again =
        call("POST", "/v1/speak", PROMPT, "Voicebus-Caller: other", "X-Forwarded-For: 192.0.2.2");
    assertThat(again.status()).isEqualTo(429);
  }

  @Test
  void aTurnThatIsRefusedOtherwiseIsNotCounted() throws Exception {
    serve("client-turns", 1);
    for (int i = 0; i < 3; i++) {
      assertProblem(post("/v1/turns", "{\"prompt\":\"\"}"), 400, "invalid-request");
    }
    startTurn();
  }

  @Test
  void anAnswerInTextAloneCountsAndGivesItsPlaceBack() throws Exception {
    // given: a model that is still writing
    serve("client-turns", 1);
    RealtimeClient client = new RealtimeClient(vertx, http.actualPort(), "");
    JsonObject inText = new JsonObject().put("output_modalities", new JsonArray().add("text"));
    client.user("Why?").say("response.create", "response", inText);
    client.skipTo("response.created");
    // then
    assertProblem(post("/v1/turns", "{\"prompt\":\"x\"}"), 429, "rate-limited", "client-turns");
    // when
    client.say("response.cancel");
    client.skipTo("response.done");
    // then
    startTurn();
    client.say("response.create", "response", inText);
    assertThat(client.error().getString("type")).isEqualTo("rate_limit_error");
  }
}
