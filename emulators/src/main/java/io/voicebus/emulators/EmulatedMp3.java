package io.voicebus.emulators;

/** Bytes that a decoder would take for MP3; played as samples, they are noise at full scale. */
final class EmulatedMp3 {
  /** MPEG 1, layer III, 128 kbit/s, 44.1 kHz. */
  private static final byte[] HEAD = {(byte) 0xff, (byte) 0xfb, (byte) 0x90, 0x64};

  private static final int FRAME_BYTES = 417;

  private EmulatedMp3() {}

  /** Frames that fill so many bytes, the last one in part. */
  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int place = i % FRAME_BYTES;
      bytes[i] = place < HEAD.length ? HEAD[place] : (byte) (0xa7 * i);
    }
    return bytes;
  }
}
