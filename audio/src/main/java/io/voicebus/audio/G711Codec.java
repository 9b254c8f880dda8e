package io.voicebus.audio;

/** One byte a sample, by ITU-T G.711. */
final class G711Codec implements Codec {
  /** Companding of one sample. */
  @FunctionalInterface
  interface Law {
    byte compress(int sample);
  }

  /** Added before the logarithm, in 16 bits (33 of 14). */
  private static final int ULAW_BIAS = 132;

  private static final int ULAW_MOST = 32_635;

  private final Law law;

  G711Codec(Law law) {
    this.law = law;
  }

  @Override
  public byte[] begin(int rateHz) {
    return AudioEncoder.NOTHING;
  }

  @Override
  public byte[] encode(byte[] pcm) {
    byte[] bytes = new byte[pcm.length / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = law.compress(WholeSamples.sample(pcm, i));
    }
    return bytes;
  }

  @Override
  public byte[] end() {
    return AudioEncoder.NOTHING;
  }

  /** Sign, three bits of exponent, four of mantissa, all inverted. */
  static byte ulaw(int sample) {
    int magnitude = Math.min(Math.abs(sample), ULAW_MOST) + ULAW_BIAS;
    int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
    int mantissa = (magnitude >> (exponent + 3)) & 0x0f;
    int sign = sample < 0 ? 0x80 : 0;
    return (byte) ~(sign | (exponent << 4) | mantissa);
  }

  /** Sign, three bits of exponent, four of mantissa, every other bit inverted. */
  static byte alaw(int sample) {
    int sign = sample >= 0 ? 0x80 : 0;
    int magnitude = (sample >= 0 ? sample : ~sample) >> 4;
    int exponent = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
    int mantissa = exponent < 2 ? magnitude & 0x1f : (magnitude >> (exponent - 1)) & 0x0f;
    int code = exponent < 2 ? mantissa : (exponent << 4) | mantissa;
    return (byte) ((sign | code) ^ 0x55);
  }
}
