package io.voicebus.contract;

import java.lang.Character.UnicodeScript;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Where words end: at blanks, and in scripts that have none where a dictionary says so. Until that
 * is loaded ({@link #load}), each character of such a script counts as a word.
 */
public final class Words {
  /** Of Japanese; it belongs to two scripts. */
  private static final int PROLONGED = 'ー';

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

  /** Completes when words of scripts without blanks are known; begins to load them if need be. */
  public static CompletionStage<?> load() {
    return WordBreaks.load();
  }

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
      return withMarks(text, endWithoutBlanks(text, start, at), text.length());
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

  /** Of a word of a script without blanks; the run of it is looked at as a whole. */
  private static int endWithoutBlanks(CharSequence text, int start, int afterFirst) {
    int from = start;
    while (from > 0 && inRun(Character.codePointBefore(text, from))) {
      from -= Character.charCount(Character.codePointBefore(text, from));
    }
    int to = afterFirst;
    while (to < text.length() && inRun(Character.codePointAt(text, to))) {
      to += Character.charCount(Character.codePointAt(text, to));
    }
    Integer end = WordBreaks.after(text.subSequence(from, to).toString(), start - from);
    return end == null ? afterFirst : from + end;
  }

  /** Letters of such scripts, and the marks that are written over, under and between them. */
  private static boolean inRun(int codePoint) {
    int type = Character.getType(codePoint);
    boolean mark =
        type == Character.NON_SPACING_MARK
            || type == Character.COMBINING_SPACING_MARK
            || codePoint == PROLONGED;
    return mark || standsAlone(codePoint);
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
