package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Answer of a turn's owner to {@link AudioAsk}.
 *
 * @param rateHz of the samples; 0 while nobody knows it
 * @param first the first sample that is kept
 * @param end how many samples were handed over; of a cancelled turn how many were heard
 * @param ending whether and how the turn has ended
 */
public record AudioKept(int rateHz, long first, long end, Ending ending) implements Message {
  /** Whether and how a turn has ended. The order is the wire format: add at the end. */
  public enum Ending {
    /** It goes on. */
    NONE,
    /** Everything was handed over. */
    FINISHED,
    /** What was heard is all that there will be. */
    CANCELLED,
    /** A stage could not go on. */
    FAILED
  }

  /** Of a turn that goes on, elsewhere or nowhere yet. */
  public static final AudioKept UNKNOWN = new AudioKept(0, 0, 0, Ending.NONE);
}
