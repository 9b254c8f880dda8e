package io.voicebus.chunker;

/**
 * What a turn knows of its voice and its listener: how soon the voice starts and how fast it
 * speaks, from the chunks that are done, and about how much speech is not heard yet. Lengths of
 * speech are estimates of {@link SpeechLength}.
 */
final class VoicePace {
  /** Weight of the newest chunk in the means. */
  private static final double NEWEST = 0.3;

  private static final double NANOS_PER_MS = 1e6;

  private double firstByteMs;
  private double factor = 1;
  private boolean known;
  private long begunAt;
  private long madeMs;

  /**
   * A chunk goes to the voice.
   *
   * @param speechMs its estimated length
   */
  void made(long speechMs) {
    madeMs += speechMs;
  }

  /** A chunk that went to the voice will not be heard. */
  void skipped(long speechMs) {
    madeMs -= speechMs;
  }

  /**
   * Playback has wholly received a chunk.
   *
   * @param speechMs its estimated length
   * @param firstNanos from the taking to the first frame; negative if unknown
   * @param totalNanos from the taking to the last frame; negative if unknown
   * @param nowNanos monotonic time
   */
  void done(long speechMs, long firstNanos, long totalNanos, long nowNanos) {
    if (firstNanos < 0 || totalNanos < firstNanos) {
      return;
    }
    if (!known) {
      begunAt = nowNanos - (totalNanos - firstNanos);
    }
    double first = firstNanos / NANOS_PER_MS;
    double rate = (totalNanos - firstNanos) / NANOS_PER_MS / speechMs;
    firstByteMs = known ? firstByteMs + NEWEST * (first - firstByteMs) : first;
    factor = known ? factor + NEWEST * (rate - factor) : rate;
    known = true;
  }

  /**
   * Speech that is made or being made and not heard yet, in ms, if it is heard since the first
   * frame came. What is still being made counts, since the next chunk is not heard before it.
   */
  long bufferedMs(long nowNanos) {
    return known ? Math.max(0, madeMs - (long) ((nowNanos - begunAt) / NANOS_PER_MS)) : 0;
  }

  long firstByteMs() {
    return (long) firstByteMs;
  }

  double realTimeFactor() {
    return Math.max(0.01, factor);
  }

  /** How much longer more text may be waited for, in ns. */
  long spareNanos(long nowNanos) {
    return (long) (ChunkSize.spareMs(bufferedMs(nowNanos), firstByteMs()) * NANOS_PER_MS);
  }

  /** How much speech the next chunk may hold, in ms. */
  long speechMs(long nowNanos) {
    return ChunkSize.speechMs(bufferedMs(nowNanos), firstByteMs(), realTimeFactor());
  }
}
