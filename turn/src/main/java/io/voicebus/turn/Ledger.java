package io.voicebus.turn;

import io.voicebus.bus.Message;
import io.voicebus.contract.Asked;
import io.voicebus.contract.Characters;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ListenerPosition;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.turn.TurnEvent.Outcome;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one turn asks engines for, and how much of that is heard, from the reports of workers and
 * stages.
 *
 * <p>A finished turn counts as wholly heard, except chunks that were left out. Any other turn is
 * heard as far as its listener reports or, without reports, as far as it was delivered, but no
 * further than the time since the first audio. Within a chunk, the share of time counts; if the
 * chunk's end is not known yet, a slow voice is assumed. If s characters of a chunk were saved and
 * h were heard, h - s were worth asking for; all others that were asked for are wasted. NOT thread
 * safe.
 */
final class Ledger {
  /**
   * How many chunks are distinguished; in a longer turn the first ones, hours before, count as
   * heard.
   */
  static final int MAX_CHUNKS = 4096;

  /** A slow voice. */
  private static final int CHARS_PER_SECOND = 12;

  private static final class Chunk {
    private int chars;
    private long asked;
    private long saved;
    private long start = -1;
    private long end = -1;
    private boolean skipped;
  }

  private final TreeMap<Integer, Chunk> chunks = new TreeMap<>();
  private final ListenerPosition position = new ListenerPosition(Pace.REALTIME);
  private Characters before = Characters.NONE;
  private int firstChunk;
  private int rateHz = ListenerPosition.ASSUMED_RATE_HZ;

  /**
   * A worker has given a chunk's text, or a part of it, to an engine, or has found it in the cache.
   */
  void asked(Asked told) {
    int index = told.chunk();
    if (index < firstChunk) {
      before = before.plus(told.unheard());
      return;
    }
    Chunk chunk = chunk(index);
    chunk.chars = Math.max(chunk.chars, told.chars());
    chunk.asked += told.asked();
    chunk.saved += told.saved();
  }

  /** What a stage told the owner. */
  void item(Message item, long nowNanos) {
    if (item instanceof PlayoutFormat format) {
      rateHz = format.sampleRateHz();
      position.rate(rateHz);
    } else if (item instanceof ChunkSkipped skipped && skipped.chunk() >= firstChunk) {
      chunk(skipped.chunk()).skipped = true;
    } else if (item instanceof PlayoutMark mark) {
      mark(mark, nowNanos);
    }
  }

  private void mark(PlayoutMark mark, long nowNanos) {
    // Where a device plays, the marks alone say how much.
    delivered(mark.atSample() - position.delivered(), nowNanos);
    if (mark.chunk() < firstChunk) {
      return;
    }
    if (mark.kind() == PlayoutMark.Kind.CHUNK_START) {
      chunk(mark.chunk()).start = mark.atSample();
    } else if (mark.kind() == PlayoutMark.Kind.CHUNK_END) {
      chunk(mark.chunk()).end = mark.atSample();
    }
  }

  private Chunk chunk(int index) {
    Chunk chunk = chunks.computeIfAbsent(index, ignored -> new Chunk());
    while (chunks.size() > MAX_CHUNKS) {
      Map.Entry<Integer, Chunk> first = chunks.pollFirstEntry();
      firstChunk = first.getKey() + 1;
      before = before.plus(of(first.getValue(), Long.MAX_VALUE, true));
    }
    return chunk;
  }

  /** So many more samples were passed to the listener. */
  void delivered(long samples, long nowNanos) {
    if (samples > 0) {
      position.delivered(samples, nowNanos);
    }
  }

  /** A former owner delivered so many samples, and so much of them was heard. */
  void resume(long samples, long playedMs, long nowNanos) {
    position.resume(samples, playedMs, nowNanos);
  }

  /** The listener's own report. */
  void played(long playedMs, long nowNanos) {
    position.reported(playedMs, nowNanos);
  }

  /** The listener's connection is lost, or is there again. */
  void away(boolean away, long nowNanos) {
    position.away(away, nowNanos);
  }

  /** What the listener has heard, as far as is known, in samples. */
  long playedSamples(long nowNanos) {
    return position.samples(nowNanos);
  }

  /** What the listener has heard, as far as is known, in ms. */
  long playedMs(long nowNanos) {
    return position.samples(nowNanos) * 1000 / rateHz;
  }

  /** How long the listener has had nothing to hear, in ms. */
  long waitedMs(long nowNanos) {
    return position.waitedMs(nowNanos);
  }

  /** Whether the listener has heard all that was passed to it. */
  boolean allPlayed(long nowNanos) {
    return position.reports()
        ? position.delivered() - position.samples(nowNanos) < rateHz / 2
        : position.samples(nowNanos) >= position.delivered();
  }

  /** The sum, if the turn ends like this. */
  Characters sum(Outcome outcome, long nowNanos) {
    boolean wholly = outcome == Outcome.FINISHED;
    long sample = wholly ? Long.MAX_VALUE : position.samples(nowNanos);
    Characters sum = before;
    for (Chunk chunk : chunks.values()) {
      sum = sum.plus(of(chunk, sample, wholly));
    }
    return sum;
  }

  private Characters of(Chunk chunk, long sample, boolean wholly) {
    long heard = heard(chunk, sample, wholly);
    long worth = Math.max(0, heard - chunk.saved);
    return new Characters(chunk.asked, heard, Math.max(0, chunk.asked - worth), chunk.saved);
  }

  private long heard(Chunk chunk, long sample, boolean wholly) {
    if (!chunk.skipped && (wholly || (chunk.end >= 0 && chunk.end <= sample))) {
      return chunk.chars;
    }
    long until = chunk.end < 0 ? sample : Math.min(sample, chunk.end);
    if (chunk.start < 0 || until <= chunk.start || until == Long.MAX_VALUE) {
      return 0;
    }
    long samples = until - chunk.start;
    long heard =
        chunk.end < 0 || chunk.skipped
            ? samples * CHARS_PER_SECOND / rateHz
            : samples * chunk.chars / (chunk.end - chunk.start);
    return Math.min(chunk.chars, heard);
  }
}
