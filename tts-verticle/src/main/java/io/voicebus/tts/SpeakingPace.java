package io.voicebus.tts;

import java.util.HashMap;
import java.util.Map;

/**
 * How long engines need for a character, learnt from what they have said, for those that do not
 * tell when their words end. NOT thread-safe.
 */
final class SpeakingPace {
  /** English prose at 170 words a minute. */
  private static final double FIRST_GUESS_MS = 65;

  /** How much the latest utterance counts. */
  private static final double LATEST = 0.2;

  private final Map<String, Double> msPerChar = new HashMap<>();

  double msPerChar(String engine) {
    return msPerChar.getOrDefault(engine, FIRST_GUESS_MS);
  }

  /** An engine has said so many characters in so long. */
  void learn(String engine, int chars, double ms) {
    if (chars > 0 && ms > 0) {
      msPerChar.merge(engine, ms / chars, (known, latest) -> known + LATEST * (latest - known));
    }
  }
}
