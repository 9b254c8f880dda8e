package io.voicebus.contract;

/**
 * Where a playout goes on that another playback instance began.
 *
 * @param chunk the first chunk that its listener does not have wholly
 * @param at what the listener has of that chunk; its samples are those that came out of the playout
 * @param samples of the whole playout that the listener has, in the turn's rate
 * @param playedMs how much of it the listener has heard, as far as is known
 * @param sampleRateHz the turn's rate; 0 while nothing was heard
 * @param pause the silence that comes before whatever sounds next, in samples
 * @param gain what the voice that spoke last was raised by, in hundredths of a decibel
 * @param waitedMs how long the listener has had nothing to hear
 * @param voice who spoke last, as {@link Speaker} has it; empty for nobody
 */
public record PlayoutResume(
    int chunk,
    ResumePoint at,
    long samples,
    long playedMs,
    int sampleRateHz,
    int pause,
    int gain,
    long waitedMs,
    String voice) {
  /** From the beginning. */
  public static final PlayoutResume START = new PlayoutResume(0, ResumePoint.START, 0, 0, 0);

  /** Of samples that are as their engine made them. */
  public PlayoutResume(int chunk, ResumePoint at, long samples, long playedMs, int sampleRateHz) {
    this(chunk, at, samples, playedMs, sampleRateHz, 0, 0, 0, at.engine());
  }
}
