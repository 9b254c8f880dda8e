package io.voicebus.contract;

import org.jspecify.annotations.Nullable;

/**
 * Where the next attempt at a chunk begins: the first unit that playback lacks.
 *
 * @param samples how many of the chunk's samples playback holds or has delivered, in the turn's
 *     rate
 * @param chars where the first word not wholly received begins, as an index into the chunk's text;
 *     0 when the engine told no timings
 * @param engine the one that spoke all of them, in the turn's rate, as {@link Speaker} has it;
 *     empty when there were several, or none
 */
public record ResumePoint(long samples, int chars, String engine) {
  /** The chunk's beginning. */
  public static final ResumePoint START = new ResumePoint(0, 0, "");

  // By hand, as in Meter.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ResumePoint that
        && samples == that.samples
        && chars == that.chars
        && engine.equals(that.engine);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(samples) + chars) + engine.hashCode();
  }
}
