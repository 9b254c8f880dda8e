package io.voicebus.chunker;

import io.voicebus.chunker.spoken.SpokenForms;
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

  /** How much the expected language counts where the text shows too little. */
  private static final double EXPECTED = 3;

  /**
   * Without an expected language, English counts so much in a text of symbols, numbers and names
   * alone: "12:30", "≈ 42 km".
   */
  private static final double BARE = 1;

  /** The least lead of the expected language, or of English, over the second. */
  private static final double MIN_HINT = 0.7;

  /** The least lead of a language that nobody expects: a wrong one is worse than digits. */
  private static final double MIN_OTHER = 2;

  /** What is taken for a text without a word, where nobody tells otherwise. */
  private static final String COMMONEST = "en";

  private final String told;
  private final String expected;
  private final boolean guesses;
  private int last = -1;

  /** Whether the turn, or its prompt, has been in another script. */
  private boolean foreign;

  /** Words of the turn so far; more than {@link #CERTAIN_WORDS} need not be counted. */
  private int words;

  private boolean certain;
  private final double[] before = new double[LanguageScores.CODES.size()];

  /**
   * Nothing was written yet, and nothing but the text will tell.
   *
   * @param told the language as a two-letter code if the caller named one, else empty
   */
  TurnLanguage(String told) {
    this(told, "", "", false);
  }

  /**
   * Nothing was written yet.
   *
   * @param told the language as a two-letter code if the caller named one, else empty
   * @param prompt what the text will answer
   * @param expected what a text is spoken in that shows too little of a language, as a two-letter
   *     code; empty if nobody knows
   */
  TurnLanguage(String told, String prompt, String expected) {
    this(told, prompt, expected, true);
  }

  private TurnLanguage(String told, String prompt, String expected, boolean guesses) {
    this.told = told;
    this.expected = expected;
    this.guesses = guesses;
    this.foreign = !SpokenForms.isLatin(prompt);
    if (told.isEmpty() && !prompt.isEmpty()) {
      double[] scores = LanguageScores.of(prompt);
      double least = max(scores) - MAX_PROMPT;
      for (int i = 0; i < scores.length; i++) {
        before[i] = Math.max(0, scores[i] - least);
      }
    }
  }

  /**
   * The language of the text that is written next, or {@link #UNSURE}. Where the text shows too
   * little, it is the one that is expected, unless the text speaks against that.
   */
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
    foreign |= !SpokenForms.isLatin(text);
    if (most - second < MIN_LEAD || dissents) {
      certain = false;
      return dissents || last >= 0 || foreign ? UNSURE : likeliest(text);
    }
    certain = most - second >= CERTAIN_LEAD || words >= CERTAIN_WORDS;
    last = best;
    return LanguageScores.CODES.get(best);
  }

  /**
   * The likeliest language of a text that shows too little of any, at the turn's beginning. A wrong
   * one would be heard, so that it must lead by more if nobody expects it.
   */
  private String likeliest(String text) {
    boolean unspoken = !expected.isEmpty() && !SpokenForms.LANGUAGES.contains(expected);
    if (!guesses || unspoken) {
      return UNSURE;
    }
    double[] hints = LanguageScores.hints(text, expected.isEmpty() ? BARE : 0);
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < hints.length; i++) {
      boolean isExpected = LanguageScores.CODES.get(i).equals(expected);
      double hint = hints[i] + before[i] + (isExpected ? EXPECTED : 0);
      if (hint > most) {
        second = most;
        most = hint;
        best = i;
      } else {
        second = Math.max(second, hint);
      }
    }
    String code = LanguageScores.CODES.get(best);
    boolean usual = code.equals(expected.isEmpty() ? COMMONEST : expected);
    boolean clear = most - second >= (usual ? MIN_HINT : MIN_OTHER);
    return clear && SpokenForms.LANGUAGES.contains(code) ? code : UNSURE;
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
