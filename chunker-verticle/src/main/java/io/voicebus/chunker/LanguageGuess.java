package io.voicebus.chunker;

import java.nio.CharBuffer;

/**
 * Guesses the language of a turn from its most common short words and its letters, as they come.
 * Serves only to choose lists of words, so a wrong guess costs little.
 */
final class LanguageGuess {
  /** Longest word that is counted, in UTF-16 units. */
  private static final int MAX_WORD = 10;

  private static final WordTable WORDS = WordList.byLanguage("function-words.txt", Languages::of);
  private static final WordTable LETTERS = WordList.byLanguage("own-letters.txt", Languages::of);

  private final int[] counts = new int[Languages.CODES.size()];
  private final char[] word = new char[MAX_WORD];
  private final CharSequence view = CharBuffer.wrap(word);
  private final char[] letter = new char[1];
  private final CharSequence letterView = CharBuffer.wrap(letter);
  private int length;
  private int most;
  private long languages = Languages.ALL;

  void accept(int cp) {
    if (Marks.isWordPart(cp)) {
      if (length < MAX_WORD) {
        word[length] = (char) cp;
      }
      length++;
      if (cp > 0x7F && cp < 0x2000) {
        letter[0] = (char) cp;
        count(LETTERS.get(letterView, 0, 1));
      }
    } else if (length > 0) {
      if (length <= MAX_WORD) {
        count(WORDS.get(view, 0, length));
      }
      length = 0;
    }
  }

  private void count(long of) {
    for (long rest = of; rest != 0; rest &= rest - 1) {
      int index = Long.numberOfTrailingZeros(rest);
      int count = ++counts[index];
      if (count > most) {
        most = count;
        languages = 0;
      }
      languages |= count == most ? 1L << index : 0;
    }
  }

  /** Whether the word in {@code [from, to)} is among the most common ones of these languages. */
  static boolean isFunctionWord(CharSequence text, int from, int to, long languages) {
    return (WORDS.get(text, from, to) & languages) != 0;
  }

  /** The likeliest language, as a two-letter code; of several English, else the first. */
  String code() {
    boolean english = (languages & Languages.ENGLISH) != 0;
    return english ? "en" : Languages.CODES.get(Long.numberOfTrailingZeros(languages));
  }

  /** Whether there is any evidence. */
  boolean isKnown() {
    return languages != Languages.ALL;
  }

  /** The likeliest languages, all of them before any evidence. */
  long languages() {
    return languages;
  }
}
