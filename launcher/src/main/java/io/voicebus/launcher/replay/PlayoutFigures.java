package io.voicebus.launcher.replay;

import io.voicebus.contract.PlayoutMark;
import java.util.ArrayList;
import java.util.List;

/**
 * What a listener has of a playout, computed from its marks, for a listener that plays each sample
 * when it arrives, or once it has played those before.
 *
 * @param firstSoundNanos from the turn's acceptance; -1 for none
 * @param underrunNanos how long each wait for sound was, beyond the pauses that are natural
 * @param pauseNanos the silences between chunks, waits not counted
 * @param soundNanos how long the playout is
 */
public record PlayoutFigures(
    long firstSoundNanos, List<Long> underrunNanos, List<Long> pauseNanos, long soundNanos) {
  /** Shorter gaps come from timers and threads, and are not audible. */
  private static final long LEAST_UNDERRUN_NANOS = 20_000_000;

  private static final long SECOND = 1_000_000_000L;

  /**
   * A mark.
   *
   * @param atNanos when the owner was told of it, from the turn's acceptance
   */
  public record Marked(long atNanos, PlayoutMark mark) {}

  public PlayoutFigures {
    underrunNanos = List.copyOf(underrunNanos);
    pauseNanos = List.copyOf(pauseNanos);
  }

  /**
   * Those of a turn.
   *
   * @param firstSoundNanos as the turn's own timings have it; negative if they do not tell
   */
  public static PlayoutFigures of(List<Marked> marks, int rateHz, long firstSoundNanos) {
    List<Long> underruns = new ArrayList<>();
    List<Long> pauses = new ArrayList<>();
    long first = firstSoundNanos;
    long heardAt = -1;
    long heard = 0;
    long endedAt = -1;
    for (Marked marked : marks) {
      PlayoutMark mark = marked.mark();
      boolean start = mark.kind() == PlayoutMark.Kind.CHUNK_START;
      if (!start && mark.kind() != PlayoutMark.Kind.CHUNK_END) {
        continue;
      }
      if (heardAt < 0) {
        first = first < 0 ? marked.atNanos() : first;
        heardAt = marked.atNanos();
      }
      heardAt += (mark.atSample() - heard) * SECOND / rateHz;
      heard = mark.atSample();
      if (marked.atNanos() - heardAt >= LEAST_UNDERRUN_NANOS) {
        underruns.add(marked.atNanos() - heardAt);
        heardAt = marked.atNanos();
      }
      if (start && endedAt >= 0) {
        pauses.add((mark.heardAt() - endedAt) * SECOND / rateHz);
      }
      endedAt = start ? -1 : heard;
    }
    return new PlayoutFigures(first, underruns, pauses, heard * SECOND / rateHz);
  }

  /** How long the listener has waited, all together. */
  public long underrunSum() {
    return underrunNanos.stream().mapToLong(Long::longValue).sum();
  }

  /** The longest wait; 0 for none. */
  public long longestUnderrun() {
    return underrunNanos.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** The usual pause; -1 for none. */
  public long medianPause() {
    long[] sorted = pauseNanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0 ? -1 : sorted[sorted.length / 2];
  }
}
