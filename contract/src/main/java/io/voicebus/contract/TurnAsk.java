package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Question, {@code http} to {@code http}: how does a turn stand that the other owns? Answered with
 * a {@link TurnState}.
 *
 * @param turn which
 * @param command what to do with it before
 * @param position the listener's own report, for all but {@link Command#LOOK} and {@link
 *     Command#DELETE}
 */
public record TurnAsk(TurnId turn, Command command, Position position) implements Message {
  /** What to do. The order is the wire format: add at the end. */
  public enum Command {
    /** Nothing. */
    LOOK,
    /** Ends it. */
    DELETE,
    /** Notes how far its listener is. */
    POSITION,
    /** Nothing; the answer is what was spoken, as WebVTT. */
    CAPTIONS_VTT,
    /** The same, as SubRip. */
    CAPTIONS_SRT,
    /** Puts it on hold; the position is the listener's, below 0 where unknown. */
    HOLD,
    /** Goes on after that; the position is what the listener has kept, below 0 for all of it. */
    RESUME
  }
}
