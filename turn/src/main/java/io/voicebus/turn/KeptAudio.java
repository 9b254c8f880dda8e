package io.voicebus.turn;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest of a turn's audio that was handed to a listener's connection: what a listener whose
 * connection was lost may not have got. NOT thread safe.
 */
public final class KeptAudio {
  /**
   * How much is kept, in bytes: 8 s at 24 kHz. A response's queue of 32 KiB and what the kernel
   * sends from came to 257 KiB on their way to a client that reads little.
   */
  public static final int MAX_BYTES = 384 * 1024;

  /** What a piece costs besides its samples. */
  private static final int OVERHEAD = 64;

  /**
   * Some of it.
   *
   * @param chunk whose it is
   * @param pcm whole samples; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Piece(int chunk, byte[] pcm) {}

  /** By their first samples. */
  private final TreeMap<Long, Piece> pieces = new TreeMap<>();

  private int rateHz;
  private long end;
  private int bytes;

  void rate(int hz) {
    rateHz = hz;
  }

  /** What was before this sample is not here. */
  void resumeAt(long sample) {
    end = sample;
  }

  void add(int chunk, byte[] pcm) {
    pieces.put(end, new Piece(chunk, pcm));
    end += pcm.length / 2;
    bytes += pcm.length + OVERHEAD;
    while (bytes > MAX_BYTES && pieces.size() > 1) {
      bytes -= pieces.pollFirstEntry().getValue().pcm().length + OVERHEAD;
    }
  }

  /** The turn's sample rate; 0 while nobody knows it. */
  public int rateHz() {
    return rateHz;
  }

  /** The first sample of the turn that is kept; {@link #end} if none is. */
  public long first() {
    return pieces.isEmpty() ? end : pieces.firstKey();
  }

  /** How many samples of the turn were handed over. */
  public long end() {
    return end;
  }

  /** What it takes, in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Whether somebody who has so many samples can be given all that follow. */
  public boolean reaches(long sample) {
    return sample >= first() && sample <= end;
  }

  /** From this sample on to the end of its piece; null where nothing is kept. */
  @Nullable Piece from(long sample) {
    Map.Entry<Long, Piece> entry = pieces.floorEntry(sample);
    if (entry == null || sample >= end) {
      return null;
    }
    Piece piece = entry.getValue();
    int skipped = (int) (2 * (sample - entry.getKey()));
    return skipped == 0
        ? piece
        : new Piece(piece.chunk(), Arrays.copyOfRange(piece.pcm(), skipped, piece.pcm().length));
  }

  /** Forgets all of it. */
  public void clear() {
    pieces.clear();
    bytes = 0;
  }
}
