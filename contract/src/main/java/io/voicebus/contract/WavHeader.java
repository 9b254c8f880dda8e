package io.voicebus.contract;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The 44 bytes before the samples of a WAV file of signed 16-bit little-endian mono PCM. */
public final class WavHeader {
  /** Its length. */
  public static final int BYTES = 44;

  /** What a 32-bit size says when it is not known, or too large for it. */
  private static final int UNKNOWN = 0xFFFFFFFF;

  /** Bytes of the header that its own size field counts. */
  private static final int COUNTED = BYTES - 8;

  private static final int BYTES_PER_SAMPLE = 2;

  private WavHeader() {}

  /** Of audio whose length nobody knows yet: both sizes are 0xFFFFFFFF, as players expect. */
  public static byte[] streaming(int sampleRateHz) {
    return header(sampleRateHz, UNKNOWN, UNKNOWN);
  }

  /**
   * Of so many bytes of samples.
   *
   * @param dataBytes 0 or more; over 4 GiB less the header, the sizes are those of {@link
   *     #streaming}
   */
  public static byte[] exact(int sampleRateHz, long dataBytes) {
    return dataBytes + COUNTED > 0xFFFFFFFEL
        ? streaming(sampleRateHz)
        : header(sampleRateHz, (int) (dataBytes + COUNTED), (int) dataBytes);
  }

  private static byte[] header(int sampleRateHz, int riffBytes, int dataBytes) {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(ascii("RIFF"))
        .putInt(riffBytes)
        .put(ascii("WAVE"))
        .put(ascii("fmt "))
        .putInt(16)
        .putShort((short) 1) // PCM
        .putShort((short) 1) // mono
        .putInt(sampleRateHz)
        .putInt(sampleRateHz * BYTES_PER_SAMPLE)
        .putShort((short) BYTES_PER_SAMPLE)
        .putShort((short) (8 * BYTES_PER_SAMPLE))
        .put(ascii("data"))
        .putInt(dataBytes)
        .array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
