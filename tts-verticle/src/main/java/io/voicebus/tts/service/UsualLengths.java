package io.voicebus.tts.service;

import io.voicebus.tts.engine.Utterance;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long the answers of a service mostly are for their texts, by voice, language and speed, so
 * that one is known that ends in good form and too early: a body without times does not tell. NOT
 * thread-safe.
 */
final class UsualLengths {
  /** What is said of a text. */
  enum Verdict {
    /** As long as others, or nothing is known. */
    USUAL,
    /** Some of it is missing. */
    CUT_SHORT,
    /** Too many in a row are so short: that is how they are now. */
    FASTER
  }

  /** Of shorter texts little can be said. */
  static final int LEAST_LETTERS = 40;

  /** So many must be known. */
  static final int LEAST_KNOWN = 3;

  /**
   * What is shorter than so much of the shortest known one is cut. Voices vary by an eighth; half
   * of a text is known by this, in nine of ten cases.
   */
  private static final double SHORTER = 0.7;

  /** What lasts as long as the shortest known one, or nearly, may be all. */
  private static final double MAY_BE_ALL = 0.9;

  /** Of a voice that is not known: some 250 words a minute, which few exceed. */
  private static final double FIRST_GUESS_MS = 45;

  /** Nobody speaks a letter in so few ms, not even four times as fast as usual. */
  private static final double IMPOSSIBLE_MS = 6;

  /** So many in a row, each asked for after the one before, are no accident. */
  private static final int CONVINCED = 3;

  private static final int REMEMBERED = 8;
  private static final int MOST_KINDS = 256;

  /** An ideograph is a word, or half of one. */
  private static final int LETTERS_OF_IDEOGRAPH = 3;

  private static final class Known {
    final ArrayDeque<Double> msPerLetter = new ArrayDeque<>();

    /** So short were the latest ones. */
    int doubts;

    long doubtedAt;

    double least() {
      return msPerLetter.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }
  }

  private final Map<String, Known> kinds =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST_KINDS;
        }
      };

  /**
   * An answer has ended in good form.
   *
   * @param voice who has spoken
   * @param ms how long it is
   * @param begunAt when it was asked for, in nanoseconds of one clock
   * @param now a reading of it
   */
  Verdict of(String voice, Utterance asked, long ms, long begunAt, long now) {
    int letters = letters(asked.text());
    if (letters < LEAST_LETTERS) {
      return Verdict.USUAL;
    }
    double each = (double) ms / letters;
    if (each < IMPOSSIBLE_MS) {
      return Verdict.CUT_SHORT;
    }
    Known known = kinds.computeIfAbsent(kind(voice, asked), kind -> new Known());
    boolean shorter = known.msPerLetter.size() >= LEAST_KNOWN && each < SHORTER * known.least();
    if (shorter) {
      // What was asked for at the same time as the one before tells nothing more.
      if (known.doubts == 0 || begunAt - known.doubtedAt >= 0) {
        known.doubts++;
        known.doubtedAt = now;
      }
      if (known.doubts < CONVINCED) {
        return Verdict.CUT_SHORT;
      }
      known.msPerLetter.clear();
    } else if (known.msPerLetter.size() == REMEMBERED) {
      known.msPerLetter.remove();
    }
    known.doubts = 0;
    known.msPerLetter.add(each);
    return shorter ? Verdict.FASTER : Verdict.USUAL;
  }

  /**
   * Whether what lasts so long may be all of a text, so that an end that does not come need not be
   * waited for.
   */
  boolean maybeAll(String voice, Utterance asked, long ms) {
    Known known = kinds.get(kind(voice, asked));
    double least =
        known == null || known.msPerLetter.size() < LEAST_KNOWN ? FIRST_GUESS_MS : known.least();
    return ms >= MAY_BE_ALL * least * letters(asked.text());
  }

  private static String kind(String voice, Utterance asked) {
    return asked.language() + "/" + asked.speed() + "/" + voice;
  }

  /** What is heard of it; an ideograph counts as several. */
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
