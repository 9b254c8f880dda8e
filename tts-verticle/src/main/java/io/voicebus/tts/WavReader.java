package io.voicebus.tts;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The samples out of a WAV file as it comes, wherever it was cut. Whoever streams one does not know
 * its length, and writes some large number or 0; others write the true one, and may have chunks
 * after the samples, which sound like a click. NOT thread-safe.
 */
final class WavReader {
  /** What may come before the samples: pictures are not wanted. */
  static final int MAX_HEADER_BYTES = 1 << 20;

  /** Lengths from here on are no lengths; the least that was seen is 2,000,000,000. */
  private static final long ENDLESS = 1_900_000_000L;

  private static final int PCM = 1;
  private static final int EXTENSIBLE = 0xFFFE;

  private final Consumer<byte[]> samples;
  private byte[] header = {};
  private boolean inData;
  private long left;
  private boolean endless;
  private int sampleRateHz;

  /**
   * A reader at the start of a file.
   *
   * @param samples takes bytes of 16-bit little-endian mono samples, cut anywhere
   */
  WavReader(Consumer<byte[]> samples) {
    this.samples = samples;
  }

  /** 0 until it is known. */
  int sampleRateHz() {
    return sampleRateHz;
  }

  /**
   * The next bytes.
   *
   * @throws IllegalArgumentException with what is wrong, if this is no WAV file, or one of another
   *     kind
   */
  void feed(byte[] bytes) {
    if (inData) {
      data(bytes, 0);
      return;
    }
    int known = header.length;
    header = Arrays.copyOf(header, known + bytes.length);
    System.arraycopy(bytes, 0, header, known, bytes.length);
    parse();
  }

  private void parse() {
    ByteBuffer in = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    if (header.length >= 4 && in.getInt(0) != id("RIFF")) {
      throw new IllegalArgumentException("it is no WAV file");
    }
    if (header.length < 12) {
      return;
    }
    if (in.getInt(8) != id("WAVE")) {
      throw new IllegalArgumentException("it is no WAV file");
    }
    int at = 12;
    while (at + 8 <= header.length) {
      long size = Integer.toUnsignedLong(in.getInt(at + 4));
      if (in.getInt(at) == id("data")) {
        if (sampleRateHz == 0) {
          throw new IllegalArgumentException("its format is not told before its samples");
        }
        inData = true;
        endless = size == 0 || size > ENDLESS;
        left = size;
        byte[] all = header;
        header = new byte[0];
        data(all, at + 8);
        return;
      }
      if (at + 8 + size > MAX_HEADER_BYTES) {
        throw new IllegalArgumentException("its samples do not begin");
      }
      int next = at + 8 + (int) (size + (size & 1));
      if (next > header.length) {
        return;
      }
      if (in.getInt(at) == id("fmt ")) {
        format(in, at + 8, (int) size);
      }
      at = next;
    }
  }

  private void format(ByteBuffer in, int at, int size) {
    if (size < 16) {
      throw new IllegalArgumentException("its format is not told");
    }
    int encoding = Short.toUnsignedInt(in.getShort(at));
    if (encoding == EXTENSIBLE && size >= 26) {
      encoding = Short.toUnsignedInt(in.getShort(at + 24));
    }
    int channels = in.getShort(at + 2);
    int bits = in.getShort(at + 14);
    if (encoding != PCM || bits != 16 || channels != 1) {
      throw new IllegalArgumentException(
          "its samples must be 16-bit PCM, mono; they are of encoding "
              + encoding
              + ", "
              + bits
              + " bits, "
              + channels
              + " channels");
    }
    sampleRateHz = in.getInt(at + 4);
    if (sampleRateHz < 1) {
      throw new IllegalArgumentException("its sample rate is " + sampleRateHz);
    }
  }

  private void data(byte[] bytes, int from) {
    int size = (int) (endless ? bytes.length - from : Math.min(left, bytes.length - from));
    left -= size;
    if (size > 0) {
      samples.accept(Arrays.copyOfRange(bytes, from, from + size));
    }
  }

  /** Whether the file may end here. */
  boolean complete() {
    return inData && (endless || left == 0);
  }

  private static int id(String name) {
    return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
  }
}
