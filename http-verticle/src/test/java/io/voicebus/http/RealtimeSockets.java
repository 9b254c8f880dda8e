package io.voicebus.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.PlayoutMark;
import java.util.Base64;
import java.util.List;

/** Speaks as clients of OpenAI's Realtime API do. */
abstract class RealtimeSockets extends ServerTest {
  RealtimeClient connect(String... headers) throws Exception {
    return new RealtimeClient(vertx, http.actualPort(), "?model=gpt-realtime", headers);
  }

  /** A client that has been greeted; the server begins with the first one. */
  RealtimeClient realtime() throws Exception {
    if (!isServed()) {
      serve();
    }
    RealtimeClient client = connect();
    client.next("session.created");
    return client;
  }

  FakeTurn ask(RealtimeClient client, String prompt) throws Exception {
    client.user(prompt).say("response.create");
    client.next("conversation.item.added");
    client.next("conversation.item.done");
    FakeTurn turn = pipeline.nextTurn();
    client.next("response.created");
    return turn;
  }

  /** Half a second of "One two three." */
  static FakeTurn speak(FakeTurn turn) {
    return turn.text("One two three.")
        .caption(0, "One two three.")
        .format(24_000)
        .mark(PlayoutMark.Kind.CHUNK_START, 0, 0)
        .audio(new byte[24_000])
        .mark(PlayoutMark.Kind.CHUNK_END, 0, 12_000);
  }

  static JsonObject json(Object... members) {
    JsonObject json = new JsonObject();
    for (int i = 0; i < members.length; i += 2) {
      json.put((String) members[i], members[i + 1]);
    }
    return json;
  }

  static JsonArray list(Object... values) {
    return new JsonArray(List.of(values));
  }

  static String transcript(JsonObject item) {
    return item.getJsonArray("content").getJsonObject(0).getString("transcript");
  }

  static byte[] audio(JsonObject delta) {
    return Base64.getDecoder().decode(delta.getString("delta"));
  }
}
