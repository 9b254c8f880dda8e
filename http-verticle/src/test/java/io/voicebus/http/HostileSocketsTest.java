package io.voicebus.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.TextDelta;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is said at the doors that are WebSockets: the server answers on, and when the clients
 * have gone nothing is left of them.
 */
class HostileSocketsTest extends ServerTest {
  private static final String SESSION = "/v1/session";
  private static final String REALTIME = "/v1/realtime?model=x";
  private static final String MULTI =
      "/v1/text-to-speech/x/multi-stream-input?output_format=pcm_24000";
  private static final String SINGLE = "/v1/text-to-speech/x/stream-input?output_format=pcm_24000";
  private static final int MESSAGES = 300;

  private static final List<String> TYPES =
      List.of(
          "session.update",
          "prompt",
          "input_text.append",
          "input_text.flush",
          "input_text.end",
          "cancel",
          "position",
          "conversation.item.create",
          "conversation.item.truncate",
          "conversation.item.delete",
          "conversation.item.retrieve",
          "response.create",
          "response.cancel",
          "input_audio_buffer.append",
          "nonsense");

  private static final List<String> NAMES =
      List.of(
          "text",
          "turn",
          "voice",
          "mode",
          "session",
          "response",
          "item",
          "item_id",
          "event_id",
          "content_index",
          "audio_end_ms",
          "played_ms",
          "context_id",
          "flush",
          "close_context",
          "try_trigger_generation",
          "xi_api_key",
          "previous_item_id");

