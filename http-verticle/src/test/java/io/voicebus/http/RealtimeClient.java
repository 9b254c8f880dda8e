package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Realtime API as strict as the strictest of the published ones: an event of a
 * known type that lacks a member is to it as if it had not come.
 */
final class RealtimeClient {
  private static final List<String> OUTPUT = List.of("response_id", "output_index");
  private static final List<String> CONTENT =
      List.of("response_id", "output_index", "item_id", "content_index");

  /** What each event has, besides its type and id; {@code delta} and its like are strings. */
  private static final Map<String, List<String>> MEMBERS =
      Map.ofEntries(
          Map.entry("session.created", List.of("session")),
          Map.entry("session.updated", List.of("session")),
          Map.entry("conversation.item.added", List.of("item")),
          Map.entry("conversation.item.created", List.of("item")),
          Map.entry("conversation.item.done", List.of("item")),
          Map.entry("conversation.item.retrieved", List.of("item")),
          Map.entry("conversation.item.deleted", List.of("item_id")),
          Map.entry(
              "conversation.item.truncated", List.of("item_id", "content_index", "audio_end_ms")),
          Map.entry("response.created", List.of("response")),
          Map.entry("response.done", List.of("response")),
          Map.entry("response.output_item.added", with(OUTPUT, "item")),
          Map.entry("response.output_item.done", with(OUTPUT, "item")),
          Map.entry("response.content_part.added", with(CONTENT, "part")),
          Map.entry("response.content_part.done", with(CONTENT, "part")),
          Map.entry("response.output_audio.delta", with(CONTENT, "delta")),
          Map.entry("response.output_audio.done", CONTENT),
          Map.entry("response.output_audio_transcript.delta", with(CONTENT, "delta")),
          Map.entry("response.output_audio_transcript.done", with(CONTENT, "transcript")),
          Map.entry("response.output_text.delta", with(CONTENT, "delta")),
          Map.entry("response.output_text.done", with(CONTENT, "text")),
          Map.entry("response.audio.delta", with(CONTENT, "delta")),
          Map.entry("response.audio.done", CONTENT),
          Map.entry("response.audio_transcript.delta", with(CONTENT, "delta")),
          Map.entry("response.audio_transcript.done", with(CONTENT, "transcript")),
          Map.entry("error", List.of("error")));

  private final SocketClient socket;
  private final Set<String> ids = new HashSet<>();

  RealtimeClient(Vertx vertx, int port, String query, String... headers) throws Exception {
    socket = new SocketClient(vertx, port, "/v1/realtime" + query, headers);
  }

  private static List<String> with(List<String> members, String another) {
    List<String> all = new ArrayList<>(members);
    all.add(another);
    return all;
  }

  SocketClient socket() {
    return socket;
  }

  /** Sends an event of this type with these members. */
  RealtimeClient say(String type, Object... members) {
    JsonObject event = new JsonObject().put("type", type);
    for (int i = 0; i < members.length; i += 2) {
      event.put((String) members[i], members[i + 1]);
    }
    socket.say(event.encode());
    return this;
  }

  /** Writes a user's message. */
  RealtimeClient user(String text) {
    return say("conversation.item.create", "item", message("user", "input_text", text));
  }

  static JsonObject message(String role, String type, String text) {
    return new JsonObject()
        .put("type", "message")
        .put("role", role)
        .put("content", new JsonArray().add(new JsonObject().put("type", type).put("text", text)));
  }

  /** The next event, of whatever type. */
  JsonObject next() throws InterruptedException {
    JsonObject event = (JsonObject) socket.next();
    String type = event.getString("type");
    assertThat(MEMBERS).as(event.encode()).containsKey(type);
    assertThat(ids.add(event.getString("event_id"))).as(event.encode()).isTrue();
    for (String member : MEMBERS.getOrDefault(type, List.of())) {
      Object value = event.getValue(member);
      assertThat(value).as(member + " of " + event.encode()).isNotNull();
      if (member.endsWith("index") || member.endsWith("ms")) {
        assertThat(value).isInstanceOf(Number.class);
      } else if (List.of("item", "part", "response", "session", "error").contains(member)) {
        assertThat(value).isInstanceOf(JsonObject.class);
      } else {
        assertThat(value).isInstanceOf(String.class);
      }
    }
    assertItem(event.getJsonObject("item"));
    return event;
  }

  /** What does not fit throws in the client. */
  private static void assertItem(@Nullable JsonObject item) {
    if (item != null) {
      assertThat(item.getString("id")).isNotBlank();
      assertThat(item.getString("type")).isEqualTo("message");
      assertThat(item.getString("role")).isIn("user", "assistant", "system");
      assertThat(item.getString("status")).isIn("in_progress", "completed", "incomplete");
      for (Object part : item.getJsonArray("content")) {
        JsonObject content = (JsonObject) part;
        boolean isText = content.getString("type").endsWith("text");
        assertThat(content.getString(isText ? "text" : "transcript")).isNotNull();
      }
    }
  }

  /** The next event, which is of this type. */
  JsonObject next(String type) throws InterruptedException {
    JsonObject event = next();
    assertThat(event.getString("type")).as(event.encode()).isEqualTo(type);
    return event;
  }

  /** Skips to the next event of this type. */
  JsonObject skipTo(String type) throws InterruptedException {
    JsonObject event = next();
    while (!event.getString("type").equals(type)) {
      event = next();
    }
    return event;
  }

  /** The error that comes next. */
  JsonObject error() throws InterruptedException {
    return next("error").getJsonObject("error");
  }

  /** The types of all events up to this one. */
  List<String> typesTo(String type) throws InterruptedException {
    List<String> types = new ArrayList<>();
    do {
      types.add(next().getString("type"));
    } while (!types.get(types.size() - 1).equals(type));
    return types;
  }
}
