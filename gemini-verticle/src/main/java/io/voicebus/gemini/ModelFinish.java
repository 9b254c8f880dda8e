package io.voicebus.gemini;

/** How far an answer is, as far as its model says; every other way to finish is a fault. */
enum ModelFinish {
  /** Nothing was said of its end. */
  OPEN,
  /** All of it was said. */
  COMPLETE,
  /** The answer was cut off at a limit of tokens. */
  TRUNCATED
}
