package io.voicebus.playback;

import java.io.IOException;

/**
 * A place for samples that blocks: a file, the sound card. Called by its {@link AudioThread} only,
 * except for {@link #silence}. What it throws reaches the user.
 */
interface AudioDevice {
  /** Finds out, before there is any audio, whether there can be. */
  void prepare() throws IOException;

  /** Before the first samples: their rate. */
  void open(int sampleRateHz) throws IOException;

  /** Takes samples, signed 16-bit little-endian mono, in that rate. */
  void write(byte[] pcm) throws IOException;

  /** Waits until all of them have been heard, or are kept. */
  void drain() throws IOException;

  /** From any thread, without blocking: makes a write or drain under way return at once. */
  void silence();

  /** Last of all, whatever happened. */
  void close() throws IOException;
}
