package io.voicebus.tts.sound;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** What a speech service or a program gives as sound, whatever it is. */
class SoundFuzzTest {
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
  void aWavFileIsTheSameWhereverItsBytesAreCut(byte[] bytes) {
    isTheSame(bytes, SoundFuzzTest::wav);
  }

  private static String wav(byte[] file, int stride) {
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    WavReader reader = new WavReader(samples::writeBytes);
    try {
      feed(file, stride, bytes -> reader.feed(bytes, bytes.length));
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
    isTheSame(bytes, SoundFuzzTest::sound);
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
  void timesOfWordsAreReadOrPassedOver(byte[] bytes) {
    JsonObject message;
    try {
      message = new JsonObject(new String(bytes, StandardCharsets.UTF_8));
    } catch (DecodeException none) {
      return;
    }
    CharTimes.ofWords(message)
        .ifPresent(times -> assertThat(times.endsMs()).hasSameSizeAs(times.pieces()));
  }
}
