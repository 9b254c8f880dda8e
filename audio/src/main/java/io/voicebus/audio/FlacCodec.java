package io.voicebus.audio;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * FLAC (RFC 9639) of mono 16-bit samples in blocks of a fixed length, with its fixed predictors and
 * partitioned Rice codes: lossless, about as small as {@code flac -1} makes it. NOT thread safe.
 */
final class FlacCodec implements Codec {
  private static final int MAX_ORDER = 4;
  private static final int BITS = 16;
  private static final int STREAM_INFO_BYTES = 34;
  private static final int MAX_FRAME_HZ = 0xffff;

  /** Of eight parts each has its own Rice parameter, where a block can be divided so. */
  private static final int PARTITION_ORDER = 3;

  /** 15 would announce samples that are not coded. */
  private static final int MAX_RICE = 14;

  private short[] pending = {};
  private int rateHz;
  private int block;
  private long blocks;
  private long samples;

  @Override
  public byte[] begin(int newRateHz) {
    rateHz = newRateHz;
    block = newRateHz < 24_000 ? 512 : 1024; // 21 to 43 ms at the usual rates
    return head(0);
  }

  /** The mark and STREAMINFO, without a checksum of the samples. */
  private byte[] head(long totalSamples) {
    BitWriter out = new BitWriter();
    out.put(0x664c6143, 32); // fLaC
    out.put(0x80, 8); // the last block of metadata, STREAMINFO
    out.put(STREAM_INFO_BYTES, 24);
    out.put(block, 16);
    out.put(block, 16);
    out.put(0, 24);
    out.put(0, 24);
    out.put(rateHz, 20);
    out.put(0, 3); // channels, less one
    out.put(BITS - 1, 5);
    out.put(totalSamples >>> 32, 4);
    out.put(totalSamples, 32);
    for (int i = 0; i < 4; i++) {
      out.put(0, 32);
    }
    return out.bytes();
  }

  @Override
  public byte[] encode(byte[] pcm) {
    samples += pcm.length / 2;
    pending = WholeSamples.concat(pending, WholeSamples.shorts(pcm));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    for (; pending.length - at >= block; at += block) {
      out.writeBytes(frame(Arrays.copyOfRange(pending, at, at + block)));
    }
    pending = Arrays.copyOfRange(pending, at, pending.length);
    return out.toByteArray();
  }

  @Override
  public byte[] end() {
    byte[] last = pending.length == 0 ? AudioEncoder.NOTHING : frame(pending);
    pending = new short[0];
    return last;
  }

  @Override
  public byte[] finishedHead() {
    return head(samples);
  }

  /** Section 9: head, one subframe, checksum. */
  private byte[] frame(short[] of) {
    BitWriter out = new BitWriter();
    out.put(0xfff8, 16); // blocks of a fixed length
    out.put(0b0111, 4); // the length follows in 16 bits
    out.put(rateHz <= MAX_FRAME_HZ ? 0b1101 : 0, 4); // the rate follows, too, or is STREAMINFO's
    out.put(0, 4); // mono
    out.put(0b100, 3); // 16 bits
    out.put(0, 1);
    number(out, blocks++);
    out.put(of.length - 1, 16);
    if (rateHz <= MAX_FRAME_HZ) {
      out.put(rateHz, 16);
    }
    out.put(crc(out.bytes(), 0x07, 8), 8);
    subframe(out, of);
    out.align();
    out.put(crc(out.bytes(), 0x8005, 16), 16);
    return out.bytes();
  }

  /** Section 9.1.5: as UTF-8 codes a character, up to 36 bits. */
  private static void number(BitWriter out, long number) {
    if (number < 0x80) {
      out.put(number, 8);
      return;
    }
    int more = 1;
    while (number >= 1L << (5 * more + 6)) {
      more++;
    }
    out.put((0xff00L >> (more + 1) & 0xff) | (number >> (6 * more)), 8);
    for (int i = more - 1; i >= 0; i--) {
      out.put(0x80 | (number >> (6 * i) & 0x3f), 8);
    }
  }

  private static void subframe(BitWriter out, short[] of) {
    int[] best = null;
    int order = 0;
    long least = Long.MAX_VALUE;
    int[] residual = widened(of);
    for (int n = 0; n <= Math.min(MAX_ORDER, of.length - 1); n++) {
      long sum = 0;
      for (int i = n; i < residual.length; i++) {
        sum += Math.abs(residual[i]);
      }
      if (best == null || sum < least) {
        best = residual.clone();
        least = sum;
        order = n;
      }
      difference(residual, n);
    }
    out.put(0b001000 | order, 7); // a zero, then the fixed predictor of this order
    out.put(0, 1); // no wasted bits
    for (int i = 0; i < order; i++) {
      out.put(of[i], BITS);
    }
    residual(out, best == null ? residual : best, order);
  }

  private static int[] widened(short[] of) {
    int[] wide = new int[of.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = of[i];
    }
    return wide;
  }

  /** What the predictor of the next order leaves, but for the samples that it begins with. */
  private static void difference(int[] values, int order) {
    for (int i = values.length - 1; i > order; i--) {
      values[i] -= values[i - 1];
    }
  }

  /** Section 9.2.7: Rice codes with a parameter of four bits for each part. */
  private static void residual(BitWriter out, int[] values, int order) {
    int parts = values.length % (1 << PARTITION_ORDER) == 0 ? PARTITION_ORDER : 0;
    int length = values.length >> parts;
    if (length <= order) {
      parts = 0;
      length = values.length;
    }
    out.put(0, 2);
    out.put(parts, 4);
    for (int from = 0; from < values.length; from += length) {
      part(out, values, Math.max(from, order), from + length);
    }
  }

  private static void part(BitWriter out, int[] values, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += folded(values[i]);
    }
    int rice = 0;
    while (rice < MAX_RICE && (long) (to - from) << (rice + 1) < sum) {
      rice++;
    }
    out.put(rice, 4);
    for (int i = from; i < to; i++) {
      long value = folded(values[i]);
      out.unary(value >> rice);
      out.put(value, rice);
    }
  }

  /** 0, -1, 1, -2, 2 … become 0, 1, 2, 3, 4 … */
  private static long folded(int value) {
    return value < 0 ? -2L * value - 1 : 2L * value;
  }

  /** Of whole bytes, the most significant bit foremost, from zero. */
  private static int crc(byte[] bytes, int polynomial, int bits) {
    int crc = 0;
    int top = 1 << (bits - 1);
    for (byte b : bytes) {
      crc ^= (b & 0xff) << (bits - 8);
      for (int i = 0; i < 8; i++) {
        crc = (crc & top) == 0 ? crc << 1 : (crc << 1) ^ polynomial;
      }
    }
    return crc & ((1 << bits) - 1);
  }
}