  private Random random = new Random();

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 2 ? 8 : 12)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "1e400";
      case 3 -> "-12345678901234567890";
      case 4 -> "\"\\ud800\"";
      case 5 -> "\"" + "Words. ".repeat(random.nextInt(300)) + "\"";
      case 6 -> "\"\"";
      case 7 -> "[".repeat(random.nextInt(1500));
      case 8 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
      case 9 ->
          "{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":"
              + value(depth + 1)
              + "}]}";
      case 10 -> object(depth + 1);
      default -> "\"c" + random.nextInt(8) + "\"";
    };
  }

  private String object(int depth) {
    List<String> members = new ArrayList<>();
    members.add("\"type\":\"" + any(TYPES) + "\"");
    for (int i = random.nextInt(5); i > 0; i--) {
      members.add("\"" + any(NAMES) + "\":" + value(depth));
    }
    return "{" + String.join(",", members) + (random.nextInt(15) == 0 ? "" : "}");
  }

  private int turns() throws Exception {
    return new JsonObject(get("/v1/status").readText()).getInteger("turns");
  }

  @ParameterizedTest
  @ValueSource(strings = {SESSION, REALTIME, MULTI, SINGLE})
  void junkLeavesNothingBehind(String path) throws Exception {
    // given
    random = new Random(path.hashCode());
    serve("client-turns", 20);
    pipeline.endsAll();
    for (int client = 0; client < 4; client++) {
      SocketClient socket = new SocketClient(vertx, http.actualPort(), path);
      // when: one of them does not read
      if (client == 3) {
        socket.pause();
      }
      for (int i = 0; i < MESSAGES; i++) {
        if (random.nextInt(60) == 0) {
          socket.say(new byte[random.nextInt(100)]);
        } else {
          socket.say(object(0));
        }
      }
      socket.resume().close();
    }
    // then: all that the client may have is there for it again
    pipeline.endsNone();
    int begun = 0;
    while (begun < 20) {
      begun += post("/v1/turns", "{\"prompt\":\"hello\"}").status() == 201 ? 1 : 0;
    }
    assertThat(turns()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {SESSION, REALTIME, MULTI, SINGLE})
  void aMessageThatIsTooLongClosesTheSocketAndNothingElse(String path) throws Exception {
    // given
    serve();
    SocketClient socket = new SocketClient(vertx, http.actualPort(), path);
    // when
    socket.say("{\"text\":\"" + "x".repeat(200_000) + "\"}");
    // then
    assertThat(socket.closeCode()).isEqualTo(1009);
    startTurn();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"input_text.append\",\"text\":\"\"}",
        "{\"type\":\"input_text.flush\"}",
        "{\"type\":\"input_text.append\",\"text\":\" \"}"
      })
  void aTextWithoutAWordMayGoOnForEver(String message) throws Exception {
    // given
    serve();
    SocketClient socket = new SocketClient(vertx, http.actualPort(), SESSION);
    socket.event("session");
    // when
    for (int i = 0; i < 1500; i++) {
      socket.say(message);
    }
    // then: it begins with the first word
    socket.say("{\"type\":\"input_text.append\",\"text\":\"Hello.\"}");
    assertThat(pipeline.nextTurn()).isNotNull();
  }

  @Test
  void aShortQuestionCannotMeanALongOneAThousandTimes() throws Exception {
    // given
    serve("max-prompt-bytes", 100_000);
    RealtimeClient client = new RealtimeClient(vertx, http.actualPort(), "");
    client.next("session.created");
    client.say(
        "conversation.item.create",
        "item",
        RealtimeClient.message("user", "input_text", "x".repeat(20_000)).put("id", "a"));
    client.typesTo("conversation.item.done");
    // when
    JsonObject reference = new JsonObject().put("type", "item_reference").put("id", "a");
    List<JsonObject> references = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      references.add(reference);
    }
    client.say("response.create", "response", new JsonObject().put("input", references));
    // then
    JsonObject error = client.error();
    assertThat(error.getString("param")).isEqualTo("response.input");
    assertThat(error.getString("message")).contains("max-prompt-bytes");
    // and what is short enough is asked
    client.say(
        "response.create", "response", new JsonObject().put("input", references.subList(0, 4)));
    assertThat(pipeline.nextTurn().prompt().text()).hasSize(20_000);
  }

  /** A mark in place of a letter would be spoken, or looked for as a voice, without a word. */
  @ParameterizedTest
  @ValueSource(strings = {SESSION, REALTIME, MULTI, SINGLE})
  void whatIsNotUtf8IsTold(String path) throws Exception {
    serve();
    byte[] text =
        "{\"type\":\"input_text.append\",\"text\":\"caf\u00e9 is open. \"}".getBytes(ISO_8859_1);
    for (int cut : new int[] {text.length, 39}) {
      RawClient client = open(path);
      client.send(frame(0x1, cut == text.length, Arrays.copyOf(text, cut)));
      if (cut < text.length) {
        client.send(frame(0x0, true, Arrays.copyOfRange(text, cut, text.length)));
      }
      assertThat(next(client, "UTF-8")).contains("is not UTF-8: byte 39 begins no valid character");
    }
    assertThat(pipeline.anyTurn()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReplacementCharacterThatAClientSendsIsACharacter(boolean whole) throws Exception {
    serve();
    RawClient client = open(SESSION);
    byte[] text = utf8("{\"type\":\"input_text.append\",\"text\":\"a\uFFFDb. \"}");
    int cut = whole ? text.length : 40; // within the character
    client.send(frame(0x1, whole, Arrays.copyOf(text, cut)));
    if (!whole) {
      client.send(frame(0x0, true, Arrays.copyOfRange(text, cut, text.length)));
    }
    assertThat(((TextDelta) pipeline.nextTurn().nextWritten()).text()).isEqualTo("a\uFFFDb. ");
  }

  @Test
  void aListenersMessageThatIsNotUtf8ClosesItsSocket() throws Exception {
    serve();
    RawClient client = open(startTurn() + "/ws");
    client.send(frame(0x1, true, "{\"type\":\"\u00e9\"}".getBytes(ISO_8859_1)));
    assertThat(next(client, "UTF-8")).contains("is not UTF-8: byte 9");
  }

  /** The system resets a connection that is closed with bytes unread: no client would see why. */
  @ParameterizedTest
  @ValueSource(strings = {SESSION, REALTIME, MULTI, SINGLE})
  void aClientThatSendsOnIsToldWhyItsSocketIsClosed(String path) throws Exception {
    serve();
    for (int i = 0; i < 5; i++) {
      RawClient client = open(path);
      client.send(longFrame(8_000_000));
      assertThat(closeCode(client)).isEqualTo(1009);
    }
    startTurn();
  }

  /** Vert.x flushes what it writes while it reads only at the end of the read. */
  @ParameterizedTest
  @ValueSource(strings = {SESSION, REALTIME, MULTI, SINGLE})
  void aBrokenFrameBehindAMessageIsToldAsOneAlone(String path) throws Exception {
    serve();
    for (int i = 0; i < 5; i++) {
      RawClient client = open(path);
      byte[] message = frame(0x1, true, utf8("{}"));
      byte[] broken = frame(0x3, true, utf8("x"));
      client.send(
          ByteBuffer.allocate(message.length + broken.length).put(message).put(broken).array());
      assertThat(closeCode(client)).isEqualTo(1002);
    }
  }

  @Test
  void aListenerThatSendsOnIsToldWhyItsSocketIsClosed() throws Exception {
    serve();
    RawClient client = open(startTurn() + "/ws");
    client.send(longFrame(8_000_000));
    assertThat(closeCode(client)).isEqualTo(1009);
  }

  /** And then the server closes its side. */
  private static int closeCode(RawClient client) throws IOException {
    byte[] close = client.readCloseFrame();
    assertThat(client.readUntilClosed()).isEmpty();
    return ByteBuffer.wrap(close).getShort();
  }

  /** A client's text frame of more than 64 KiB, masked with zeros. */
  private static byte[] longFrame(int length) {
    return ByteBuffer.allocate(14 + length)
        .put((byte) 0x81)
        .put((byte) 0xFF)
        .putLong(length)
        .putInt(0)
        .array();
  }

  private RawClient open(String path) throws IOException {
    RawClient client =
        call(
            "GET",
            path,
            NOTHING,
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertThat(client.status()).isEqualTo(101);
    return client;
  }

  /** The first message that has these words. */
  private static String next(RawClient client, String words) throws IOException {
    String text = client.readTextOrReason();
    while (!text.contains(words)) {
      text = client.readTextOrReason();
    }
    return text;
  }

  /** A client's frame of less than 126 bytes, masked with zeros. */
  private static byte[] frame(int opcode, boolean last, byte[] payload) {
    return ByteBuffer.allocate(6 + payload.length)
        .put((byte) ((last ? 0x80 : 0) | opcode))
        .put((byte) (0x80 | payload.length))
        .putInt(0)
        .put(payload)
        .array();
  }
}
