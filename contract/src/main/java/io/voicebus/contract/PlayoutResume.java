package io.voicebus.contract;

/**
 * Where a playout goes on that another playback instance began.
 *
 * @param chunk the first chunk that its listener does not have wholly
 * @param at what the listener has of that chunk
 * @param samples of the whole playout that the listener has, in the turn's rate
 * @param playedMs how much of it the listener has heard, as far as is known
 * @param sampleRateHz the turn's rate; 0 while nothing was heard
 */
public record PlayoutResume(
    int chunk, ResumePoint at, long samples, long playedMs, int sampleRateHz) {
  /** From the beginning. */
  public static final PlayoutResume START = new PlayoutResume(0, ResumePoint.START, 0, 0, 0);
}
