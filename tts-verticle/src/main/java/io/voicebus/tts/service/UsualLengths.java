package io.voicebus.tts.service;

import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.time.SpeakingPace;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds answers of a service that end in good form and too early: a body without times does not say
 * how much of the text it contains. Compares an answer's length with those of the same voice,
 * language and speed. NOT thread-safe.
 */
final class UsualLengths {
  /** The result of a comparison. */
  enum Verdict {
    /** As long as others, or no others are known. */
    USUAL,
    /** Some of the text is missing. */
    CUT_SHORT,
    /** Too many in a row are so short: the voice has become faster. */
    FASTER
  }

  /** Shorter texts vary too much to be compared. */
  static final int LEAST_LETTERS = 40;

  /**
   * An answer is cut short below this part of the shortest known one. Voices vary by an eighth;
   * half of a text is found by this in nine of ten cases.
   */
  private static final double SHORTER = 0.7;

  /** An answer may be complete from this part of the shortest known one on. */
  private static final double MAY_BE_ALL = 0.9;

  /** How many short answers in a row, each asked for after the one before, are no accident. */
  private static final int CONVINCED = 3;

  private static final int MOST_KINDS = 256;

  /** An ideograph is a word, or half of one. */
  private static final int LETTERS_OF_IDEOGRAPH = 3;

  /** The latest answers of a kind that were cut short. */
  private static final class Doubts {
    int inARow;

    /** When the last of them ended, in nanoseconds of the caller's clock. */
    long at;
  }

  private final SpeakingPace pace = new SpeakingPace();

  private final Map<String, Doubts> doubts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Doubts> eldest) {
          return size() > MOST_KINDS;
        }
      };

  /**
   * An answer has ended in good form.
   *
   * @param voice the service's id of the voice
   * @param ms length of the answer, in milliseconds
   * @param begunAt when it was asked for, in nanoseconds of one clock
   * @param now a reading of that clock
   */
  Verdict of(String voice, Utterance asked, long ms, long begunAt, long now) {
    int letters = letters(asked.text());
    if (letters < LEAST_LETTERS) {
      return Verdict.USUAL;
    }
    double each = (double) ms / letters;
    if (each < SpeakingPace.IMPOSSIBLE_MS) {
      return Verdict.CUT_SHORT;
    }
    String kind = kind(voice, asked);
    boolean shorter = pace.knowsShortest(kind) && each < SHORTER * pace.shortestMs(kind);
    if (shorter) {
      if (doubted(kind, begunAt, now) < CONVINCED) {
        return Verdict.CUT_SHORT;
      }
      pace.forget(kind);
    }
    doubts.remove(kind);
    pace.learn(kind, letters, (double) ms);
    return shorter ? Verdict.FASTER : Verdict.USUAL;
  }

  /**
   * Counts one more; an answer that was asked for before the last one ended is no further proof.
   */
  private int doubted(String kind, long begunAt, long now) {
    Doubts known = doubts.computeIfAbsent(kind, key -> new Doubts());
    if (known.inARow == 0 || begunAt - known.at >= 0) {
      known.inARow++;
      known.at = now;
    }
    return known.inARow;
  }

  /**
   * Whether sound of this length may be all of a text, so that nobody has to wait for an end that
   * does not come.
   *
   * @param ms length of the sound so far, in milliseconds
   */
  boolean maybeAll(String voice, Utterance asked, long ms) {
    return ms >= MAY_BE_ALL * pace.shortestMs(kind(voice, asked)) * letters(asked.text());
  }

  private static String kind(String voice, Utterance asked) {
    return asked.language() + "/" + asked.speed() + "/" + voice;
  }

  /** Letters and digits, the part of a text that takes time; an ideograph counts as several. */
  private static int letters(String text) {
    return text.codePoints()
        .map(
            point ->
                Character.isIdeographic(point)
                    ? LETTERS_OF_IDEOGRAPH
                    : Character.isLetterOrDigit(point) ? 1 : 0)
        .sum();
  }
}
