package io.voicebus.tts.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenAudioTest {
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private int rateHz;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ID3\4\0\0\0\0\0\0\0\0\0\0",
        "OggS\0\2\0\0\0\0\0\0\0\0",
        "fLaC\0\0\0\"\20\0\20\0\0\0",
        "\032E\337\243\237B\206\1\1B\367\1",
        "\0\0\0\034ftypisom\0\0",
        "{\"error\": {\"message\"",
        "[{\"loc\":[\"body\"]}]",
        "<!DOCTYPE html><html>",
        " \n<html><head></head>",
      })
  void whatIsNoSoundThatCanBePlayedIsRefusedWhereverItIsCut(String begin) {
    byte[] bytes = begin.getBytes(StandardCharsets.ISO_8859_1);
    for (int piece = 1; piece <= bytes.length; piece++) {
      SpokenAudio audio = audio();
      int each = piece;
      assertThatThrownBy(
              () -> {
                feed(audio, bytes, each);
                audio.end();
              })
          .isInstanceOf(SpokenAudio.Unplayable.class)
          .hasMessageStartingWith("it is ");
      assertThat(heard.size()).isZero();
    }
  }

  /** Not quoted: what servers answer may repeat what they were to say. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\": \"no: my secret\"} | it is text, as JSON is",
        "[{\"input\": \"my secret\"}] | it is text, as JSON is",
        "<html>my secret</html> | it is text, a page",
      })
  void aTextIsToldByItsKind(String text, String told) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> feed(audio(), bytes, 1_000)).hasMessage(told);
  }

  @Test
  void framesOfMp3AndAacWithoutATagAreKnownByTheirSecondOne() {
    byte[] mp3 = new byte[900];
    byte[] aac = new byte[900];
    for (int at = 0; at < 900; at += 417) {
      System.arraycopy(new byte[] {-1, -5, (byte) 0x90, 0x64}, 0, mp3, at, 4);
    }
    for (int at = 0; at + 7 < 900; at += 200) {
      System.arraycopy(new byte[] {-1, -15, 0x50, (byte) 0x80, 0x19, 0x1f, -4}, 0, aac, at, 7);
    }
    for (byte[] bytes : new byte[][] {mp3, aac}) {
      for (int piece : new int[] {1, 100, 416, 418, 900}) {
        SpokenAudio audio = audio();
        assertThatThrownBy(() -> feed(audio, bytes, piece)).hasMessageContaining("MP3 or AAC");
        assertThat(heard.size()).isZero();
      }
    }
  }

  @Test
  void samplesThatLookLikeTheBeginningOfAFrameAreHeard() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      byte[] pcm = new byte[2_000];
      random.nextBytes(pcm);
      pcm[0] = -1;
      pcm[1] = (byte) (0xe0 | pcm[1]);
      heard.reset();
      SpokenAudio audio = audio();
      feed(audio, pcm, 300);
      assertThat(audio.end()).isTrue();
      assertThat(heard.toByteArray()).isEqualTo(pcm);
    }
  }

  /** Its first byte tells that it is none of what is refused, so that it is heard at once. */
  @ParameterizedTest
  @ValueSource(strings = {"\1\0\0\034ftypisom\0\0", "\f{\"error\": {\"ab\""})
  void samplesThatHaveTheNameOfAFormatFurtherOnAreHeardWhereverTheyAreCut(String begin) {
    byte[] bytes = begin.getBytes(StandardCharsets.ISO_8859_1);
    for (int piece = 1; piece <= bytes.length; piece++) {
      heard.reset();
      SpokenAudio audio = audio();
      feed(audio, bytes, piece);
      assertThat(audio.end()).isTrue();
      assertThat(heard.toByteArray()).isEqualTo(bytes);
    }
  }

  @Test
  void bareSamplesAreHeardFromTheFirstOneOnAtTheRateThatWasTold() {
    SpokenAudio audio = audio();
    audio.bareRate(16_000);
    audio.feed(new byte[] {7, 1, 2, 3, 4});
    assertThat(heard.toByteArray())
        .as("at once, but for half a sample")
        .containsExactly(7, 1, 2, 3);
    audio.feed(new byte[] {5});
    assertThat(heard.toByteArray()).containsExactly(7, 1, 2, 3, 4, 5);
    assertThat(rateHz).isEqualTo(16_000);
  }

  @Test
  void aWavFileIsReadWhateverItWasCalled() {
    SpokenAudio audio = audio();
    feed(audio, WavFiles.wav(0xFFFFFFFFL, 1, 1, 16, true), 3);
    assertThat(audio.end()).isTrue();
    assertThat(heard.toByteArray()).isEqualTo(WavFiles.samples());
    assertThat(rateHz).isEqualTo(24_000);
  }

  @Test
  void anArrayThatIsNotHandedOverMayBeWrittenOver() {
    for (byte[] file : List.of(WavFiles.samples(), WavFiles.wav(0xFFFFFFFFL, 1, 1, 16, true))) {
      for (int piece : new int[] {1, 2, 7, 64}) {
        List<byte[]> passed = new ArrayList<>();
        SpokenAudio audio = new SpokenAudio(22_050, hz -> {}, passed::add);
        byte[] borrowed = new byte[piece + 3];
        for (int at = 0; at < file.length; at += piece) {
          int length = Math.min(piece, file.length - at);
          System.arraycopy(file, at, borrowed, 0, length);
          audio.feed(borrowed, length);
          Arrays.fill(borrowed, (byte) 0x55);
        }
        assertThat(audio.end()).isTrue();
        passed.forEach(heard::writeBytes);
        assertThat(heard.toByteArray()).isEqualTo(WavFiles.samples());
        heard.reset();
      }
    }
  }

  @Test
  void anEmptyAnswerIsNoFault() {
    assertThat(audio().end()).isTrue();
  }

  private SpokenAudio audio() {
    return new SpokenAudio(22_050, hz -> rateHz = hz, heard::writeBytes);
  }

  private static void feed(SpokenAudio audio, byte[] bytes, int piece) {
    for (int at = 0; at < bytes.length; at += piece) {
      audio.feed(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
    }
  }
}
