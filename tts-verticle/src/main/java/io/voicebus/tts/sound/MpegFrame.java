package io.voicebus.tts.sound;

/**
 * MP3 (ISO 11172-3) and AAC in ADTS (ISO 13818-7) begin with frames. A head is told from samples by
 * the next one, which is exactly where the first one says.
 */
final class MpegFrame {
  private static final int HEAD_BYTES = 7;

  /** The longest frame, and the head of the next one. */
  static final int MOST_BYTES = 8_192 + HEAD_BYTES;

  private static final int[] RATES_HZ = {44_100, 48_000, 32_000};
  private static final int[] KBPS_1 = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] KBPS_2 = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };

  private MpegFrame() {}

  /** Whether they may begin with a frame, as far as its head tells. */
  static boolean startsIn(byte[] bytes) {
    return length(bytes, 0) > 0 && bytes.length < length(bytes, 0) + HEAD_BYTES;
  }

  /**
   * Whether they begin with a frame that another one follows.
   *
   * @param ended whether these are all bytes, so that one frame may be all
   */
  static boolean follows(byte[] bytes, boolean ended) {
    int length = length(bytes, 0);
    if (length == 0) {
      return false;
    }
    return bytes.length < length + HEAD_BYTES
        ? ended && bytes.length == length
        : length(bytes, length) > 0;
  }

  /** In bytes; 0 if no frame begins there. */
  private static int length(byte[] bytes, int at) {
    if (bytes.length < at + HEAD_BYTES
        || (bytes[at] & 0xff) != 0xff
        || (bytes[at + 1] & 0xe0) != 0xe0) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    if ((second & 0xf6) == 0xf0) {
      int length =
          (bytes[at + 3] & 0x03) << 11 | (bytes[at + 4] & 0xff) << 3 | (bytes[at + 5] & 0xff) >> 5;
      return length > 7 && (bytes[at + 2] >> 2 & 0x0f) < 13 ? length : 0;
    }
    int version = second >> 3 & 0x03; // 3 is MPEG 1, 2 is MPEG 2, 0 is MPEG 2.5
    int layer = second >> 1 & 0x03; // 1 is layer III
    int kbps = bytes[at + 2] >> 4 & 0x0f;
    int rate = bytes[at + 2] >> 2 & 0x03;
    if (layer != 1 || version == 1 || kbps == 0 || kbps == 15 || rate == 3) {
      return 0;
    }
    int hz = RATES_HZ[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    int bitsPerSecond = 1_000 * (version == 3 ? KBPS_1 : KBPS_2)[kbps];
    return (version == 3 ? 144 : 72) * bitsPerSecond / hz + (bytes[at + 2] >> 1 & 1);
  }
}
