package io.voicebus.embedding;

import io.voicebus.turn.AudioListener;

/** A sink of your own: it plays nothing, and shows how loud it is. */
final class LevelMeter implements AudioListener {
  private int rateHz;
  private long samples;
  private int peak;

  @Override
  public void format(int sampleRateHz) {
    rateHz = sampleRateHz;
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    // Signed 16-bit little-endian mono, whole samples.
    for (int i = 0; i < pcm.length; i += 2) {
      peak = Math.max(peak, Math.abs((pcm[i] & 0xff) | (pcm[i + 1] << 8)));
    }
    samples += pcm.length / 2;
  }

  /** How long it has listened, in milliseconds. */
  long ms() {
    return rateHz == 0 ? 0 : 1_000 * samples / rateHz;
  }

  /** The loudest sample, from 0 to 32,768. */
  int peak() {
    return peak;
  }
}
