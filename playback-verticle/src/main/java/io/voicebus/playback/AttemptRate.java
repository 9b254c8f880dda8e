package io.voicebus.playback;

import io.voicebus.audio.RateConverter;
import org.jspecify.annotations.Nullable;

/** Brings one attempt's frames to the turn's rate; frames in that rate pass untouched. */
final class AttemptRate {
  private final int inHz;
  private final int outHz;
  private final long from;
  private final @Nullable RateConverter converter;
  private long samplesIn;

  /**
   * Of an attempt.
   *
   * @param from the chunk's sample, in the turn's rate, at which it begins
   */
  AttemptRate(int inHz, int outHz, long from) {
    this.inHz = inHz;
    this.outHz = outHz;
    this.from = from;
    this.converter = inHz == outHz ? null : new RateConverter(inHz, outHz);
  }

  /** How many bytes a frame of so many, and what the converter still owes, make at most. */
  long mostBytes(int bytes) {
    return converter == null ? bytes : 2 * converter.mostSamples(bytes / 2);
  }

  byte[] convert(byte[] pcm) {
    samplesIn += pcm.length / 2;
    return converter == null ? pcm : converter.convert(pcm);
  }

  byte[] finish() {
    return converter == null ? new byte[0] : converter.finish();
  }

  /** How many of the chunk's samples so many of the attempt's are. */
  long span(int samples) {
    return (long) samples * outHz / inHz;
  }

  /** The chunk's sample at which so many samples more than those so far end. */
  long after(int more) {
    return from + ((samplesIn + more) * outHz + inHz - 1) / inHz;
  }
}
