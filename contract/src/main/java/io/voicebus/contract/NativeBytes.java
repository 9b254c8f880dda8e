package io.voicebus.contract;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Bytes outside the heap: sound that is kept for seconds or longer. In the heap, the collector
 * copies all of it again and again, and everything waits meanwhile. Bytes are appended at the end
 * and dropped from the beginning; each is known by its place, which counts all that were ever
 * appended. They are in blocks, which are used again as soon as nobody holds them. What is not
 * closed is given back when the collector finds it. Thread-safe.
 */
public final class NativeBytes implements AutoCloseable {
  /** The length of a block. */
  public static final int BLOCK_BYTES = 16 * 1024;

  /** So many blocks that nobody uses are kept, for the next ones: 8 MiB. */
  private static final int MOST_SPARE = 512;

  private static final Queue<ByteBuffer> SPARE = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger SPARE_COUNT = new AtomicInteger();

  /** A block, and how many hold it. */
  private static final class Block {
    final ByteBuffer bytes;
    final AtomicInteger holders = new AtomicInteger(1);

    Block(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    static Block ofLength(int length) {
      if (length != BLOCK_BYTES) {
        return new Block(ByteBuffer.allocate(length));
      }
      ByteBuffer spare = SPARE.poll();
      if (spare != null) {
        SPARE_COUNT.decrementAndGet();
        return new Block(spare);
      }
      try {
        return new Block(ByteBuffer.allocateDirect(length));
      } catch (OutOfMemoryError full) {
        // MaxDirectMemorySize is reached: the heap may still have room, and says so if it has not.
        return new Block(ByteBuffer.allocate(length));
      }
    }

    void release() {
      int left = holders.decrementAndGet();
      if (left < 0) {
        throw new IllegalStateException("a block was given back twice");
      }
      if (left > 0 || !bytes.isDirect()) {
        return;
      }
      if (SPARE_COUNT.incrementAndGet() > MOST_SPARE) {
        SPARE_COUNT.decrementAndGet();
      } else {
        SPARE.add(bytes);
      }
    }
  }

  private final int blockBytes;
  private final List<Block> blocks = new ArrayList<>();

  /** The place of the first block's first byte. */
  private long start;

  private long first;
  private long end;
  private long heldBytes;

  /** Whether no more may be appended: the rest of the last block may be somebody else's. */
  private boolean sealed;

  private boolean closed;

  /** None yet. */
  public NativeBytes() {
    this(BLOCK_BYTES);
  }

  /**
   * None yet.
   *
   * @param blockBytes the length of a block; other than {@link #BLOCK_BYTES} they are in the heap
   */
  public NativeBytes(int blockBytes) {
    if (blockBytes < 1) {
      throw new IllegalArgumentException("a block has at least one byte, not " + blockBytes);
    }
    this.blockBytes = blockBytes;
  }

  /** The place of the first byte that is here; {@link #end} if none is. */
  public synchronized long first() {
    return first;
  }

  /** The place after the last byte. */
  public synchronized long end() {
    return end;
  }

  /** What it takes of the memory, in bytes: blocks as a whole. */
  public synchronized long heldBytes() {
    return heldBytes;
  }

  /**
   * Copies bytes to the end.
   *
   * @throws IllegalStateException if they are closed, were truncated, or are those of {@link
   *     #share}
   */
  public synchronized void append(byte[] bytes) {
    requireOpen();
    if (sealed) {
      throw new IllegalStateException("nothing can be appended any more");
    }
    int done = 0;
    while (done < bytes.length) {
      int used = blocks.isEmpty() ? 0 : (int) (end - placeOf(blocks.size() - 1));
      if (blocks.isEmpty() || used == blockBytes) {
        if (blocks.isEmpty()) {
          start = end;
          first = end;
        }
        blocks.add(Block.ofLength(blockBytes));
        heldBytes += blockBytes;
        used = 0;
      }
      int more = Math.min(bytes.length - done, blockBytes - used);
      blocks.get(blocks.size() - 1).bytes.put(used, bytes, done, more);
      done += more;
      end += more;
    }
  }

