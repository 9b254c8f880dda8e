package io.voicebus.contract;

import java.lang.Character.UnicodeScript;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;

/** Where words end: at blanks, and after each character of a script that has none. */
public final class Words {
  private static final Set<UnicodeScript> WITHOUT_BLANKS =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private Words() {}

  /** Where the first word from here on begins; the text's end if there is none. */
  public static int start(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** All places at which a word ends, with the marks that touch it. */
  public static BitSet ends(CharSequence text) {
    BitSet ends = new BitSet(text.length() + 1);
    int at = start(text, 0);
    while (at < text.length()) {
      int end = end(text, at);
      ends.set(end);
      at = start(text, end);
    }
    return ends;
  }

  /** Where the word that begins here ends, with the marks that touch it. */
  public static int end(CharSequence text, int start) {
    if (start >= text.length()) {
      return start;
    }
    int first = Character.codePointAt(text, start);
    int at = start + Character.charCount(first);
    if (standsAlone(first)) {
      return withMarks(text, at, text.length());
    }
    while (at < text.length()) {
      int next = Character.codePointAt(text, at);
      if (Character.isWhitespace(next) || standsAlone(next)) {
        return at;
      }
      at += Character.charCount(next);
    }
    return at;
  }

  /**
   * Where what touches a word ends: marks after a character that stands alone, else everything up
   * to the next blank.
   *
   * @param wordEnd after the word, more than 0
   * @param limit not looked beyond
   */
  public static int withMarks(CharSequence text, int wordEnd, int limit) {
    boolean alone = standsAlone(Character.codePointBefore(text, wordEnd));
    int at = wordEnd;
    while (at < limit) {
      int next = Character.codePointAt(text, at);
      if (Character.isWhitespace(next)
          || standsAlone(next)
          || (alone && Character.isLetterOrDigit(next))) {
        return at;
      }
      at += Character.charCount(next);
    }
    return at;
  }

  private static boolean standsAlone(int codePoint) {
    return Character.isLetterOrDigit(codePoint)
        && WITHOUT_BLANKS.contains(UnicodeScript.of(codePoint));
  }
}
