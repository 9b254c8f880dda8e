package io.voicebus.playback;

import io.voicebus.contract.PlayoutResume;
import io.voicebus.playback.seam.NoProcessing;
import io.voicebus.playback.seam.Processing;

/**
 * The segment of a chunk that is being delivered: raw samples go in, and the samples that its
 * {@link Processing} makes of them wait here until they are delivered. It maps places of the one to
 * places of the other. NOT thread safe.
 */
final class SegmentOutput {
  private static final byte[] NOTHING = {};

  /** Of the turn's rate, once that is fixed. */
  private Processing processing = new NoProcessing();

  /** The samples that came out of the processing, and are next. */
  private byte[] pending = NOTHING;

  /** Whether nothing of the segment has been delivered yet. */
  private boolean opening;

  /** The playout's sample at which the segment began. */
  private long start;

  /** How much the listener has of the chunk with which another instance stopped. */
  private long had;

  /** The engine that spoke that. */
  private String hadFrom = "";

  /** The turn's rate is fixed, and with it what the samples go through. */
  void through(Processing ofTheRate) {
    processing = ofTheRate;
  }

  /** Continues where another instance stopped; after {@link #through} if the rate was fixed. */
  void resume(PlayoutResume from) {
    if (from.sampleRateHz() > 0) {
      processing.resume(from.pause(), from.gain());
    }
    had = from.at().samples();
    hadFrom = from.at().engine();
  }

  /** An attempt begins: only the same engine's samples continue those that the listener has. */
  void attempt(boolean byText, String engine) {
    if (byText || !engine.equals(hadFrom)) {
      had = 0;
    }
  }

  /** Whether samples come out at once and unchanged. */
  boolean transparent() {
    return processing.transparent();
  }

  /** The next segment begins, when the one before is {@link #finished}. */
  void begin(ChunkBuffer buffer, long delivered) {
    ChunkBuffer.Joint joint = buffer.joint();
    processing.begin(joint.atSample(), buffer.end(), joint.voice());
    processing.skip(had);
    start = delivered - (transparent() ? 0 : had);
    opening = !transparent() && had == 0;
    had = 0;
  }

  /** Takes raw samples; what comes out of them is {@link #waiting} or nothing yet. */
  void accept(byte[] raw) {
    pending = processing.accept(raw);
  }

  /**
   * No more raw samples come.
   *
   * @param textGoesOn whether the same chunk continues in another segment
   */
  void finish(boolean textGoesOn) {
    pending = processing.finish(textGoesOn);
  }

  /** Whether everything that went in has come out; samples may still be {@link #waiting}. */
  boolean finished() {
    return processing.finished();
  }

  /** Whether there are samples to deliver. */
  boolean waiting() {
    return pending.length > 0;
  }

  /** The samples to deliver. */
  byte[] take() {
    byte[] pcm = pending;
    pending = NOTHING;
    return pcm;
  }

  /** Whether the segment's first samples are known, and its pause must come before them. */
  boolean opens() {
    return opening && waiting();
  }

  /** The segment's pause was delivered: its samples begin here. */
  void opened(long delivered) {
    opening = false;
    start = delivered;
  }

  /** The silence that is due before the next sound, in samples. */
  int due() {
    return processing.due();
  }

  /** What is left of it for a listener that has waited for so many samples; 0 from then on. */
  int pause(long waited) {
    return processing.pause(waited);
  }

  /** The gain of the segment's samples, in hundredths of a decibel. */
  int gain() {
    return processing.gain();
  }

  /** How many of the samples that wait are before the first audible one. */
  int lead() {
    return waiting() ? processing.lead() : 0;
  }

  /** Whether the listener must be told now that the chunk begins. */
  boolean starts(ChunkBuffer buffer) {
    return transparent()
        ? buffer.starts()
        : !buffer.started() && (waiting() || (finished() && buffer.startsSilently()));
  }

  /** Whether the raw sample was delivered, at which a word ends. */
  boolean passed(long raw, long delivered) {
    boolean allOut = finished() && !waiting();
    return allOut || (!opening && onPlayout(raw) <= delivered);
  }

  /** The playout's sample that a raw one became; the present one before the segment's first. */
  long onPlayout(long raw, long delivered) {
    return opening ? delivered : onPlayout(raw);
  }

  private long onPlayout(long raw) {
    return start + processing.within(raw);
  }

  /** Bytes of PCM that wait here. */
  long heldBytes() {
    return (long) processing.heldBytes() + pending.length;
  }

  /** Discards what waits. */
  void clear() {
    pending = NOTHING;
  }
}
