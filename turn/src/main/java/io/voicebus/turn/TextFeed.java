package io.voicebus.turn;

import io.voicebus.bus.Failure;

/**
 * A text that its caller is still writing, and that is spoken as it comes: for a turn whose {@link
 * TurnRequest#isFeed}. A caller that is silent may take its time. After the turn's end nothing that
 * is said here matters. NOT thread safe: bound to the turn's context.
 */
public interface TextFeed {
  /**
   * More of the text.
   *
   * @param text of any length, also half a word; taken as it is. While the feed {@link #isFull} a
   *     caller waits; one that goes on for {@link FedText#MAX_WAITING_CHARS} breaks the text off
   */
  void append(String text);

  /** What has been written so far is spoken now, though no boundary was found at its end. */
  void flush();

  /** There is no more text: the turn finishes when all of it has been heard. */
  void end();

  /**
   * There is more text that will not come: what did come is heard, and then the turn fails.
   *
   * @param why told to the turn's listener
   */
  void breakOff(Failure why);

  /** Whether to wait before more is written: 64 KiB of text are not spoken yet. */
  boolean isFull();

  /** Is called whenever the feed is not full any more; in place of a former handler. */
  void drainHandler(Runnable handler);
}
