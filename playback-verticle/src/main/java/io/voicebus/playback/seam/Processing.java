package io.voicebus.playback.seam;

import io.voicebus.contract.ChunkEnd;

/**
 * Changes a turn's samples between the engines and the listener. Speech comes in segments: a chunk
 * is one segment, or several if another attempt continued it by text. Raw samples count as the
 * engine gave them, at the turn's rate and from the chunk's beginning; the output counts on the
 * playout's own time line. The output depends on nothing but the input. NOT thread safe.
 */
public interface Processing {
  /**
   * Another instance has processed the audio before this.
   *
   * @param due the silence that is due before the next sound, in samples
   * @param gain by which the last voice was raised, in hundredths of a decibel
   */
  void resume(int due, int gain);

  /**
   * A segment begins.
   *
   * @param fromRaw the chunk's raw samples before it
   * @param end what ends the chunk
   * @param voice who speaks, as {@link io.voicebus.contract.Speaker} has it
   */
  void begin(long fromRaw, ChunkEnd end, String voice);

  /**
   * The listener already has so many output samples of the segment that begins: they are not
   * delivered again.
   */
  void skip(long samples);

  /** Takes the next raw samples of the segment; returns what may leave now, perhaps nothing. */
  byte[] accept(byte[] pcm);

  /**
   * The segment is over; returns the rest of it.
   *
   * @param textGoesOn whether the same chunk continues in another segment
   */
  byte[] finish(boolean textGoesOn);

  /** Whether the segment is over, or none has begun. */
  boolean finished();

  /**
   * The silence before the segment's first samples; 0 once it was asked for.
   *
   * @param waited samples that the listener has waited for them already
   */
  int pause(long waited);

  /**
   * How many of the segment's first samples are hardly audible or inaudible; known with the first
   * of them.
   */
  int lead();

  /** The silence that is due before the next sound, in samples. */
  int due();

  /** How many samples of the segment have come out when so many of the chunk have gone in. */
  long within(long raw);

  /** The gain of the segment's samples, in hundredths of a decibel. */
  int gain();

  /** Bytes that went in, and have not come out. */
  int heldBytes();

  /** Whether all samples come out at once and unchanged. */
  boolean transparent();
}
