package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, chunker to owner: a part of the answer is not spoken although nothing closed it, such as a
 * block of code that the answer breaks off in.
 *
 * @param sourceStart the first UTF-16 unit of the turn's text that is left out
 * @param sourceEnd the unit after the last
 * @param content what it was taken for
 */
public record UnspokenText(long sourceStart, long sourceEnd, Content content) implements Message {
  /** What is not spoken. */
  public enum Content {
    /** A block of code. */
    CODE,
    /** A comment, a script, a style sheet or a drawing. */
    MARKUP,
    /** A model's reasoning. */
    THOUGHT
  }
}
