package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Question, {@code http} to {@code http}: how does a turn stand that the other owns? Answered with
 * a {@link TurnState}.
 *
 * @param turn which
 * @param command what to do with it before
 * @param position the listener's own report, for {@link Command#POSITION}
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
    CAPTIONS_SRT
  }
}
