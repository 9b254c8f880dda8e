package io.voicebus.contract;

import java.lang.Character.UnicodeScript;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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
    Run run = new Run(text);
    for (int at = start(text, 0); at < text.length(); ) {
      int end = end(text, at, run);
      ends.set(end);
      at = start(text, end);
    }
    return ends;
  }

  /** Where the word that begins here ends, with the marks that touch it. */
  private static int end(CharSequence text, int start, Run run) {
    int first = Character.codePointAt(text, start);
    int at = start + Character.charCount(first);
    if (standsAlone(first)) {
      return withMarks(text, run.end(start, at), text.length());
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
   * Characters of scripts without blanks, in a row: the dictionary looks at all of them, and once,
   * since a text without punctuation may be a single run.
   */
  private static final class Run {
    private final CharSequence text;
    private int from;
    private int to;
    private @Nullable BitSet ends;

    Run(CharSequence text) {
      this.text = text;
    }

    /** Where the word ends that begins here. */
    int end(int start, int afterFirst) {
      if (start < from || start >= to) {
        look(start, afterFirst);
      }
      return ends == null ? afterFirst : from + ends.nextSetBit(start - from + 1);
    }

    private void look(int start, int afterFirst) {
      from = start;
      while (from > to && inRun(Character.codePointBefore(text, from))) {
        from -= Character.charCount(Character.codePointBefore(text, from));
      }
      to = afterFirst;
      while (to < text.length() && inRun(Character.codePointAt(text, to))) {
        to += Character.charCount(Character.codePointAt(text, to));
      }
      ends = WordBreaks.in(text.subSequence(from, to).toString());
    }
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
