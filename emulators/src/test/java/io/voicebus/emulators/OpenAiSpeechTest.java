package io.voicebus.emulators;

import static io.voicebus.emulators.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiSpeechTest {
  private static final String TEXT = "Hello, who is there?";
  private static final JsonObject HELLO =
      new JsonObject()
          .put("model", "gpt-4o-mini-tts")
          .put("input", TEXT)
          .put("voice", "alloy")
          .put("response_format", "pcm");

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private Probe.Reply playing(OpenAiSpeechScript script, JsonObject body) {
    OpenAiEmulator emulator =
        await(OpenAiEmulator.start(vertx, OpenAiOptions.DEFAULTS.withSpeech(call -> script)));
    return Probe.of(vertx, emulator, "/audio/speech").ask(body.encode());
  }

  private static JsonObject wav() {
    return HELLO.copy().put("response_format", "wav");
  }

  private static long unsigned(byte[] wav, int at) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).getInt(at));
  }

  @Test
  void rawAudioComesInPiecesThatSplitSamples() {
    // when
    Probe.Reply reply = playing(OpenAiSpeechScript.instant().inPieces(1, true), HELLO);
    // then
    assertThat(reply.type()).isEqualTo("audio/pcm");
    assertThat(reply.pieces().get(0).length()).isEqualTo(47);
    assertThat(EmulatedSpeech.textOf(reply.bytes())).isEqualTo(TEXT);
  }

  @Test
  void wavIsHeadedAsEveryServerHeadsIt() {
    byte[] pcm = EmulatedSpeech.pcm(TEXT, 24_000);
    for (OpenAiWav head :
        new OpenAiWav[] {
          OpenAiWav.OPENAI, OpenAiWav.ZERO, OpenAiWav.MAX_INT, OpenAiWav.TWO_BILLION
        }) {
      byte[] wav =
          playing(OpenAiSpeechScript.instant().as(OpenAiAudio.OPENAI.withWav(head)), wav()).bytes();
      assertThat(unsigned(wav, 4)).isEqualTo(head.size());
      assertThat(unsigned(wav, 24)).isEqualTo(24_000);
      assertThat(unsigned(wav, 40)).isEqualTo(head.size());
      assertThat(Arrays.copyOfRange(wav, 44, wav.length)).isEqualTo(pcm);
    }
  }

  @Test
  void wavMayHaveFurtherChunksAroundTheAudioAndItsRealSizes() {
    // given
    OpenAiWav head = OpenAiWav.EXACT.withListBefore().withListAfter().withExtensible();
    OpenAiAudio audio = OpenAiAudio.OPENAI.withWav(head).withRate(16_000).withCutBytes(7);
    // when
    Probe.Reply reply = playing(OpenAiSpeechScript.instant().as(audio), wav());
    // then
    byte[] wav = reply.bytes();
    int data = new String(wav, StandardCharsets.ISO_8859_1).indexOf("data");
    int length = (int) unsigned(wav, data + 4);
    assertThat(reply.pieces().get(0).length()).isEqualTo(7);
    assertThat(unsigned(wav, 4)).isEqualTo(wav.length - 8);
    assertThat(unsigned(wav, 16)).isEqualTo(40);
    assertThat(new String(wav, 60, 4, StandardCharsets.US_ASCII)).isEqualTo("LIST");
    assertThat(new String(wav, data + 8 + length, 4, StandardCharsets.US_ASCII)).isEqualTo("LIST");
    assertThat(EmulatedSpeech.textOf(Arrays.copyOfRange(wav, data + 8, data + 8 + length)))
        .isEqualTo(TEXT);
  }

  @Test
  void eventsCarryTheSameAudio() {
    // when
    Probe.Reply reply =
        playing(
            OpenAiSpeechScript.instant().as(OpenAiAudio.OPENAI.ending(true, true)),
            HELLO.copy().put("stream_format", "sse"));
    // then
    ByteArrayOutputStream audio = new ByteArrayOutputStream();
    for (String event : reply.body().split("\n\n", 0)) {
      if (event.contains("speech.audio.delta")) {
        String base64 = new JsonObject(event.substring(6)).getString("audio");
        audio.writeBytes(Base64.getDecoder().decode(base64));
      }
    }
    assertThat(reply.type()).isEqualTo("text/event-stream");
    assertThat(EmulatedSpeech.textOf(audio.toByteArray())).isEqualTo(TEXT);
    assertThat(reply.body())
        .contains("data: {\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":5,")
        .endsWith("data: [DONE]\n\n");
  }

  @Test
  void faultsComeWhereTheyAreTold() {
    OpenAiSpeechScript script = OpenAiSpeechScript.instant().inPieces(60, false);
    assertThatThrownBy(() -> playing(script.failing(OpenAiSpeechFault.cut(3)), HELLO))
        .hasMessageContaining("closed");
    assertThat(
            EmulatedSpeech.textOf(playing(script.failing(OpenAiSpeechFault.end(3)), HELLO).bytes()))
        .isEqualTo("Hel");
    assertThat(
            playing(
                    script.failing(OpenAiSpeechFault.error(OpenAiError.broken(), 1)),
                    HELLO.copy().put("stream_format", "sse"))
                .body())
        .contains("speech.audio.delta")
        .contains("\"type\":\"error\"")
        .doesNotContain("speech.audio.done");
  }

  @Test
  void theHeadMayBeSlowAndTheTypeWrong() {
    Probe.Reply reply =
        playing(
            OpenAiSpeechScript.instant()
                .withHeadDelay(Duration.ofMillis(20))
                .paced(Duration.ofMillis(10), 0.01)
                .as(OpenAiAudio.OPENAI.withContentType("application/octet-stream")),
            HELLO);
    assertThat(reply.type()).isEqualTo("application/octet-stream");
    assertThat(EmulatedSpeech.textOf(reply.bytes())).isEqualTo(TEXT);
  }

  @Test
  void whatIsLeftInTheMiddleIsCounted() {
    // given
    OpenAiEmulator emulator =
        await(
            OpenAiEmulator.start(
                vertx,
                OpenAiOptions.DEFAULTS.withSpeech(
                    call -> OpenAiSpeechScript.instant().failing(OpenAiSpeechFault.hang(1)))));
    // when
    Probe.of(vertx, emulator, "/audio/speech").leave(HELLO.encode());
    // then
    await(emulator.when(now -> now.openSpeeches() == 0 && now.cancelled() == 1));
    assertThat(emulator.counters().charactersSpoken()).isEqualTo(TEXT.length());
  }
}
