package io.voicebus.playback.seam;

import io.voicebus.contract.ChunkEnd;

/** How long the pause is that a reader makes, by what ends the text before it. */
final class Pauses {
  private Pauses() {}

  /** In milliseconds, from the last sound to the next one, at a usual pace of speech. */
  static int ms(ChunkEnd end) {
    return switch (end) {
      case PHRASE -> 30;
      case CLAUSE -> 140;
      case COLON -> 160;
      case SENTENCE, QUESTION, ITEM -> 380;
      case HEADING, PARAGRAPH -> 700;
    };
  }
}
