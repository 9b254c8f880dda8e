package io.voicebus.contract;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The 44 bytes before the samples of a WAV file: RIFF, format 1, one channel, signed 16-bit
 * little-endian.
 */
public final class WavHeader {
  /** How long the header is. */
  public static final int BYTES = 44;

  /** Stands for a length that is not known yet, as services that stream WAV have it. */
  private static final long UNKNOWN = 0xFFFFFFFFL;

  private WavHeader() {}

  /** For a stream, whose length nobody knows yet. */
  public static byte[] streaming(int sampleRateHz) {
    return header(sampleRateHz, UNKNOWN, UNKNOWN);
  }

  /**
   * For a file.
   *
   * @param dataBytes length of the samples in bytes; over 4 GiB the length is left open
   */
  public static byte[] exact(int sampleRateHz, long dataBytes) {
    return dataBytes + BYTES > UNKNOWN
        ? streaming(sampleRateHz)
        : header(sampleRateHz, dataBytes + BYTES - 8, dataBytes);
  }

  private static byte[] header(int sampleRateHz, long riffBytes, long dataBytes) {
    ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) riffBytes);
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    header.putShort((short) 1).putShort((short) 1);
    header.putInt(sampleRateHz).putInt(sampleRateHz * 2);
    header.putShort((short) 2).putShort((short) 16);
    header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) dataBytes);
    return header.array();
  }
}