  private long placeOf(int block) {
    return start + (long) block * blockBytes;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the bytes were given back");
    }
  }

  /**
   * A copy of some of the bytes.
   *
   * @param from the place of the first one
   * @throws IndexOutOfBoundsException if not all of them are here
   */
  public synchronized byte[] read(long from, int length) {
    requireHere(from, from + length);
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      int block = (int) ((from + done - start) / blockBytes);
      int at = (int) (from + done - placeOf(block));
      int more = Math.min(length - done, blockBytes - at);
      blocks.get(block).bytes.get(at, bytes, done, more);
      done += more;
    }
    return bytes;
  }

  private void requireHere(long from, long to) {
    if (from < first || from > to || to > end) {
      throw new IndexOutOfBoundsException(
          "bytes " + from + " to " + to + " of " + first + " to " + end);
    }
  }

  /**
   * Drops the first block.
   *
   * @return whether there was one
   */
  public synchronized boolean dropFirstBlock() {
    if (blocks.isEmpty()) {
      return false;
    }
    drop(0);
    start += blockBytes;
    first = Math.min(start, end);
    return true;
  }

  private void drop(int block) {
    Block dropped = blocks.remove(block);
    heldBytes -= dropped.bytes.capacity();
    dropped.release();
  }

  /** The place after the first block's last byte; {@link #end} if there is none. */
  public synchronized long firstBlockEnd() {
    return Math.min(end, start + blockBytes);
  }

  /** Nothing can be appended any more, so the last block need not be longer than what it has. */
  public synchronized void seal() {
    if (sealed || closed) {
      return;
    }
    sealed = true;
    int last = blocks.size() - 1;
    int used = last < 0 ? blockBytes : (int) (end - placeOf(last));
    if (used < blockBytes) {
      byte[] rest = new byte[used];
      blocks.get(last).bytes.get(0, rest);
      blocks.set(last, new Block(ByteBuffer.wrap(rest))).release();
      heldBytes += used - blockBytes;
    }
  }

  /** Forgets the bytes from this place on. Then nothing can be appended any more. */
  public synchronized void truncate(long newEnd) {
    sealed = true;
    if (newEnd >= end) {
      return;
    }
    end = newEnd;
    first = Math.min(first, newEnd);
    while (!blocks.isEmpty() && placeOf(blocks.size() - 1) >= newEnd) {
      drop(blocks.size() - 1);
    }
  }

  /**
   * The same bytes, some of them, which stay until they are closed, whatever becomes of these.
   *
   * @param from the place of the first one
   * @param to the place after the last one
   * @return null if these are closed
   * @throws IndexOutOfBoundsException if not all of them are here
   */
  public synchronized @Nullable NativeBytes share(long from, long to) {
    if (closed) {
      return null;
    }
    requireHere(from, to);
    NativeBytes part = new NativeBytes(blockBytes);
    part.sealed = true;
    part.first = from;
    part.end = to;
    part.start = from;
    if (from < to) {
      int block = (int) ((from - start) / blockBytes);
      part.start = placeOf(block);
      for (; block < blocks.size() && placeOf(block) < to; block++) {
        blocks.get(block).holders.incrementAndGet();
        part.blocks.add(blocks.get(block));
        part.heldBytes += blocks.get(block).bytes.capacity();
      }
    }
    return part;
  }

  /** All of them, in their order, to be read until they are closed. */
  public synchronized List<ByteBuffer> buffers() {
    requireOpen();
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int block = 0; block < blocks.size(); block++) {
      ByteBuffer some = blocks.get(block).bytes.asReadOnlyBuffer();
      some.limit((int) Math.min(blockBytes, end - placeOf(block)));
      some.position((int) Math.max(0, first - placeOf(block)));
      buffers.add(some);
    }
    return buffers;
  }

  /** Gives all of them back; later calls have no effect. */
  @Override
  public synchronized void close() {
    closed = true;
    blocks.forEach(Block::release);
    blocks.clear();
    heldBytes = 0;
    first = end;
  }
}
