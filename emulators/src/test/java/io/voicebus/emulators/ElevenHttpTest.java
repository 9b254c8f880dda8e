package io.voicebus.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElevenHttpTest {
  private static final String STREAM = "/v1/text-to-speech/george/stream?output_format=pcm_24000";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void audioComesAsAStreamOrWhole() throws Exception {
    ElevenEmulator emulator = start(ElevenOptions.generous());
    HttpResponse<byte[]> stream = post(emulator, STREAM, "k", body("Hello. "));
    assertThat(EmulatedSpeech.textOf(stream.body())).isEqualTo("Hello. ");
    assertThat(stream.headers().firstValue("content-type")).hasValue("audio/pcm");
    assertThat(stream.headers().firstValue("character-cost")).hasValue("7");
    assertThat(post(emulator, STREAM.replace("/stream", ""), "k", body("Hello. ")).body())
        .isEqualTo(stream.body());
  }

  @Test
  void timestampsComeAsLinesOfJson() throws Exception {
    String path = STREAM.replace("/stream", "/stream/with-timestamps");
    byte[] answer = post(start(ElevenOptions.generous()), path, "k", body("Hello. ")).body();
    ByteArrayOutputStream audio = new ByteArrayOutputStream();
    for (String line : new String(answer, StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        audio.writeBytes(
            Base64.getDecoder().decode(new JsonObject(line).getString("audio_base64")));
      }
    }
    assertThat(EmulatedSpeech.textOf(audio.toByteArray())).isEqualTo("Hello. ");
  }

  @Test
  void theAccountsVoicesAreListedToWhoHasItsKey() throws Exception {
    ElevenEmulator emulator =
        start(ElevenOptions.generous().withKeys("k").withVoices("george", "ada"));
    assertThat(get(emulator, "/v1/voices", "x").statusCode()).isEqualTo(401);
    JsonArray voices =
        new JsonObject(get(emulator, "/v1/voices", "k").body()).getJsonArray("voices");
    assertThat(voices.stream().map(voice -> ((JsonObject) voice).getString("voice_id")))
        .containsExactly("ada", "george");
  }

  private static HttpResponse<String> get(ElevenEmulator emulator, String path, String key)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(emulator.baseUrl() + path))
                .header("xi-api-key", key)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void everyFaultHasItsStatusAndName() throws Exception {
    ElevenEmulator emulator =
        start(ElevenOptions.generous().withKeys("k").withVoices("george").withCredits(3));
    assertThat(post(emulator, STREAM, "x", body("Hi")))
        .satisfies(answer -> refused(answer, 401, "invalid_api_key"));
    assertThat(post(emulator, STREAM, "k", "{}")).satisfies(answer -> refused(answer, 422, "text"));
    assertThat(post(emulator, STREAM.replace("george", "nobody"), "k", body("Hi")))
        .satisfies(answer -> refused(answer, 404, "voice_not_found"));
    assertThat(post(emulator, STREAM, "k", body("Too dear")))
        .satisfies(answer -> refused(answer, 401, "quota_exceeded"));
    assertThat(post(emulator, STREAM.replace("24000", "44100"), "k", body("Hi")))
        .satisfies(answer -> refused(answer, 403, "output_format_not_allowed"));
  }

  @Test
  void oneRequestTooManyIsToldTheLimit() throws Exception {
    // given: one that never ends
    ElevenEmulator emulator =
        start(
            ElevenOptions.generous()
                .withMaxConcurrent(1)
                .withScripts(any -> ElevenScript.instant().failing(ElevenFault.hang(1))));
    HttpClient.newHttpClient()
        .sendAsync(
            request(emulator, STREAM, "k", body("On and on")),
            HttpResponse.BodyHandlers.discarding());
    emulator
        .when(now -> now.generating() == 1)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    // when
    HttpResponse<byte[]> second = post(emulator, STREAM, "k", body("Me too"));
    // then
    refused(second, 429, "too_many_concurrent_requests");
    assertThat(second.headers().firstValue("maximum-concurrent-requests")).hasValue("1");
    assertThat(second.headers().firstValue("current-concurrent-requests")).hasValue("1");
  }

  @Test
  void aCutConnectionIsNoEnd() throws Exception {
    ElevenEmulator emulator =
        start(
            ElevenOptions.generous()
                .withScripts(any -> ElevenScript.instant().failing(ElevenFault.cut(2))));
    assertThatThrownBy(() -> post(emulator, STREAM, "k", body("A longer sentence. ")))
        .isInstanceOf(IOException.class);
  }

  private static void refused(HttpResponse<byte[]> answer, int status, String name) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new JsonObject(Buffer.buffer(answer.body())).encode())
        .contains("\"detail\":")
        .contains('"' + name + '"');
  }

  private static String body(String text) {
    return new JsonObject().put("text", text).put("model_id", "eleven_flash_v2_5").encode();
  }

  private static HttpResponse<byte[]> post(
      ElevenEmulator emulator, String path, String key, String body)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(request(emulator, path, key, body), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpRequest request(
      ElevenEmulator emulator, String path, String key, String body) {
    return HttpRequest.newBuilder(URI.create(emulator.baseUrl() + path))
        .version(HttpClient.Version.HTTP_1_1)
        .header("xi-api-key", key)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private ElevenEmulator start(ElevenOptions options) throws Exception {
    return ElevenEmulator.start(vertx, options)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }
}
