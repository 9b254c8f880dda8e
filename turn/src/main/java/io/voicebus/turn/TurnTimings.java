package io.voicebus.turn;

/**
 * A turn's milestones, in nanoseconds from its acceptance, on its owner's clock; -1 for those that
 * it did not reach.
 *
 * @param firstDelta the first text arrived
 * @param firstChunk the first chunk was made
 * @param firstFrame playback got the first frame
 * @param firstAudio the first sample was handed to the listener
 * @param end the turn was over
 */
public record TurnTimings(
    long firstDelta, long firstChunk, long firstFrame, long firstAudio, long end) {
  static final TurnTimings NONE = new TurnTimings(-1, -1, -1, -1, -1);

  /** Names the milestones; {@link #nanos} has them in this order. */
  public enum Milestone {
    FIRST_DELTA,
    FIRST_CHUNK,
    FIRST_FRAME,
    FIRST_AUDIO,
    END
  }

  /** The milestone's time from acceptance, in nanoseconds; -1 when it was not reached. */
  public long nanos(Milestone milestone) {
    return switch (milestone) {
      case FIRST_DELTA -> firstDelta;
      case FIRST_CHUNK -> firstChunk;
      case FIRST_FRAME -> firstFrame;
      case FIRST_AUDIO -> firstAudio;
      case END -> end;
    };
  }

  /**
   * The same milestones, counted from another moment.
   *
   * @param nanos from the acceptance until then; negative for a moment before it
   */
  public TurnTimings since(long nanos) {
    return new TurnTimings(
        since(firstDelta, nanos),
        since(firstChunk, nanos),
        since(firstFrame, nanos),
        since(firstAudio, nanos),
        since(end, nanos));
  }

  private static long since(long milestone, long nanos) {
    return milestone < 0 ? milestone : Math.max(0, milestone - nanos);
  }

  TurnTimings with(Milestone milestone, long nanos) {
    if (nanos(milestone) >= 0) {
      return this;
    }
    return new TurnTimings(
        milestone == Milestone.FIRST_DELTA ? nanos : firstDelta,
        milestone == Milestone.FIRST_CHUNK ? nanos : firstChunk,
        milestone == Milestone.FIRST_FRAME ? nanos : firstFrame,
        milestone == Milestone.FIRST_AUDIO ? nanos : firstAudio,
        milestone == Milestone.END ? nanos : end);
  }
}
