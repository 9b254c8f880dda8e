package io.voicebus.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.List;

/**
 * What somebody hears who plays 16-bit sound as it comes, with nothing held back: frames of 10 ms,
 * each as soon as it is wholly there and the one before it is over.
 *
 * @param firstByteMs from when the question was due
 * @param onsetMs from there until the first frame begins whose RMS is audible; NaN without one
 * @param chunks pieces of 100 ms
 * @param inTime those of them in which the sound did not run out
 * @param silenceMs how long there was nothing to play, between the first frame and the last
 * @param soundMs of all frames
 */
record FieldHeard(
    double firstByteMs, double onsetMs, int chunks, int inTime, double silenceMs, double soundMs) {
  static final int FRAME_MS = 10;

  /** Of full scale. */
  static final double AUDIBLE_RMS = 0.01;

  private static final int CHUNK_FRAMES = 10;
  private static final double FULL_SCALE = 32_768;

  /** Clocks are finer than frames; a frame that is later than by this is late. */
  private static final double TOLERANCE_MS = 0.001;

  /**
   * Plays it.
   *
   * @param pieces which may end within a sample
   * @param arrivedMs when each came, ascending
   */
  static FieldHeard of(List<byte[]> pieces, List<Double> arrivedMs, int rateHz) {
    int bytes = pieces.stream().mapToInt(piece -> piece.length).sum();
    ByteBuffer all = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    pieces.forEach(all::put);
    ShortBuffer samples = all.flip().asShortBuffer();
    int perFrame = rateHz * FRAME_MS / 1_000;
    int frames = (samples.limit() + perFrame - 1) / perFrame;
    double onset = Double.NaN;
    double silence = 0;
    double over = Double.NaN;
    int late = 0;
    int lateChunk = -1;
    int piece = 0;
    long there = pieces.isEmpty() ? 0 : pieces.get(0).length;
    for (int frame = 0; frame < frames; frame++) {
      int end = Math.min(samples.limit(), (frame + 1) * perFrame);
      while (there < 2L * end) {
        there += pieces.get(++piece).length;
      }
      double ready = arrivedMs.get(piece);
      double begins = frame == 0 ? ready : Math.max(ready, over);
      if (frame > 0 && ready > over + TOLERANCE_MS) {
        silence += ready - over;
        int chunk = frame / CHUNK_FRAMES;
        late += chunk == lateChunk ? 0 : 1;
        lateChunk = chunk;
      }
      if (Double.isNaN(onset) && rms(samples, frame * perFrame, end) >= AUDIBLE_RMS) {
        onset = begins;
      }
      over = begins + FRAME_MS;
    }
    int chunks = (frames + CHUNK_FRAMES - 1) / CHUNK_FRAMES;
    double first = arrivedMs.isEmpty() ? Double.NaN : arrivedMs.get(0);
    double sound = 1_000.0 * samples.limit() / rateHz;
    return new FieldHeard(first, onset, chunks, chunks - late, silence, sound);
  }

  private static double rms(ShortBuffer samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      double sample = samples.get(i) / FULL_SCALE;
      sum += sample * sample;
    }
    return Math.sqrt(sum / Math.max(1, to - from));
  }

  /** Whether it was heard without a gap. */
  boolean unbroken() {
    return inTime == chunks;
  }
}
