package io.voicebus.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One HTTP request for each utterance, whose response has its samples and the times of its words,
 * as Voicebus asks for it: lines of JSON, with the audio in base64.
 */
final class RelayHttpVoice implements RelayVoice {
  private static final String SOUND = "\"audio_base64\":\"";
  private static final int MAX_CONNECTIONS = 2_000;
  private static final int KEEP_ALIVE_SECONDS = 240;

  private final HttpClient client;
  private final RequestOptions stream;

  RelayHttpVoice(Vertx vertx, String baseUrl) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
            new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
    stream =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(
                baseUrl
                    + "/v1/text-to-speech/"
                    + RelaySocketVoice.VOICE
                    + "/stream/with-timestamps?output_format=pcm_"
                    + LoadPace.RATE_HZ)
            .putHeader("xi-api-key", "emulated-key")
            .putHeader("content-type", "application/json");
  }

  @Override
  public void speak(String text, Sink sink) {
    client
        .request(stream)
        .compose(
            request ->
                request.send(
                    new JsonObject()
                        .put("text", text + " ")
                        .put("model_id", RelaySocketVoice.MODEL)
                        .toBuffer()))
        .onSuccess(
            response -> {
              if (response.statusCode() != 200) {
                sink.failed(new IllegalStateException("speech got " + response.statusCode()));
                return;
              }
              response.exceptionHandler(sink::failed);
              ByteArrayOutputStream line = new ByteArrayOutputStream();
              response.handler(piece -> piece(piece.getBytes(), line, sink));
              response.endHandler(end -> sink.done());
            })
        .onFailure(sink::failed);
  }

  private static void piece(byte[] bytes, ByteArrayOutputStream line, Sink sink) {
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        line.write(bytes, from, i - from);
        from = i + 1;
        line(line.toString(StandardCharsets.ISO_8859_1), sink);
        line.reset();
      }
    }
    line.write(bytes, from, bytes.length - from);
  }

  /** Takes the sound out without looking at the rest, which is the least that can be done. */
  private static void line(String line, Sink sink) {
    int from = line.indexOf(SOUND) + SOUND.length();
    int to = line.indexOf('"', from);
    if (from >= SOUND.length() && to > from) {
      sink.audio(Buffer.buffer(Base64.getDecoder().decode(line.substring(from, to))));
    }
  }
}
