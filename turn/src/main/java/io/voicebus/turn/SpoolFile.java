package io.voicebus.turn;

import io.voicebus.contract.NativeBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * One turn's audio in a file. Its bytes are taken from the {@link Spool}'s, and given back by
 * {@link #discard}. All methods but {@link #isGone} block. Thread-safe.
 */
final class SpoolFile {
  private final Spool spool;
  private final FileChannel channel;
  private long reserved;
  private volatile boolean gone;

  SpoolFile(Spool spool, FileChannel channel) {
    this.spool = spool;
    this.channel = channel;
  }

  /**
   * Writes bytes.
   *
   * @param at the first one's place in the file: the end of what was written before
   * @throws IOException there is no room, or the disk fails; then the file is discarded
   */
  void write(long at, NativeBytes bytes) throws IOException {
    long size = bytes.end() - bytes.first();
    try {
      // Not within the lock: to make room it takes that of another file.
      spool.reserve(at, size);
      write(at, bytes.buffers(), size);
    } catch (IOException | RuntimeException why) {
      discard();
      throw why;
    }
  }

  private synchronized void write(long at, List<ByteBuffer> bytes, long size) throws IOException {
    if (gone) {
      spool.release(size);
      throw new IOException("its file had to make room for others");
    }
    reserved += size;
    long end = at;
    for (ByteBuffer some : bytes) {
      while (some.hasRemaining()) {
        end += channel.write(some, end);
      }
    }
  }

  /**
   * Reads so many bytes.
   *
   * @throws IOException they are not there, or the disk fails
   */
  byte[] read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("the file is shorter than it was");
      }
    }
    return bytes.array();
  }

  /** Whether it was discarded. */
  boolean isGone() {
    return gone;
  }

  /** Deletes it. More than once does no harm. */
  synchronized void discard() {
    if (!gone) {
      gone = true;
      try {
        channel.close();
      } catch (IOException ignored) {
        // It is deleted all the same, at the latest with the process.
      }
      spool.discarded(this);
      spool.release(reserved);
    }
  }
}
