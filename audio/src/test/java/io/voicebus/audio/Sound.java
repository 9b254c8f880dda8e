package io.voicebus.audio;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Sounds for tests, and what is heard in them: signed 16-bit little-endian mono PCM. */
final class Sound {
  private Sound() {}

  static byte[] of(int... samples) {
    byte[] pcm = new byte[2 * samples.length];
    for (int i = 0; i < samples.length; i++) {
      pcm[2 * i] = (byte) samples[i];
      pcm[2 * i + 1] = (byte) (samples[i] >> 8);
    }
    return pcm;
  }

  static int[] samples(byte[] pcm) {
    int[] values = new int[pcm.length / 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = WholeSamples.sample(pcm, i);
    }
    return values;
  }

  /** A tone of this amplitude. */
  static byte[] sine(double hz, int rateHz, int samples, double amplitude) {
    int[] values = new int[samples];
    for (int i = 0; i < samples; i++) {
      values[i] = (int) Math.rint(amplitude * Math.sin(2 * Math.PI * hz * i / rateHz));
    }
    return of(values);
  }

  static byte[] noise(int samples, int amplitude, long seed) {
    Random random = new Random(seed);
    return of(
        random.ints(samples, -amplitude, amplitude + 1).map(v -> Math.max(v, -32768)).toArray());
  }

  static byte[] concat(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }

  /** The amplitude of this tone in a part of the samples. */
  static double amplitude(int[] samples, int from, int to, double hz, int rateHz) {
    double sin = 0;
    double cos = 0;
    double weights = 0;
    for (int i = from; i < to; i++) {
      double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i - from) / (to - from));
      double angle = 2 * Math.PI * hz * i / rateHz;
      sin += weight * samples[i] * Math.sin(angle);
      cos += weight * samples[i] * Math.cos(angle);
      weights += weight;
    }
    return 2 * Math.hypot(sin, cos) / weights;
  }

  /** The root of the mean square, as the amplitude of a tone that is as loud. */
  static double loudness(int[] samples, int from, int to) {
    return Math.sqrt(
        2 * Arrays.stream(samples, from, to).mapToDouble(v -> (double) v * v).average().orElse(0));
  }

  /** Encodes in pieces of random lengths, of which some are empty, or end within a sample. */
  static byte[] encoded(AudioCoding coding, int rateHz, byte[] pcm, long seed) {
    Random random = new Random(seed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AudioEncoder encoder = coding.encoder()) {
      out.writeBytes(encoder.begin(rateHz));
      for (int at = 0; at < pcm.length; ) {
        int length = random.nextInt(10) == 0 ? 0 : random.nextInt(1 << random.nextInt(14));
        int end = Math.min(pcm.length, at + length);
        out.writeBytes(encoder.encode(Arrays.copyOfRange(pcm, at, end)));
        at = end;
      }
      out.writeBytes(encoder.end());
    }
    return out.toByteArray();
  }
}
