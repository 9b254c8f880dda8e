package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Stage;
import io.voicebus.contract.PlayoutMark.Kind;
import io.voicebus.contract.WordMark;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Hold and resume, at each door of the turns. A word takes ten milliseconds. */
class HoldEndpointTest extends ServerTest {
  private static final int RATE = 8000;
  private static final int WORD = RATE / 100;

  private static byte[] pcm(int word) {
    byte[] pcm = new byte[2 * WORD];
    Arrays.fill(pcm, (byte) (word + 1));
    return pcm;
  }

  private static void say(FakeTurn turn, int from, int to) {
    for (int word = from; word < to; word++) {
      turn.audio(pcm(word));
      turn.on(Stage.PLAYBACK, new WordMark(0, (long) (word + 1) * WORD, word + 1));
    }
  }

  private FakeTurn speaking(SocketClient listener) throws Exception {
    FakeTurn turn = pipeline.nextTurn().format(RATE).mark(Kind.CHUNK_START, 0, 0);
    say(turn, 0, 4);
    hears(listener, 0, 4);
    return turn;
  }

  private static void hears(SocketClient listener, int from, int to) throws Exception {
    assertThat(listener.audio(2 * WORD * (to - from))).isEqualTo(words(from, to));
  }

  private static byte[] words(int from, int to) {
    Buffer all = Buffer.buffer();
    for (int word = from; word < to; word++) {
      all.appendBytes(pcm(word));
    }
    return all.getBytes();
  }

  private int post(String path) throws Exception {
    return call("POST", path, NOTHING).status();
  }

  @Test
  void aTurnIsSilencedAndGoesOnByPost() throws Exception {
    // given
    serve();
    String path = startTurn();
    SocketClient listener = new SocketClient(vertx, http.actualPort(), path + "/ws");
    FakeTurn turn = speaking(listener);
    // when
    assertThat(post(path + "/hold?played_ms=25")).isEqualTo(204);
    say(turn, 4, 6);
    // then
    assertThat(listener.event("held").getLong("at_sample")).isEqualTo(2 * WORD);
    // when
    assertThat(post(path + "/resume")).isEqualTo(204);
    // then: what was said meanwhile comes behind that
    assertThat(listener.event("resumed"))
        .isEqualTo(new JsonObject().put("at_sample", 2 * WORD).put("next_sample", 4 * WORD));
    hears(listener, 4, 6);
  }

  @Test
  void theListenersSocketDoesTheSameAndGetsAgainWhatItHasDiscarded() throws Exception {
    // given
    serve();
    SocketClient listener = new SocketClient(vertx, http.actualPort(), startTurn() + "/ws");
    FakeTurn turn = speaking(listener);
    // when
    listener.say("{\"type\": \"hold\", \"played_ms\": 35}");
    assertThat(listener.event("held").getLong("at_sample")).isEqualTo(3 * WORD);
    say(turn, 4, 5);
    listener.say("{\"type\": \"resume\", \"played_ms\": 35}");
    // then
    assertThat(listener.event("resumed").getLong("next_sample")).isEqualTo(3 * WORD);
    hears(listener, 3, 5);
    // when
    listener.say("{\"type\": \"resume\", \"played_ms\": 35}");
    // then
    assertThat(listener.event("error").getString("kind")).isEqualTo("not-on-hold");
    turn.finish();
    assertThat(listener.event("end").getString("outcome")).isEqualTo("finished");
  }

  @Test
  void aSessionDoesTheSame() throws Exception {
    // given
    serve();
    SocketClient client = new SocketClient(vertx, http.actualPort(), "/v1/session");
    client.say("{\"type\": \"hold\"}");
    assertThat(client.message("error").getJsonObject("data").getString("detail"))
        .contains("nothing to put on hold");
    client.say("{\"type\": \"resume\"}");
    assertThat(client.message("error").getJsonObject("data").getString("detail"))
        .contains("nothing to resume");
    client.say("{\"type\": \"prompt\", \"text\": \"Hello?\"}");
    FakeTurn turn = pipeline.nextTurn().format(RATE).mark(Kind.CHUNK_START, 0, 0);
    say(turn, 0, 4);
    client.message("format");
    hears(client, 0, 4);
    // when
    client.say("{\"type\": \"hold\", \"played_ms\": 15}");
    // then
    assertThat(client.message("held").getJsonObject("data").getLong("at_sample")).isEqualTo(WORD);
    // when
    say(turn, 4, 5);
    client.say("{\"type\": \"resume\"}");
    // then
    assertThat(client.message("resumed").getJsonObject("data").getLong("next_sample"))
        .isEqualTo(4 * WORD);
    hears(client, 4, 5);
    // when: somebody really asks something
    client.say("{\"type\": \"hold\"}").say("{\"type\": \"prompt\", \"text\": \"And?\"}");
    // then
    turn.awaitCancelled();
    assertThat(pipeline.nextTurn().prompt().text()).isEqualTo("And?");
  }

  @Test
  void whatIsNotResumedInTimeIsCancelled() throws Exception {
    // given
    serve("resume-ms", 200);
    String path = startTurn();
    SocketClient listener = new SocketClient(vertx, http.actualPort(), path + "/ws");
    FakeTurn turn = speaking(listener);
    // when
    assertThat(post(path + "/hold")).isEqualTo(204);
    // then
    turn.awaitCancelled();
    assertThat(listener.event("end").getJsonObject("failure").getString("detail"))
        .contains("resume-ms");
    assertProblem(call("POST", path + "/resume", NOTHING), 410, "ended", "resume-ms");
  }

  @Test
  void saysWhatCannotBe() throws Exception {
    serve();
    String path = startTurn();
    assertThat(post(path + "/resume")).isEqualTo(204); // changes nothing
    assertProblem(
        call("POST", path + "/resume?played_ms=1", NOTHING), 409, "not-on-hold", "leave out");
    assertProblem(
        call("POST", path + "/hold?played_ms=soon", NOTHING), 400, "invalid-request", "played_ms");
    assertProblem(call("POST", "/v1/turns/none/hold", NOTHING), 404, "not-found", "no such turn");
    speaking(new SocketClient(vertx, http.actualPort(), path + "/ws"));
    assertThat(post(path + "/hold")).isEqualTo(204);
    assertProblem(
        call("POST", path + "/resume?played_ms=99000", NOTHING), 400, "invalid-request", "sent");
  }
}
