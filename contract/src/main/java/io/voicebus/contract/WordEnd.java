package io.voicebus.contract;

/**
 * Part of a {@link Frame}: so much of the chunk's text is wholly spoken at one of its samples.
 *
 * @param samples of the frame up to there, 0 to all of them
 * @param chars UTF-16 units of the chunk's text that are wholly spoken there
 * @param length samples from where the word began, perhaps in an earlier frame, to there; 0 if that
 *     is not known
 * @param estimated whether that is reckoned from what is usual, and not told by who speaks
 */
public record WordEnd(int samples, int chars, int length, boolean estimated) {
  /** One of which it is not known where the word began. */
  public WordEnd(int samples, int chars) {
    this(samples, chars, 0, false);
  }
}
