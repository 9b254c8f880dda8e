package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.Heard;
import io.voicebus.contract.PastTurn;
import io.voicebus.contract.PastTurn.State;
import io.voicebus.contract.PlayoutMark.Kind;
import io.voicebus.contract.TurnId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationsEndpointTest extends ServerTest {
  private static final String PATH = "/v1/conversations/";

  private void remember(String id) {
    long ago = Instant.now().minusSeconds(5).toEpochMilli();
    pipeline.conversations.put(
        id,
        new Conversation(
            List.of(
                new PastTurn(new TurnId("t1"), "Why?", "Because", State.CUT, 1, ago),
                new PastTurn(new TurnId("t2"), "\"And\"?", "", State.UNDER_WAY, 0, ago))));
  }

  @Test
  void tellsWhatAConversationRemembers() throws Exception {
    // given
    serve();
    remember("c 1/ä");
    // when
    RawClient answer = get(PATH + "c%201%2F%C3%A4");
    // then
    JsonObject body = new JsonObject(answer.readText());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(body.getString("id")).isEqualTo("c 1/ä");
    assertThat(body.getJsonArray("exchanges")).hasSize(2);
    JsonObject first = body.getJsonArray("exchanges").getJsonObject(0);
    assertThat(first.remove("age_ms")).isInstanceOf(Integer.class).asString().hasSize(4);
    assertThat(first)
        .isEqualTo(
            new JsonObject()
                .put("turn", "t1")
                .put("prompt", "Why?")
                .put("answer", "Because")
                .put("interrupted", true)
                .put("under_way", false));
    assertThat(body.getJsonArray("exchanges").getJsonObject(1).getString("prompt"))
        .isEqualTo("\"And\"?");
  }

  @Test
  void forgetsOnceAndForAll() throws Exception {
    // given
    serve();
    remember("c1");
    // then
    assertThat(call("DELETE", PATH + "c1", NOTHING).status()).isEqualTo(204);
    assertProblem(get(PATH + "c1"), 404, "not-found", "no such conversation");
    assertThat(call("DELETE", PATH + "c1", NOTHING).status()).isEqualTo(204);
  }

  @Test
  void letsNoForeignPageInAndNoOtherName() throws Exception {
    serve();
    remember("c1");
    assertProblem(
        call("GET", PATH + "c1", NOTHING, "Origin: https://evil.example"), 403, "forbidden-origin");
    assertProblem(
        client().sendHead("DELETE " + PATH + "c1 HTTP/1.1", "Host: evil.example").awaitHead(),
        403,
        "forbidden-host");
    assertThat(pipeline.conversations).containsKey("c1");
    assertProblem(get(PATH + "x".repeat(201)), 400, "invalid-request", "'conversation'");
    assertThat(call("PUT", PATH + "c1", NOTHING, "Content-Length: 0").header("allow"))
        .isEqualTo("DELETE, GET, HEAD");
  }

  @Test
  void saysSoWhenNobodyKnows() throws Exception {
    serveAlone();
    assertProblem(get(PATH + "c1"), 503, "unavailable");
  }

  @Test
  void remembersAsMuchOfATurnAsItsListenerReportsUntilItHasPlayedAll() throws Exception {
    // given
    serve();
    String path =
        post("/v1/turns", "{\"prompt\": \"hello\", \"conversation\": \"c1\"}").header("location");
    FakeTurn turn = pipeline.nextTurn();
    RawClient audio = send("GET", path + "/audio", NOTHING);
    turn.text("One two three four.").caption(0, "One two three four.").format(1000);
    turn.mark(Kind.CHUNK_START, 0, 0).audio(new byte[8000]).mark(Kind.CHUNK_END, 0, 4000);
    audio.awaitHead();
    assertThat(post(path + "/position", "{\"played_ms\": 1000}").status()).isEqualTo(204);
    // when
    turn.finish();
    audio.readText();
    // then
    Heard atTheEnd = pipeline.nextHeard();
    assertThat(atTheEnd.conversation()).isEqualTo("c1");
    assertThat(atTheEnd.answer()).isEqualTo("One");
    assertThat(atTheEnd.state()).isEqualTo(State.UNDER_WAY);
    // when
    post(path + "/position", "{\"played_ms\": 2100}");
    assertThat(call("DELETE", path, NOTHING).status()).isEqualTo(204);
    // then
    Heard last = pipeline.nextHeard();
    assertThat(last.answer()).isEqualTo("One two");
    assertThat(last.state()).isEqualTo(State.CUT);
  }
}
