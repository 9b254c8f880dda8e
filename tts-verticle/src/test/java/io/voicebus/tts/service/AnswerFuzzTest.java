package io.voicebus.tts.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** What a speech service answers, whatever it is. */
class AnswerFuzzTest {
  /** The first byte says where the others are cut. */
  @FuzzTest
  void linesOfJsonAreTheSameWhereverTheirBytesAreCut(byte[] bytes) {
    int stride = bytes.length == 0 ? 1 : 1 + (bytes[0] & 0x0F);
    byte[] sent = bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
    assertThat(lines(sent, stride)).isEqualTo(lines(sent, Math.max(1, sent.length)));
  }

  private static String lines(byte[] bytes, int stride) {
    StringBuilder all = new StringBuilder();
    SoundedJson lines =
        SoundedJson.lines(
            line ->
                all.append(line.json())
                    .append(Arrays.hashCode(Arrays.copyOf(line.sound(), line.soundLength())))
                    .append('|'));
    try {
      for (int at = 0; at < bytes.length; at += stride) {
        byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + stride));
        lines.feed(
            (from, to, into, place) -> System.arraycopy(piece, from, into, place, to - from),
            piece.length);
      }
      lines.end();
    } catch (IllegalArgumentException refused) {
      all.append(refused.getMessage());
    }
    return all.toString();
  }

  /** The first line is the header, the last one the time of the answer. */
  @FuzzTest
  void whenToTryAgainIsReadOrPassedOver(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", 2);
    RetryAfter.of(name -> name.startsWith("retry") ? lines[0] : lines[lines.length - 1])
        .ifPresent(after -> assertThat(after).isGreaterThanOrEqualTo(Duration.ZERO));
  }
}
