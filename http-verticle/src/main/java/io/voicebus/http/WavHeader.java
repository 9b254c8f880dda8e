package io.voicebus.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The 44 bytes before the samples of a WAV stream: RIFF, format 1, one channel, signed 16-bit
 * little-endian.
 */
final class WavHeader {
  static final int BYTES = 44;

  /** Stands for a length that nobody knows yet. */
  private static final int UNKNOWN = 0xFFFFFFFF;

  private WavHeader() {}

  /** Before samples that are still being made. */
  static byte[] streaming(int sampleRateHz) {
    return header(sampleRateHz, UNKNOWN, UNKNOWN);
  }

  /** Before this many bytes of samples. */
  static byte[] exact(int sampleRateHz, int dataBytes) {
    return header(sampleRateHz, BYTES - 8 + dataBytes, dataBytes);
  }

  private static byte[] header(int sampleRateHz, int riffBytes, int dataBytes) {
    ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(riffBytes);
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    header.putShort((short) 1).putShort((short) 1);
    header.putInt(sampleRateHz).putInt(sampleRateHz * 2);
    header.putShort((short) 2).putShort((short) 16);
    header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
    return header.array();
  }
}
