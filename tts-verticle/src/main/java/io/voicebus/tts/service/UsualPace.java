package io.voicebus.tts.service;

/**
 * How long a service's speech lasts for its texts, by what it has said to the end lately: for
 * answers that tell neither the times of their words nor, surely, their end. NOT thread-safe.
 */
final class UsualPace {
  /** Of texts with fewer letters and digits too much is pause. */
  private static final int LEAST_LETTERS = 20;

  private static final int KEPT = 16;

  /** By fewer nothing is known. */
  private static final int ENOUGH = 4;

  /** Of whom nothing is known: some 250 words a minute, which few exceed. */
  private static final double FIRST_GUESS_MS = 45;

  /** What lasts less than such a part of what the fastest one took has not come to its end. */
  private static final double TOO_SHORT = 0.5;

  /** What lasts as long as the fastest one, or nearly, may be all. */
  private static final double MAY_BE_ALL = 0.9;

  private final double[] msPerLetter = new double[KEPT];
  private int count;

  /** Something was said to its end; at another speed than 1 nothing is learnt. */
  void said(String text, double speed, long ms) {
    int letters = letters(text);
    if (speed == 1 && letters >= LEAST_LETTERS && ms > 0) {
      msPerLetter[count % KEPT] = (double) ms / letters;
      count++;
    }
  }

  /** Whether what lasts so long is far too short for all of a text, if a speed is heeded or not. */
  boolean tooShort(String text, double speed, long ms) {
    int letters = letters(text);
    return letters >= LEAST_LETTERS
        && count >= ENOUGH
        && ms * Math.max(1, speed) < TOO_SHORT * fastest() * letters;
  }

  /** Whether what lasts so long may be all of a text, if a speed is heeded or not. */
  boolean maybeAll(String text, double speed, long ms) {
    double fastest = count >= ENOUGH ? fastest() : FIRST_GUESS_MS;
    return ms * Math.min(1, speed) >= MAY_BE_ALL * fastest * letters(text);
  }

  private double fastest() {
    double fastest = Double.MAX_VALUE;
    for (int i = 0; i < Math.min(count, KEPT); i++) {
      fastest = Math.min(fastest, msPerLetter[i]);
    }
    return fastest;
  }

  private static int letters(String text) {
    return (int) text.codePoints().filter(Character::isLetterOrDigit).count();
  }
}
