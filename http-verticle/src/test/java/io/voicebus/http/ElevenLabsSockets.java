package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Message;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextFlush;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** Speaks as clients of ElevenLabs' WebSockets do. */
abstract class ElevenLabsSockets extends ServerTest {
  static final String VOICE = "/v1/text-to-speech/kevin16/";
  static final String PCM = "?model_id=eleven_flash_v2_5&output_format=pcm_24000";
  static final String MULTI = VOICE + "multi-stream-input" + PCM;
  static final String SINGLE = VOICE + "stream-input" + PCM;

  SocketClient connect(String path) throws Exception {
    return new SocketClient(vertx, http.actualPort(), path, "xi-api-key", "anything");
  }

  /** The same, of a server that starts first. */
  SocketClient serveAndConnect(String path) throws Exception {
    serve();
    return connect(path);
  }

  /** As LiveKit opens a context. */
  static String open(String context) {
    return new JsonObject()
        .put("text", " ")
        .put("voice_settings", new JsonObject())
        .put("context_id", context)
        .encode();
  }

  static String text(String context, String text) {
    return new JsonObject().put("text", text).put("context_id", context).encode();
  }

  static String flush(String context) {
    return new JsonObject().put("text", "").put("context_id", context).put("flush", true).encode();
  }

  static String close(String context) {
    return new JsonObject().put("context_id", context).put("close_context", true).encode();
  }

  static JsonObject next(SocketClient client) throws InterruptedException {
    return (JsonObject) client.next();
  }

  /** What was written into a turn up to its end, {@code |} for a flush. */
  static String written(FakeTurn turn) throws InterruptedException {
    StringBuilder all = new StringBuilder();
    while (true) {
      Message next = turn.nextWritten();
      if (next instanceof TextDelta delta) {
        all.append(delta.text());
      } else if (next instanceof TextFlush) {
        all.append('|');
      } else if (next instanceof TextEnded) {
        return all.toString();
      }
    }
  }

  static void speak(FakeTurn turn, int bytes) {
    turn.format(24_000).audio(new byte[bytes]);
  }

  /** Skips to the last message of a context; its audio until then. */
  static byte[] audioOf(SocketClient client, String context) throws InterruptedException {
    ByteArrayOutputStream audio = new ByteArrayOutputStream();
    while (true) {
      JsonObject message = next(client);
      assertThat(message.getString("error")).isNull();
      if (context.equals(message.getString("contextId"))) {
        if (Boolean.TRUE.equals(message.getBoolean("isFinal"))) {
          return audio.toByteArray();
        }
        audio.writeBytes(Base64.getDecoder().decode(message.getString("audio")));
      }
    }
  }
}
