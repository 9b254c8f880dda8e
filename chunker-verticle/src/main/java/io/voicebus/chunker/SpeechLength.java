package io.voicebus.chunker;

/** How long a text will take to speak, roughly: playback learns the true ratio. */
final class SpeechLength {
  /** About 15 characters a second: what English and its neighbours are read aloud at. */
  private static final int LETTER_MS = 65;

  /** About 4 characters a second: each is a syllable or more. */
  private static final int IDEOGRAPH_MS = 240;

  private SpeechLength() {}

  /** Estimated milliseconds, at least 1. */
  static long estimateMs(String text) {
    long millis = 1;
    for (int i = 0; i < text.length(); i++) {
      millis += Character.isIdeographic(text.charAt(i)) ? IDEOGRAPH_MS : LETTER_MS;
    }
    return millis;
  }
}
