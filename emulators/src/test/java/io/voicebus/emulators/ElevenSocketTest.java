package io.voicebus.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElevenSocketTest {
  private static final String QUERY =
      "?model_id=eleven_flash_v2_5&output_format=pcm_16000&auto_mode=true";
  private static final String MULTI = "/v1/text-to-speech/george/multi-stream-input" + QUERY;
  private static final String SINGLE = "/v1/text-to-speech/george/stream-input" + QUERY;
  private static final ElevenOptions QUICK =
      ElevenOptions.generous().withCloseDelay(Duration.ofMillis(5));

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aContextEndsWithItsFinalMessageAfterExactAudioAndTimings() throws Exception {
    // given
    ElevenEmulator emulator = start(QUICK);
    ElevenClient client = open(emulator, MULTI);
    // when
    client
        .say("text", " ", "context_id", "a", "voice_settings", new JsonObject().put("speed", 1.1))
        .say("text", "Hi there. ", "context_id", "a", "flush", true)
        .say("context_id", "a", "close_context", true);
    // then
    JsonObject first = client.next();
    assertThat(first.getString("contextId")).isEqualTo("a");
    assertThat(first.getValue("isFinal")).isNull();
    assertThat(first.getJsonObject("alignment").getJsonArray("chars").encode())
        .isEqualTo("[\"H\",\"i\",\" \",\"t\",\"h\",\"e\",\"r\",\"e\",\".\",\" \"]");
    assertThat(first.getJsonObject("normalizedAlignment").getJsonArray("chars").getString(0))
        .isEqualTo(" ");
    assertThat(bytes(first) % 2).isOne();
    assertThat(bytes(first) + client.audio().length)
        .isEqualTo(EmulatedSpeech.pcm("Hi there. ", 16_000).length);
    reached(emulator, now -> now.openContexts() == 0 && now.charactersBilled() == 10);
  }

  @Test
  void aSixthContextIsOneTooMany() throws Exception {
    ElevenEmulator emulator = start(QUICK);
    ElevenClient client = open(emulator, MULTI);
    for (int i = 0; i < 6; i++) {
      client.say("text", " ", "context_id", "c" + i);
    }
    assertThat(client.next().getString("error")).isEqualTo("max_active_conversations");
    assertThat(client.next())
        .isEqualTo(
            new JsonObject()
                .put("closed", 1008)
                .put("reason", "Maximum simultaneous contexts (5) exceeded."));
    reached(emulator, now -> now.openContexts() == 0 && now.peakContexts() == 5);
  }

  @Test
  void aFlushOfAnUnknownIdOpensItAndSettingsThenComeTooLate() throws Exception {
    ElevenClient client = open(start(QUICK), MULTI);
    client
        .say("context_id", "a", "flush", true)
        .say("text", " ", "context_id", "a", "voice_settings", new JsonObject().put("speed", 1.0));
    JsonObject error = client.next();
    assertThat(error.getString("error")).isEqualTo("invalid_input_message");
    assertThat(error.getString("contextId")).isEqualTo("a");
    assertThat(client.next().getInteger("closed")).isEqualTo(1008);
  }

  @Test
  void textAfterTheCloseOfAContextOpensAnotherOfThatName() throws Exception {
    ElevenEmulator emulator =
        start(QUICK.withScripts(request -> ElevenScript.instant().paced(Duration.ofMillis(30), 0)));
    open(emulator, MULTI)
        .say("text", "One ", "context_id", "a")
        .say("context_id", "a", "close_context", true)
        .say("text", "Two ", "context_id", "a");
    reached(emulator, now -> now.contexts() == 2 && now.peakContexts() == 2);
  }

  @Test
  void aWrongKeyIsToldAfterTheUpgradeAndNoKeyAfterTheFirstMessage() throws Exception {
    ElevenEmulator emulator = start(QUICK.withKeys("good"));
    assertThat(ElevenClient.open(vertx, emulator, MULTI, "bad").next().getString("error"))
        .isEqualTo("invalid_api_key");
    assertThat(
            ElevenClient.open(vertx, emulator, SINGLE, "")
                .say("text", " ")
                .next()
                .getString("error"))
        .isEqualTo("authentication_required");
    assertThat(
            EmulatedSpeech.textOf(
                ElevenClient.open(vertx, emulator, SINGLE, "")
                    .say("text", " ", "xi-api-key", "good")
                    .say("text", "Yes ")
                    .say("text", "")
                    .audio()))
        .isEqualTo("Yes ");
  }

  @Test
  void anUnsupportedModelAndADearFormatAreRefusedOnTheUpgrade() throws Exception {
    ElevenEmulator emulator = start(QUICK);
    assertThatThrownBy(() -> open(emulator, MULTI.replace("flash_v2_5", "v3")))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class,
            why -> {
              assertThat(why.getStatus()).isEqualTo(400);
              assertThat(why.getBody().toString()).contains("\"code\":\"unsupported_model\"");
            });
    assertThatThrownBy(() -> open(emulator, MULTI.replace("pcm_16000", "pcm_44100")))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class, why -> assertThat(why.getStatus()).isEqualTo(403));
  }

  @Test
  void anUnknownVoiceIsToldAfterTheFirstText() throws Exception {
    ElevenClient client = open(start(QUICK.withVoices("sarah")), MULTI);
    client.say("text", " ", "context_id", "a").say("text", "Hello ", "context_id", "a");
    assertThat(client.next().getString("error")).isEqualTo("voice_id_does_not_exist");
  }

  @Test
  void silenceEndsAContextAndThenTheSocketUnlessItIsKeptAlive() throws Exception {
    // given: 40 ms without text are too long
    ElevenEmulator emulator = start(QUICK.withSecond(Duration.ofMillis(2)));
    ElevenClient client = open(emulator, MULTI);
    client.say("text", " ", "context_id", "a");
    // then
    JsonObject error = client.next();
    assertThat(error.getString("error")).isEqualTo("input_timeout_exceeded");
    assertThat(client.nextTrouble().getString("error", "")).isIn("input_timeout_exceeded", "");
    reached(emulator, now -> now.openSockets() == 0);
  }

  @Test
  void withoutAutoModeSpeechWaitsForEnoughTextOrAFlush() throws Exception {
    ElevenClient client = open(start(QUICK), SINGLE.replace("&auto_mode=true", ""));
    String long130 = "0123456789 ".repeat(12);
    client.say("text", " ").say("text", "Short. ").say("text", long130).say("text", "");
    assertThat(EmulatedSpeech.textOf(client.audio())).isEqualTo("Short. " + long130);
    assertThat(client.next().getInteger("closed")).isEqualTo(1000);
  }

  @Test
  void whatIsNotOfTheSchemaIsRefused() throws Exception {
    ElevenEmulator emulator = start(QUICK);
    for (String wrong :
        new String[] {
          "no JSON",
          "{\"context_id\":\"a\"}",
          "{\"text\":7}",
          "{\"text\":\" \",\"voice_settings\":{\"speed\":3}}",
          "{\"text\":\" \",\"generation_config\":{\"chunk_length_schedule\":[20]}}"
        }) {
      assertThat(open(emulator, MULTI).raw(wrong).next().getString("error"))
          .as(wrong)
          .isEqualTo("invalid_input_message");
    }
    assertThat(open(emulator, SINGLE).say("text", "No init ").next().getString("error"))
        .isEqualTo("invalid_input_message");
  }

  @Test
  void aThousandContextsAreSpokenAtOnce() throws Exception {
    ElevenEmulator emulator =
        start(QUICK.withScripts(any -> ElevenScript.instant().paced(Duration.ofMillis(20), 0.1)));
    ElevenClient[] clients = new ElevenClient[200];
    for (int i = 0; i < clients.length; i++) {
      clients[i] = open(emulator, MULTI);
    }
    for (ElevenClient client : clients) {
      for (int c = 0; c < 5; c++) {
        client
            .say("text", "Number " + c + ". ", "context_id", "c" + c)
            .say("context_id", "c" + c, "close_context", true);
      }
    }
    reached(emulator, now -> now.contexts() == 1_000 && now.openContexts() == 0);
    assertThat(emulator.counters().errors()).isZero();
  }

  private static int bytes(JsonObject frame) {
    return Base64.getDecoder().decode(frame.getString("audio")).length;
  }

  private ElevenEmulator start(ElevenOptions options) throws Exception {
    return ElevenEmulator.start(vertx, options)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private ElevenClient open(ElevenEmulator emulator, String path) throws InterruptedException {
    return ElevenClient.open(vertx, emulator, path, "any");
  }

  private static void reached(ElevenEmulator emulator, Predicate<ElevenCounters> wish)
      throws Exception {
    emulator.when(wish).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
