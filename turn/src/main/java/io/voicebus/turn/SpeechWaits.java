package io.voicebus.turn;

import io.voicebus.contract.SpeechWait;
import java.util.TreeMap;

/** The reported reasons why chunks that are due are not spoken yet. NOT thread safe. */
final class SpeechWaits {
  private final TreeMap<Integer, String> reasons = new TreeMap<>();
  private boolean ended;
  private long endedAt;

  /** A chunk waits, or does not wait any more. */
  void told(SpeechWait wait, long nowNanos) {
    if (wait.why().isEmpty()) {
      ended |= reasons.remove(wait.chunk()) != null;
      endedAt = nowNanos;
    } else {
      reasons.put(wait.chunk(), wait.why());
    }
  }

  /** Whether a chunk has ended its wait within so long: somebody is at it, and may need time. */
  boolean endedWithin(long nanos, long nowNanos) {
    return ended && nowNanos - endedAt <= nanos;
  }

  /** Another playback instance has taken the turn over and reports its own waits. */
  void clear() {
    reasons.clear();
  }

  /**
   * Why the first chunk that is not spoken waits, in words; empty if nobody told.
   *
   * @param chunk it
   */
  String of(int chunk) {
    reasons.headMap(chunk).clear();
    return reasons.getOrDefault(chunk, "");
  }
}
