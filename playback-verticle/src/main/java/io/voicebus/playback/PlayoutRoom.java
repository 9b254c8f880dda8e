package io.voicebus.playback;

import io.voicebus.contract.ListenerPosition;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.MemoryBudget.Need;
import io.voicebus.contract.Pace;

/**
 * Decides which chunks of one turn may be synthesised: those that the process has room for. The one
 * that is delivered now and the one heard next need no more than that; others come in their order,
 * within the lookahead and the bytes of {@link PlayoutLimits}. NOT thread safe.
 */
final class PlayoutRoom {
  private static final int NOBODY = Integer.MAX_VALUE;

  /**
   * A listener that has taken so much reads: all that may wait between here and one that does not
   * is less. What is delivered now need not wait for those who do not read.
   */
  private static final long READ_BYTES = 1024 * 1024;

  private final PlayoutLimits limits;
  private final Pace pace;
  private final MemoryBudget.Share memory;
  private final ChunkLine line;
  private final ListenerPosition position;

  /** The first chunk that was told to wait: nobody passes it. */
  private int waiting = NOBODY;

  PlayoutRoom(
      PlayoutLimits limits,
      Pace pace,
      MemoryBudget.Share memory,
      ChunkLine line,
      ListenerPosition position) {
    this.limits = limits;
    this.pace = pace;
    this.memory = memory;
    this.line = line;
    this.position = position;
  }

  /** Reserves room for the rest of a chunk, if there is any. */
  boolean reserve(int index, long estimatedMs, long nowNanos) {
    ChunkBuffer chunk = line.at(index);
    chunk.estimate(estimatedMs);
    chunk.reserve(0);
    if (chunk.overran() && chunk.readySamples() >= line.samples(PlayoutLimits.TAKE_UP_BELOW_MS)) {
      return false;
    }
    long heard = position.samples(nowNanos);
    long need =
        Math.min(limits.chunkBytes(), 2 * Math.max(0, line.expected(chunk) - chunk.received()));
    if (!may(index, chunk, need, heard)) {
      waiting = Math.min(waiting, index);
      return false;
    }
    passed(index);
    chunk.reserve(need);
    return true;
  }

  private boolean may(int index, ChunkBuffer chunk, long need, long heard) {
    boolean due = line.heardOrNext(index, heard);
    long bytes = line.committedBytes() + need;
    if (due && index == line.head()) {
      return memory.allows(bytes, Need.NOW) || 2 * line.headStart() >= READ_BYTES;
    }
    return memory.allows(bytes, pace == Pace.ASAP ? Need.HASTE : Need.AHEAD)
        && (due || (index <= waiting && fits(index, chunk, need, heard)));
  }

  private boolean fits(int index, ChunkBuffer chunk, long need, long heard) {
    if (line.committedAhead(heard) + need > limits.turnBytes()) {
      return false;
    }
    return pace == Pace.ASAP
        || line.expectedStart(index) + line.expected(chunk) - heard
            <= line.samples(limits.lookaheadMs());
  }

  /** The chunk does not wait any more. */
  void passed(int index) {
    if (waiting == index) {
      waiting = NOBODY;
    }
  }

  /** Whether so many more bytes of this chunk are past every bound. */
  boolean overrun(int index, ChunkBuffer chunk, long bytes, long nowNanos) {
    if (chunk.heldBytes() + bytes > limits.chunkBytes()) {
      return true;
    }
    if (bytes <= chunk.reservedBytes()) {
      return false;
    }
    long heard = position.samples(nowNanos);
    return !line.heardOrNext(index, heard)
        && line.committedAhead(heard) + bytes - chunk.reservedBytes()
            > limits.turnBytes() + PlayoutLimits.OVERRUN_BYTES;
  }

  /**
   * How far ahead of the listener the chunk begins, in ms; 0 if it is heard now. Of those that wait
   * behind another nothing more is said than that they are not due before it.
   */
  long neededInMs(int index, long nowNanos) {
    long start = line.expectedStart(Math.min(index, waiting));
    return line.ms(Math.max(0, start - position.samples(nowNanos)));
  }
}
