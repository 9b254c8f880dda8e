package io.voicebus.contract;

/**
 * Where a playout goes. The order is part of the wire format. {@link #CARD} and {@link #FILE} are
 * refused when they are asked for from another JVM.
 */
public enum Sink {
  /** To the turn's owner over the bus. */
  BUS,
  /** To the sound card of the machine that runs the playback verticle. */
  CARD,
  /** To a file of that machine: WAV, or raw PCM when its name does not end in {@code .wav}. */
  FILE
}
