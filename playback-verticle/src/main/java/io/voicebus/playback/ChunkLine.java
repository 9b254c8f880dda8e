package io.voicebus.playback;

import io.voicebus.contract.ListenerPosition;
import io.voicebus.contract.ResumePoint;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** The chunks of one turn that are not wholly delivered, in their order. NOT thread safe. */
final class ChunkLine {
  private final LengthRatio ratio;
  private final TreeMap<Integer, ChunkBuffer> chunks = new TreeMap<>();
  private final ByteCount committed;
  private int rateHz = ListenerPosition.ASSUMED_RATE_HZ;
  private int head;
  private long headStart;
  private long previousStart;

  /**
   * An empty one.
   *
   * @param memory is told how many bytes all chunks hold or have reserved
   */
  ChunkLine(LengthRatio ratio, LongConsumer memory) {
    this.ratio = ratio;
    committed = new ByteCount(memory);
  }

  /**
   * Begins with a chunk of which another instance has delivered a part.
   *
   * @param start the playout's sample at which it began
   * @param at which of its raw samples comes next
   * @param started whether anything of it was delivered
   */
  void resume(int chunk, long start, ResumePoint at, boolean started) {
    head = chunk;
    headStart = start;
    previousStart = start;
    if (started) {
      at(chunk).resume(at);
    }
  }

  /** Fixes the turn's rate. */
  void rate(int hz) {
    rateHz = hz;
  }

  int rateHz() {
    return rateHz;
  }

  long samples(long ms) {
    return ms * rateHz / 1000;
  }

  long ms(long samples) {
    return samples * 1000 / rateHz;
  }

  /** The first chunk that is not wholly delivered. */
  int head() {
    return head;
  }

  /** The playout's samples before {@link #head()}. */
  long headStart() {
    return headStart;
  }

  /** A chunk that is not wholly delivered, from {@link #head()} on. */
  ChunkBuffer at(int chunk) {
    return chunks.computeIfAbsent(chunk, c -> new ChunkBuffer(committed));
  }

  /** Discards what has come of a chunk that is {@link ChunkBuffer#untouched}. */
  void restart(int chunk) {
    chunks.computeIfPresent(chunk, (c, buffer) -> buffer.emptied());
  }

  /**
   * The head has been delivered.
   *
   * @param sample of the playout that comes next
   */
  void advance(long sample) {
    ChunkBuffer gone = chunks.remove(head++);
    if (gone != null) {
      committed.add(-gone.committedBytes());
    }
    if (sample > headStart) {
      previousStart = headStart;
      headStart = sample;
    }
  }

  /** Forgets everything. */
  void clear() {
    chunks.clear();
    committed.add(-committed.bytes());
  }

  /** The chunk's length in samples: what it has, or what is expected of it. */
  long expected(ChunkBuffer chunk) {
    return chunk.finished()
        ? chunk.received()
        : Math.max(chunk.received(), samples(ratio.expectedMs(chunk.estimatedMs())));
  }

  /** The playout's sample at which the chunk is expected to begin; unknown chunks count nothing. */
  long expectedStart(int chunk) {
    long start = headStart;
    for (ChunkBuffer before : chunks.headMap(chunk).values()) {
      start += expected(before);
    }
    return start;
  }

  /** Whether the chunk is being heard, or is heard next, by a listener at this sample. */
  boolean heardOrNext(int chunk, long position) {
    if (position >= headStart) {
      return chunk == head || chunk == audible(head + 1);
    }
    return position >= previousStart && chunk == audible(head);
  }

  private int audible(int from) {
    int i = from;
    ChunkBuffer chunk = chunks.get(i);
    while (chunk != null && chunk.finished() && chunk.received() == 0) {
      chunk = chunks.get(++i);
    }
    return i;
  }

  /** Bytes of PCM held for all chunks. */
  long heldBytes() {
    long bytes = 0;
    for (ChunkBuffer chunk : chunks.values()) {
      bytes += chunk.heldBytes();
    }
    return bytes;
  }

  /** Bytes held and reserved for all chunks. */
  long committedBytes() {
    return committed.bytes();
  }

  /** Bytes held and reserved for chunks further ahead than the one heard next. */
  long committedAhead(long position) {
    long bytes = committed.bytes();
    if (position >= headStart) {
      bytes -= committed(head) + committed(audible(head + 1));
    } else if (position >= previousStart) {
      bytes -= committed(audible(head));
    }
    return bytes;
  }

  private long committed(int index) {
    ChunkBuffer chunk = chunks.get(index);
    return chunk == null ? 0 : chunk.committedBytes();
  }
}
