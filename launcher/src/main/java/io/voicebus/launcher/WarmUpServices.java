package io.voicebus.launcher;

import static java.util.Collections.nCopies;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.stream.IntStream;

/**
 * Answers as a model and a voice would, for a {@link WarmUp}: always the same text, and a tone for
 * each text. It is a server on loopback, which only this process is told of. What it does not know
 * it answers with an empty object.
 */
final class WarmUpServices {
  /** Numbers, a list and several sentences: what most answers contain. */
  static final String ANSWER =
      "Well, that is 25 % more than in 2024, or about 3.5 km at 12:30. First of all, take your"
          + " time. *Then* count to ten, and look at the map again.\n\n1. Go to Dr. Smith's house."
          + "\n2. Pay $5 for the ticket.\n\nThat is all there is to say about it.";

  private static final int RATE_HZ = 24_000;
  private static final int LETTER_MS = 60;

  /** Letters of a model's event, and of a voice's message. */
  private static final int PIECE = 8;

  private WarmUpServices() {}

  /** Starts the server, on any free port. */
  static Future<HttpServer> start(Vertx vertx) {
    return vertx
        .createHttpServer()
        .requestHandler(
            request -> request.body().onSuccess(body -> answer(request, body.toString())))
        .webSocketHandler(
            socket -> socket.textMessageHandler(text -> heard(socket, new JsonObject(text))))
        .listen(0, "127.0.0.1");
  }

  private static void answer(HttpServerRequest request, String body) {
    String path = request.path();
    HttpServerResponse response = request.response().setChunked(true);
    if (path.endsWith(":streamGenerateContent")) {
      response.putHeader("Content-Type", "text/event-stream");
      for (int at = 0; at < ANSWER.length(); at += PIECE) {
        response.write("data: " + ofGemini(piece(ANSWER, at), last(ANSWER, at)) + "\r\n\r\n");
      }
    } else if (path.endsWith("/chat/completions")) {
      response.putHeader("Content-Type", "text/event-stream");
      for (int at = 0; at < ANSWER.length(); at += PIECE) {
        response.write("data: " + ofOpenAi(piece(ANSWER, at), last(ANSWER, at)) + "\n\n");
      }
      response.write("data: [DONE]\n\n");
    } else if (path.endsWith("/stream/with-timestamps")) {
      String text = new JsonObject(body).getString("text");
      for (int at = 0; at < text.length(); at += PIECE) {
        String piece = piece(text, at);
        JsonObject times =
            new JsonObject()
                .put("characters", letters(piece))
                .put("character_start_times_seconds", seconds(at, piece.length()))
                .put("character_end_times_seconds", seconds(at + 1, piece.length()));
        response.write(
            new JsonObject().put("audio_base64", base64(tone(piece))).put("alignment", times)
                + "\n");
      }
    } else if (path.endsWith("/audio/speech")) {
      response.putHeader("Content-Type", "audio/pcm");
      response.write(tone(new JsonObject(body).getString("input")));
    } else {
      response.write("{}");
    }
    response.end();
  }

  /** A message of ElevenLabs' {@code multi-stream-input}: a text is spoken when it is flushed. */
  private static void heard(ServerWebSocket socket, JsonObject message) {
    String context = message.getString("context_id", "");
    if (message.getBoolean("flush", false)) {
      String text = message.getString("text");
      for (int at = 0; at < text.length(); at += PIECE) {
        String piece = piece(text, at);
        JsonObject times =
            new JsonObject()
                .put("chars", letters(piece))
                .put("charStartTimesMs", ms(piece.length()))
                .put("charDurationsMs", new JsonArray(nCopies(piece.length(), LETTER_MS)));
        socket.writeTextMessage(
            new JsonObject()
                .put("audio", base64(tone(piece)))
                .put("alignment", times)
                .put("contextId", context)
                .encode());
      }
    }
    if (message.getBoolean("close_context", false)) {
      socket.writeTextMessage(
          new JsonObject().put("isFinal", true).put("contextId", context).encode());
    }
  }

  private static String ofGemini(String delta, boolean last) {
    JsonObject content =
        new JsonObject()
            .put("role", "model")
            .put("parts", new JsonArray().add(new JsonObject().put("text", delta)));
    JsonObject candidate = new JsonObject().put("index", 0).put("content", content);
    if (last) {
      candidate.put("finishReason", "STOP");
    }
    return new JsonObject().put("candidates", new JsonArray().add(candidate)).encode();
  }

  private static String ofOpenAi(String delta, boolean last) {
    JsonObject choice =
        new JsonObject()
            .put("index", 0)
            .put("delta", new JsonObject().put("content", delta))
            .put("finish_reason", last ? "stop" : null);
    return new JsonObject()
        .put("object", "chat.completion.chunk")
        .put("choices", new JsonArray().add(choice))
        .encode();
  }

  private static String piece(String text, int at) {
    return text.substring(at, Math.min(text.length(), at + PIECE));
  }

  private static boolean last(String text, int at) {
    return at + PIECE >= text.length();
  }

  private static JsonArray letters(String piece) {
    return new JsonArray(piece.chars().mapToObj(letter -> String.valueOf((char) letter)).toList());
  }

  /** When letters begin, from the beginning of a text. */
  private static JsonArray seconds(int from, int count) {
    return new JsonArray(
        IntStream.range(from, from + count).mapToObj(i -> i * LETTER_MS / 1_000.0).toList());
  }

  /** When letters begin, from the first of them. */
  private static JsonArray ms(int count) {
    return new JsonArray(IntStream.range(0, count).mapToObj(i -> i * LETTER_MS).toList());
  }

  /** As the service has it, not as JSON of Vert.x does. */
  private static String base64(Buffer pcm) {
    return Base64.getEncoder().encodeToString(pcm.getBytes());
  }

  /** A tone of 200 Hz at -20 dB, as long as a text takes. */
  private static Buffer tone(String text) {
    int samples = text.length() * LETTER_MS * RATE_HZ / 1_000;
    Buffer pcm = Buffer.buffer(2 * samples);
    for (int i = 0; i < samples; i++) {
      pcm.appendShortLE((short) (3_276 * Math.sin(2 * Math.PI * 200 * i / RATE_HZ)));
    }
    return pcm;
  }
}
