package io.voicebus.tts.sound;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** WAV files, right and wrong ones. */
public final class WavFiles {
  private static final byte[] SAMPLES = {1, 2, 3, 4, 5, 6, 7, 8};

  private WavFiles() {}

  /** What each of them says. */
  public static byte[] samples() {
    return SAMPLES.clone();
  }

  /** A file of 24 kHz whose data chunk claims a size. */
  public static byte[] wav(long dataSize, int encoding, int channels, int bits, boolean list) {
    int formatBytes = encoding == 0xFFFE ? 40 : 16;
    ByteBuffer head = ByteBuffer.allocate(20 + formatBytes).order(ByteOrder.LITTLE_ENDIAN);
    head.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    head.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(formatBytes);
    head.putShort((short) encoding).putShort((short) channels).putInt(24_000);
    head.putInt(48_000).putShort((short) 2).putShort((short) bits);
    if (encoding == 0xFFFE) {
      head.putShort((short) 22).putShort((short) 16).putInt(4).putShort((short) 1);
    }
    ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    data.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) dataSize);
    return concat(head.array(), list ? chunk("LIST", 27) : new byte[0], data.array(), SAMPLES);
  }

  /** A chunk of zeros. */
  static byte[] chunk(String name, int size) {
    ByteBuffer chunk = ByteBuffer.allocate(8 + size + (size & 1)).order(ByteOrder.LITTLE_ENDIAN);
    return chunk.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(size).array();
  }

  /** One after another. */
  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }
}
