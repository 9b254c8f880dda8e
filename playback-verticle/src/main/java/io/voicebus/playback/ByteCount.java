package io.voicebus.playback;

import java.util.function.LongConsumer;

/** Bytes that several chunks hold or have reserved, in all. NOT thread safe. */
final class ByteCount {
  private final LongConsumer changed;
  private long bytes;

  /**
   * None yet.
   *
   * @param changed is told how many there are, each time that changes
   */
  ByteCount(LongConsumer changed) {
    this.changed = changed;
  }

  /** So many more; negative for fewer. */
  void add(long more) {
    if (more != 0) {
      bytes += more;
      changed.accept(bytes);
    }
  }

  long bytes() {
    return bytes;
  }
}
