package io.voicebus.gemini;

/** Reads the events of one response, in order. */
interface ModelReader {
  /**
   * Reads an event's data. Never throws; unknown fields, and known ones of another type, are
   * ignored.
   *
   * @param data UTF-8; of no use after the call
   */
  ModelChunk read(byte[] data, int from, int length);

  /** Text that was held back until it was clear what it is; the stream has ended. */
  default String rest() {
    return "";
  }

  /** Whether any event has had what this protocol's events have, with or without text. */
  boolean understood();

  /** Grows with all that the model has said or thought. */
  long progress();

  /** Whether the model has thought, as far as its response shows. */
  boolean thought();

  /** What was said of tokens so far. */
  ModelUsage usage();
}
