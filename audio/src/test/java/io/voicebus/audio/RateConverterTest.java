package io.voicebus.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateConverterTest {
  private static byte[] convert(int inHz, int outHz, byte[] pcm, Random pieces) {
    RateConverter converter = new RateConverter(inHz, outHz);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < pcm.length) {
      int end = Math.min(pcm.length, at + 2 * (1 + pieces.nextInt(700)));
      long most = converter.mostSamples((end - at) / 2);
      byte[] piece = converter.convert(Arrays.copyOfRange(pcm, at, end));
      assertThat(piece.length / 2).isLessThanOrEqualTo((int) most);
      out.writeBytes(piece);
      at = end;
    }
    out.writeBytes(converter.finish());
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "22050,24000,440",
    "22050,24000,7000",
    "16000,24000,3000",
    "16000,24000,6000",
    "44100,24000,3000",
    "48000,24000,9000",
    "8000,48000,3000",
    "23999,24000,5000",
    "24000,44100,9000",
    "22050,48000,9000",
    "16000,44100,6500",
    "24000,16000,6000",
    "24000,8000,3000",
    "44100,22050,9000"
  })
  void aToneStaysThatToneAndNothingElse(int inHz, int outHz, double hz) {
    // given
    byte[] tone = Sound.sine(hz, inHz, 2 * inHz, 16_000);
    // when
    int[] out = Sound.samples(convert(inHz, outHz, tone, new Random(1)));
    // then
    double w = 2 * Math.PI * hz / outHz;
    int from = outHz / 10;
    int to = out.length - from;
    double sin = 0;
    double cos = 0;
    for (int i = from; i < to; i++) {
      sin += out[i] * Math.sin(w * i) * 2 / (to - from);
      cos += out[i] * Math.cos(w * i) * 2 / (to - from);
    }
    double signal = 0;
    double noise = 0;
    for (int i = from; i < to; i++) {
      double ideal = sin * Math.sin(w * i) + cos * Math.cos(w * i);
      signal += ideal * ideal;
      noise += (out[i] - ideal) * (out[i] - ideal);
    }
    assertThat(Math.hypot(sin, cos)).as("amplitude").isBetween(15_900.0, 16_100.0);
    assertThat(Math.atan2(cos, sin)).as("phase").isBetween(-0.001, 0.001);
    assertThat(10 * Math.log10(signal / noise)).as("signal to noise, dB").isGreaterThan(70);
  }

  @Test
  void whatTheLowerRateCannotHoldIsGone() {
    // given
    byte[] tone = Sound.sine(15_000, 48_000, 48_000, 16_000);
    // when
    int[] out = Sound.samples(convert(48_000, 24_000, tone, new Random(1)));
    // then
    int[] middle = Arrays.copyOfRange(out, 2_000, out.length - 2_000);
    assertThat(Arrays.stream(middle).map(Math::abs).max().orElseThrow()).isLessThan(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 16_000, 22_050, 23_999, 32_000, 44_100, 48_000})
  void howItIsCutIntoPiecesMakesNoDifferenceAndTheLengthIsExact(int inHz) {
    // given
    Random random = new Random(inHz);
    int samples = 60_000 + random.nextInt(1_000);
    byte[] noise = new byte[2 * samples];
    random.nextBytes(noise);
    // when
    byte[] one = convert(inHz, 24_000, noise, new Random(1));
    byte[] other = convert(inHz, 24_000, noise, new Random(2));
    // then
    assertThat(one).isEqualTo(other);
    assertThat(one).hasSize(2 * (int) ((samples * 24_000L + inHz - 1) / inHz));
  }

  @Test
  void silenceAndNothingStayWhatTheyAre() {
    assertThat(convert(16_000, 24_000, new byte[0], new Random(1))).isEmpty();
    assertThat(convert(16_000, 24_000, new byte[200], new Random(1))).isEqualTo(new byte[300]);
  }
}
