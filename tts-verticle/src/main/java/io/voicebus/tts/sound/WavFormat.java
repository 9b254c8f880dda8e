package io.voicebus.tts.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How the samples of a WAV file are written, and what becomes of them: 16-bit mono. Integers of 8
 * (unsigned), 16, 24 and 32 bits, floats of 32 and 64 bits, A-law and µ-law, of any number of
 * channels, which are mixed. Immutable.
 */
record WavFormat(int encoding, int channels, int bits, int sampleRateHz) {
  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int A_LAW = 6;
  private static final int MU_LAW = 7;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int MOST_CHANNELS = 8;

  /**
   * Out of a {@code fmt} chunk.
   *
   * @throws IllegalArgumentException with what cannot be read
   */
  static WavFormat of(ByteBuffer chunk) {
    if (chunk.remaining() < 16) {
      throw new IllegalArgumentException("its format is not told");
    }
    ByteBuffer in = chunk.slice().order(ByteOrder.LITTLE_ENDIAN);
    int encoding = Short.toUnsignedInt(in.getShort(0));
    if (encoding == EXTENSIBLE && in.remaining() >= 26) {
      encoding = Short.toUnsignedInt(in.getShort(24));
    }
    WavFormat format =
        new WavFormat(
            encoding,
            Short.toUnsignedInt(in.getShort(2)),
            Short.toUnsignedInt(in.getShort(14)),
            in.getInt(4));
    if (!format.readable()) {
      throw new IllegalArgumentException(
          "its samples are of encoding "
              + format.encoding
              + ", "
              + format.bits
              + " bits, "
              + format.channels
              + " channels, which cannot be read");
    }
    if (format.sampleRateHz < 1) {
      throw new IllegalArgumentException("its sample rate is " + format.sampleRateHz);
    }
    return format;
  }

  private boolean readable() {
    boolean known =
        switch (encoding) {
          case PCM -> bits == 8 || bits == 16 || bits == 24 || bits == 32;
          case FLOAT -> bits == 32 || bits == 64;
          case A_LAW, MU_LAW -> bits == 8;
          default -> false;
        };
    return known && channels >= 1 && channels <= MOST_CHANNELS;
  }

  /** Bytes of one sample of all channels. */
  int frameBytes() {
    return channels * bits / 8;
  }

  /** Whether nothing needs to be changed. */
  boolean plain() {
    return encoding == PCM && bits == 16 && channels == 1;
  }

  /** Whole frames as 16-bit mono samples. */
  byte[] mono(byte[] bytes) {
    if (plain()) {
      return bytes;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int frames = bytes.length / frameBytes();
    byte[] mono = new byte[2 * frames];
    for (int i = 0; i < frames; i++) {
      double sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += sample(in, i * frameBytes() + channel * bits / 8);
      }
      long level = Math.round(Short.MAX_VALUE * sum / channels);
      int clipped = (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, level));
      mono[2 * i] = (byte) clipped;
      mono[2 * i + 1] = (byte) (clipped >> 8);
    }
    return mono;
  }

  /** From -1 to 1, and what exceeds that. */
  private double sample(ByteBuffer in, int at) {
    return switch (encoding) {
      case FLOAT -> finite(bits == 32 ? in.getFloat(at) : in.getDouble(at));
      case A_LAW -> aLaw(in.get(at)) / 32_767.0;
      case MU_LAW -> muLaw(in.get(at)) / 32_767.0;
      default ->
          switch (bits) {
            case 8 -> ((in.get(at) & 0xff) - 128) / 127.0;
            case 16 -> in.getShort(at) / 32_767.0;
            case 24 -> ((in.get(at) & 0xff) | in.getShort(at + 1) << 8) / 8_388_607.0;
            default -> in.getInt(at) / 2_147_483_647.0;
          };
    };
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  /** ITU-T G.711. */
  private static int muLaw(byte coded) {
    int code = ~coded & 0xff;
    int level = (((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4);
    return (code & 0x80) != 0 ? 0x84 - level : level - 0x84;
  }

  /** ITU-T G.711. */
  private static int aLaw(byte coded) {
    int code = (coded ^ 0x55) & 0xff;
    int exponent = (code & 0x70) >> 4;
    int level = ((code & 0x0f) << 4) + 8;
    if (exponent > 0) {
      level = (level + 0x100) << (exponent - 1);
    }
    return (code & 0x80) != 0 ? level : -level;
  }
}
