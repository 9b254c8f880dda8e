package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.PlayoutMark;
import java.io.IOException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code /mcp}: agents' tools behind the door of the HTTP server. */
class McpEndpointTest extends ServerTest {
  private static final String TOKEN = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

  private static String say(String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":"
        + "{\"name\":\"say\",\"arguments\":{\"text\":\"Hello.\""
        + arguments
        + "}}}";
  }

  private RawClient mcp(String json, String... headers) throws IOException {
    String[] all = new String[headers.length + 1];
    all[0] = JSON;
    System.arraycopy(headers, 0, all, 1, headers.length);
    return call("POST", "/mcp", utf8(json), all);
  }

  @Test
  void soundComesBackInTheAnswer() throws Exception {
    // given
    serve();
    // when
    RawClient client = send("POST", "/mcp", utf8(say(",\"output\":\"audio\"")), JSON);
    pipeline.nextTurn().format(16_000).audio(new byte[32_000]).finish();
    // then
    assertThat(client.awaitHead().status()).isEqualTo(200);
    assertThat(client.header("content-type")).isEqualTo("application/json");
    JsonObject audio =
        new JsonObject(client.readText())
            .getJsonObject("result")
            .getJsonArray("content")
            .getJsonObject(1);
    assertThat(audio.getString("mimeType")).isEqualTo("audio/mpeg");
    assertThat(Base64.getDecoder().decode(audio.getString("data"))).hasSizeGreaterThan(2000);
  }

  @Test
  void aTextIsSaidByTheCardOfTheServersOwnMachine() throws Exception {
    serve();
    RawClient client = send("POST", "/mcp", utf8(say("")), JSON);
    pipeline.nextTurn().mark(PlayoutMark.Kind.FIRST_AUDIO, 0, 0);
    assertThat(client.awaitHead().readText()).contains("text 1 is being spoken");
  }

  @Test
  void noLoudspeakerIsOfferedToOtherMachines() throws Exception {
    serve("public-url", "https://example.org/", "access-token", TOKEN);
    String bearer = "Authorization: Bearer " + TOKEN;
    assertThat(mcp(LIST, bearer).readText()).contains("\"say\"").doesNotContain("\"stop\"");
    assertThat(mcp(say(",\"output\":\"speaker\""), bearer).readText())
        .contains("output must be one of audio");
  }

  @Test
  void theDoorIsInFrontOfIt() throws Exception {
    serve("access-token", TOKEN);
    assertProblem(mcp(LIST), 401, "unauthorized");
    assertThat(mcp(LIST, "Authorization: Bearer " + TOKEN).status()).isEqualTo(200);
    assertProblem(
        mcp(LIST, "Authorization: Bearer " + TOKEN, "Origin: http://evil.example"),
        403,
        "forbidden-origin");
  }

  @Test
  void aForeignHostIsRefused() throws Exception {
    serve();
    assertProblem(
        client().request("POST", "/mcp", utf8(LIST), JSON, "Host: evil.example").awaitHead(),
        403,
        "forbidden-host");
  }

  @Test
  void whatIsNoMessageIsRefused() throws Exception {
    serve("max-prompt-bytes", 1000);
    assertThat(mcp("nonsense").status()).isEqualTo(400);
    assertThat(mcp("nonsense").readText()).contains("-32700");
    assertProblem(call("POST", "/mcp", utf8(LIST)), 415, "unsupported-media-type");
    assertProblem(
        mcp(LIST, "MCP-Protocol-Version: 1999-01-01"), 400, "invalid-request", "2025-11-25");
    assertProblem(mcp(say(",\"x\":\"" + "y".repeat(100_000) + "\"")), 413, "too-large");
    assertProblem(get("/mcp"), 405, "method-not-allowed", "POST");
  }

  @Test
  void aNotificationIsTaken() throws Exception {
    serve();
    RawClient answer = mcp("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.readText()).isEmpty();
  }

  @Test
  void aTurnTooManyIsToldToTheModelAndNoOtherToolIsRefused() throws Exception {
    serve("max-turns", 1);
    startTurn();
    assertThat(mcp(say(",\"output\":\"audio\"")).readText())
        .contains(
            "\"isError\":true", "\"there are 1 turns already, the most that max-turns allows");
    assertThat(mcp(LIST).status()).isEqualTo(200);
  }

  @Test
  void anIdempotencyKeyIsIgnoredAndTold() throws Exception {
    serve();
    RawClient answer = mcp(LIST, "Idempotency-Key: again");
    assertThat(answer.header("voicebus-ignored")).isEqualTo("Idempotency-Key");
  }

  @Test
  void aClientCancelsWhatItAskedForWithTheIdThatItWasGiven() throws Exception {
    // given
    serve();
    String id =
        mcp("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
                + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                + "\"clientInfo\":{\"name\":\"agent\",\"version\":\"1\"}}}")
            .header("mcp-session-id");
    assertThat(id).isNotEmpty();
    String session = "Mcp-Session-Id: " + id;
    send("POST", "/mcp", utf8(say(",\"output\":\"audio\"")), JSON, session);
    FakeTurn turn = pipeline.nextTurn();
    String cancel =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
            + "\"params\":{\"requestId\":2}}";
    // when
    assertThat(mcp(cancel, session).status()).isEqualTo(202);
    // then
    turn.awaitCancelled();
    assertThat(mcp(LIST, session).header("mcp-session-id")).isEmpty();
  }

  @Test
  void anotherServerOfTheClusterPassesOnWhatIsCancelled() throws Exception {
    // given
    serve();
    HttpVerticle other = new HttpVerticle();
    vertx
        .deployVerticle(other, new DeploymentOptions().setConfig(new JsonObject().put("port", 0)))
        .await(10, TimeUnit.SECONDS);
    String session = "Mcp-Session-Id: agent";
    send("POST", "/mcp", utf8(say(",\"output\":\"audio\"")), JSON, session);
    FakeTurn turn = pipeline.nextTurn();
    String cancel =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
            + "\"params\":{\"requestId\":2}}";
    // when
    try (RawClient client = new RawClient(other.actualPort())) {
      client.request("POST", "/mcp", utf8(cancel), JSON, session).awaitHead();
      // then
      assertThat(client.status()).isEqualTo(202);
      turn.awaitCancelled();
    }
  }

  @Test
  void aClientThatGoesAwayTakesItsTurnWithIt() throws Exception {
    serve();
    RawClient client = send("POST", "/mcp", utf8(say(",\"output\":\"audio\"")), JSON);
    FakeTurn turn = pipeline.nextTurn();
    client.close();
    turn.awaitCancelled();
  }
}
