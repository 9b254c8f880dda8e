package io.voicebus.playback.seam;

import io.voicebus.contract.ChunkEnd;

/**
 * What becomes of a turn's samples between the engines and the listener. Speech comes in segments:
 * a chunk is one, or several where another attempt went on by text. Raw samples count as the engine
 * gave them, in the turn's rate and from the chunk's beginning; what comes out counts on the
 * playout's own time line. What comes out depends on nothing but what goes in. NOT thread safe.
 */
public interface Processing {
  /**
   * Another instance has processed what came before.
   *
   * @param due the silence that is due before whatever sounds next, in samples
   * @param gain what the voice was raised by that spoke last, in hundredths of a decibel
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
   * The listener has so much of the segment that begins already, in samples that come out: they are
   * not given again.
   */
  void skip(long samples);

  /** Takes the next raw samples of the segment; what may leave now, perhaps nothing. */
  byte[] accept(byte[] pcm);

  /**
   * The segment is over: what is left of it.
   *
   * @param textGoesOn whether the same chunk goes on in another segment
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
   * Of the segment's first samples so many are heard hardly or not at all; known with the first of
   * them.
   */
  int lead();

  /** The silence that is due before whatever sounds next, in samples. */
  int due();

  /** The segment's samples that have come out when so much of the chunk has gone in. */
  long within(long raw);

  /** What the segment's samples are raised by, in hundredths of a decibel. */
  int gain();

  /** Bytes that went in, and have not come out. */
  int heldBytes();

  /** Whether all comes out at once, and as it is. */
  boolean transparent();
}
