package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** What a speech service, a program or a folder gives, whatever it is. */
class SpeechBytesFuzzTest {
  @FuzzTest
  void aWavFileIsTheSameWhereverItsBytesAreCut(byte[] bytes) {
    isTheSame(bytes, SpeechBytesFuzzTest::wav);
  }

  private static String wav(byte[] file, int stride) {
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    WavReader reader = new WavReader(samples::writeBytes);
    try {
      feed(file, stride, reader::feed);
      reader.end();
    } catch (IllegalArgumentException refused) {
      return String.valueOf(refused.getMessage());
    }
    // A sample of 8 bits becomes one of 16.
    assertThat(samples.size()).isLessThanOrEqualTo(2 * file.length);
    return reader.complete() + " " + Arrays.toString(samples.toByteArray());
  }

  @FuzzTest
  void soundIsTheSameWhereverItsBytesAreCut(byte[] bytes) {
    isTheSame(bytes, SpeechBytesFuzzTest::sound);
  }

  private static String sound(byte[] answer, int stride) {
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    StringBuilder rates = new StringBuilder();
    SpokenAudio audio =
        new SpokenAudio(24_000, hz -> rates.append(hz).append(' '), samples::writeBytes);
    try {
      feed(answer, stride, audio::feed);
      boolean whole = audio.end();
      assertThat(samples.size() % 2).isZero();
      assertThat(samples.size()).isLessThanOrEqualTo(2 * answer.length);
      return rates.append(whole).append(Arrays.toString(samples.toByteArray())).toString();
    } catch (SpokenAudio.Unplayable refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @FuzzTest
  void linesOfJsonAreTheSameWhereverTheirBytesAreCut(byte[] bytes) {
    isTheSame(bytes, SpeechBytesFuzzTest::lines);
  }

  private static String lines(byte[] bytes, int stride) {
    StringBuilder all = new StringBuilder();
    JsonLines lines = new JsonLines(line -> all.append(line).append('|'));
    feed(bytes, stride, lines::feed);
    lines.end();
    return all.toString();
  }

  private interface Reading {
    String read(byte[] bytes, int stride);
  }

  /** The first byte says where the others are cut. */
  private static void isTheSame(byte[] bytes, Reading reading) {
    int stride = bytes.length == 0 ? 1 : 1 + (bytes[0] & 0x0F);
    byte[] sent = bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
    assertThat(reading.read(sent, stride)).isEqualTo(reading.read(sent, Math.max(1, sent.length)));
  }

  private static void feed(byte[] bytes, int stride, Consumer<byte[]> to) {
    for (int at = 0; at < bytes.length; at += stride) {
      to.accept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + stride)));
    }
  }

  @FuzzTest
  void aFileOfTheSpeechCacheIsReadOrRefused(byte[] bytes) {
    try {
      SavedSpeech speech = SavedSpeech.decode(bytes);
      assertThat(speech.encode()).isEqualTo(bytes);
      assertThat(speech.sampleRateHz()).isPositive();
    } catch (IOException refused) {
      assertThat(refused).isNotNull();
    }
  }

  @FuzzTest
  void aMessageOfElevenLabsIsReadOrRefused(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      ElevenMessage message = new ElevenMessage(text);
      message.code();
      assertThat(message.contextId()).isNotNull();
      assertThat(message.error() + message.words()).isNotNull();
      assertThat(message.audio().length).isLessThanOrEqualTo(text.length());
    } catch (DecodeException refused) {
      assertThat(refused).hasMessageContaining("not");
    }
  }

  @FuzzTest
  void whatAnErrorSaysIsReadOrPassedOver(byte[] bytes) {
    String body = new String(bytes, StandardCharsets.UTF_8);
    assertThat(OpenAiFailures.ofStatus(400, body).detail()).hasSizeBetween(1, 600);
    try {
      CharTimes.ofWords(new JsonObject(body));
    } catch (DecodeException refused) {
      assertThat(refused).isNotNull();
    }
    String[] lines = body.split("\n", 3);
    RetryAfter.of(name -> name.startsWith("retry") ? lines[0] : lines[lines.length - 1])
        .ifPresent(after -> assertThat(after).isGreaterThanOrEqualTo(Duration.ZERO));
  }
}
