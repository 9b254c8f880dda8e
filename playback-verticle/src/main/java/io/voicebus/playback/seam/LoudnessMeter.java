package io.voicebus.playback.seam;

/**
 * Measures loudness as ITU-R BS.1770-4 has it, of one segment: two filters that hear as the ear
 * does, and blocks of 400 ms that overlap by three quarters. NOT thread safe.
 */
final class LoudnessMeter {
  private static final int BLOCK_PARTS = 4;

  /** What a sum of squares of full scale 1 lacks to a loudness, in dB. */
  private static final double OFFSET = -0.691;

  private final LoudnessCount count;
  private final Biquad shelf;
  private final Biquad highPass;
  private final int partSamples;
  private final double[] parts = new double[BLOCK_PARTS];
  private double part;
  private int inPart;
  private int partsDone;

  /** Adds to what is known of a voice. */
  LoudnessMeter(int rateHz, LoudnessCount count) {
    this.count = count;
    partSamples = rateHz / 10;
    // The filters of BS.1770 at any rate; its tables are those of 48 kHz.
    double k = Math.tan(Math.PI * 1681.974450955533 / rateHz);
    double q = 0.7071752369554196;
    double high = Math.pow(10, 3.999843853973347 / 20);
    double band = Math.pow(high, 0.4996667741545416);
    double a0 = 1 + k / q + k * k;
    shelf =
        new Biquad(
            (high + band * k / q + k * k) / a0,
            2 * (k * k - high) / a0,
            (high - band * k / q + k * k) / a0,
            2 * (k * k - 1) / a0,
            (1 - k / q + k * k) / a0);
    double l = Math.tan(Math.PI * 38.13547087602444 / rateHz);
    double r = 0.5003270373238773;
    double c0 = 1 + l / r + l * l;
    highPass = new Biquad(1, -2, 1, 2 * (l * l - 1) / c0, (1 - l / r + l * l) / c0);
  }

  void accept(byte[] pcm) {
    if (count.isEnough()) {
      return;
    }
    for (int i = 0; i < pcm.length / 2; i++) {
      double heard = highPass.next(shelf.next(Samples.get(pcm, i) / 32_768.0));
      part += heard * heard;
      if (++inPart == partSamples) {
        parts[partsDone++ % BLOCK_PARTS] = part / partSamples;
        part = 0;
        inPart = 0;
        if (partsDone >= BLOCK_PARTS) {
          double mean = (parts[0] + parts[1] + parts[2] + parts[3]) / BLOCK_PARTS;
          count.add(OFFSET + 10 * Math.log10(mean));
        }
      }
    }
  }

  /** A filter of the second order. */
  private static final class Biquad {
    private final double b0;
    private final double b1;
    private final double b2;
    private final double a1;
    private final double a2;
    private double z1;
    private double z2;

    Biquad(double b0, double b1, double b2, double a1, double a2) {
      this.b0 = b0;
      this.b1 = b1;
      this.b2 = b2;
      this.a1 = a1;
      this.a2 = a2;
    }

    double next(double in) {
      double out = b0 * in + z1;
      z1 = b1 * in - a1 * out + z2;
      z2 = b2 * in - a2 * out;
      return out;
    }
  }
}
