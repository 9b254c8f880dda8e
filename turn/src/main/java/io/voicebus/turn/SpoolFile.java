package io.voicebus.turn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * One turn's audio in a file. Its bytes are taken from the {@link Spool}'s, and given back by
 * {@link #discard}. All methods but {@link #isGone} block. Thread-safe.
 */
final class SpoolFile {
  private static final int BLOCK_BYTES = 64 * 1024;

  /** What is written goes through it: the system takes nothing from the heap without a copy. */
  private static final ThreadLocal<ByteBuffer> BLOCK =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BLOCK_BYTES));

  private final Spool spool;
  private final FileChannel channel;
  private long reserved;
  private volatile boolean gone;

  SpoolFile(Spool spool, FileChannel channel) {
    this.spool = spool;
    this.channel = channel;
  }

  /**
   * Writes pieces one after the other.
   *
   * @param at the first one's place, in bytes: the end of what was written before
   * @throws IOException there is no room, or the disk fails; then the file is discarded
   */
  void write(long at, List<byte[]> pieces) throws IOException {
    long size = 0;
    for (byte[] piece : pieces) {
      size += piece.length;
    }
    try {
      // Not within the lock: to make room it takes that of another file.
      spool.reserve(at, size);
      write(at, pieces, (int) size);
    } catch (IOException | RuntimeException why) {
      discard();
      throw why;
    }
  }

  private synchronized void write(long at, List<byte[]> pieces, int size) throws IOException {
    if (gone) {
      spool.release(size);
      throw new IOException("its file had to make room for others");
    }
    reserved += size;
    ByteBuffer block = BLOCK.get();
    long end = at;
    for (byte[] piece : pieces) {
      int taken = 0;
      while (taken < piece.length) {
        int more = Math.min(block.remaining(), piece.length - taken);
        block.put(piece, taken, more);
        taken += more;
        if (!block.hasRemaining()) {
          end = writeBlock(block, end);
        }
      }
    }
    writeBlock(block, end);
  }

  private long writeBlock(ByteBuffer block, long at) throws IOException {
    block.flip();
    long end = at;
    try {
      while (block.hasRemaining()) {
        end += channel.write(block, end);
      }
    } finally {
      block.clear();
    }
    return end;
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
