package io.voicebus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At 8,000 Hz a frame of 10 ms has 160 bytes, and a chunk of 100 ms has 1,600. */
class FieldHeardTest {
  private static final int RATE = 8_000;
  private static final int SECOND = 16_000;

  private static byte[] sound(int bytes, int level) {
    byte[] pcm = new byte[bytes];
    for (int at = 0; at + 1 < bytes; at += 2) {
      pcm[at] = (byte) level;
      pcm[at + 1] = (byte) (level >> 8);
    }
    return pcm;
  }

  private static FieldHeard heard(List<byte[]> pieces, Double... arrivedMs) {
    return FieldHeard.of(pieces, Arrays.asList(arrivedMs), RATE);
  }

  @Test
  void isFirstHeardWhereTheSoundBeginsAndNotWhereTheBytesDo() {
    // given: 50 ms of silence, then a level just above a hundredth of full scale
    FieldHeard heard = heard(List.of(sound(800, 0), sound(SECOND, 330)), 100.0, 101.0);
    // then
    assertThat(heard.firstByteMs()).isEqualTo(100);
    assertThat(heard.onsetMs()).isEqualTo(150);
  }

  @Test
  void neverHearsWhatIsTooQuiet() {
    assertThat(heard(List.of(sound(SECOND, 326)), 1.0).onsetMs()).isNaN();
  }

  @Test
  void hearsNoGapInWhatComesSoonerThanItIsPlayed() {
    FieldHeard heard = heard(List.of(sound(SECOND, 999), sound(SECOND, 999)), 10.0, 1_010.0);
    assertThat(heard)
        .returns(20, FieldHeard::chunks)
        .returns(20, FieldHeard::inTime)
        .returns(0.0, FieldHeard::silenceMs)
        .returns(2_000.0, FieldHeard::soundMs)
        .returns(true, FieldHeard::unbroken);
  }

  @Test
  void countsAChunkInWhichTheSoundRanOutOnceAndTheSilenceWhole() {
    // given: the second piece is 300 ms late, and its own second frame 20 ms more
    List<byte[]> pieces = List.of(sound(SECOND, 999), sound(160, 999), sound(SECOND - 160, 999));
    FieldHeard heard = heard(pieces, 0.0, 1_300.0, 1_330.0);
    // then
    assertThat(heard)
        .returns(20, FieldHeard::chunks)
        .returns(19, FieldHeard::inTime)
        .returns(320.0, FieldHeard::silenceMs);
  }

  @Test
  void playsAFrameOnlyWhenItsLastByteHasCome() {
    // given: pieces that end within a sample, and the rest of the first frame comes 5 ms later
    FieldHeard heard = heard(List.of(sound(99, 999), sound(SECOND - 99, 999)), 10.0, 15.0);
    // then
    assertThat(heard.firstByteMs()).isEqualTo(10);
    assertThat(heard.onsetMs()).isEqualTo(15);
    assertThat(heard.unbroken()).isTrue();
  }

  @Test
  void hearsNothingOfNothing() {
    FieldHeard heard = heard(List.of());
    assertThat(heard.onsetMs()).isNaN();
    assertThat(heard.chunks()).isZero();
  }
}
