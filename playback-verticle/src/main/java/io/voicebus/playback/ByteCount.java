package io.voicebus.playback;

/** Bytes that several chunks hold or have reserved, in all. NOT thread safe. */
final class ByteCount {
  private long bytes;

  /** So many more; negative for fewer. */
  void add(long more) {
    bytes += more;
  }

  long bytes() {
    return bytes;
  }
}
