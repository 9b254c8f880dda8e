package io.voicebus.chunker;

import java.util.regex.Matcher;

/**
 * The language of a turn, chunk by chunk: told, else found from all that was written so far. What
 * was found holds until a chunk speaks clearly for another language, so that a foreign name changes
 * nothing. Not thread-safe.
 */
final class TurnLanguage {
  /** No language: the evidence is too weak, and numbers stay digits for the voice to read. */
  static final String UNSURE = "";

  /** The least lead over the second language, in units of {@link LanguageScores}. */
  private static final double MIN_LEAD = 1;

  /** The most that earlier text counts: two common words of another language. */
  private static final double MAX_BEFORE = 8;

  /**
   * The prompt speaks for its language so much, at most: it decides where the text alone would
   * leave a doubt, and never against the text, since many ask for another language than they write.
   */
  private static final double MAX_PROMPT = 1.5;

  /** The share of the evidence before it that each chunk leaves. */
  private static final double DECAY = 0.9;

  /** The bonus of the last chunk's language: an answer seldom changes its language for a name. */
  private static final double LAST = 3;

  /**
   * A text that speaks so much more for another language is not spoken in the one of the turn: it
   * may be quoted.
   */
  private static final double MAX_DISSENT = 5;

  /** A text has common words of a language from this score on. */
  private static final double MIN_WORDS = 2;

  /**
   * A language is certain once it leads by more than one common word and the prompt count ("OK,
   * ciao!" is English, too), or once the turn has so many words.
   */
  private static final double CERTAIN_LEAD = 7;

  private static final int CERTAIN_WORDS = 3;

  private final String told;
  private int last = -1;

  /** Words of the turn so far; more than {@link #CERTAIN_WORDS} need not be counted. */
  private int words;

  private boolean certain;
  private final double[] before = new double[LanguageScores.CODES.size()];

  /** Nothing was written yet, and nobody tells what it will answer. */
  TurnLanguage(String told) {
    this(told, "");
  }

  /**
   * Nothing was written yet.
   *
   * @param told the language as a two-letter code if the caller named one, else empty
   * @param prompt what the text will answer
   */
  TurnLanguage(String told, String prompt) {
    this.told = told;
    if (told.isEmpty() && !prompt.isEmpty()) {
      double[] scores = LanguageScores.of(prompt);
      double least = max(scores) - MAX_PROMPT;
      for (int i = 0; i < scores.length; i++) {
        before[i] = Math.max(0, scores[i] - least);
      }
    }
  }

  /** The language of the text that is written next, or {@link #UNSURE}. */
  String of(String text) {
    if (!told.isEmpty()) {
      return told;
    }
    // what a sentence quotes does not change the language of the turn
    double[] own = LanguageScores.of(last < 0 ? text : Quotations.outside(text));
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    double limit = max(before) - MAX_BEFORE;
    for (int i = 0; i < own.length; i++) {
      double score = own[i] + Math.max(limit, before[i]) + (i == last ? LAST : 0);
      if (score > most) {
        second = most;
        most = score;
        best = i;
      } else if (score > second) {
        second = score;
      }
      before[i] = DECAY * before[i] + own[i];
    }
    double clearest = max(own);
    boolean dissents = clearest > MIN_WORDS && clearest - own[best] > MAX_DISSENT;
    countWords(text);
    if (most - second < MIN_LEAD || dissents) {
      certain = false;
      return UNSURE;
    }
    certain = most - second >= CERTAIN_LEAD || words >= CERTAIN_WORDS;
    last = best;
    return LanguageScores.CODES.get(best);
  }

  /** Whether what {@link #of} has found last is more than a guess from a word or two. */
  boolean isCertain() {
    return certain || !told.isEmpty();
  }

  private void countWords(String text) {
    Matcher word = LanguageScores.WORD.matcher(text);
    while (words < CERTAIN_WORDS && word.find()) {
      words++;
    }
  }

  private static double max(double[] values) {
    double max = values[0];
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
