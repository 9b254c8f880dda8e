package io.voicebus.chunker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses where a text over the greatest length is split. */
final class LongText {
  /** An extended grapheme cluster of Unicode's annex 29. */
  private static final Pattern GRAPHEME = Pattern.compile("\\X");

  private LongText() {}

  /**
   * Where to split: at the last stop, else the last clause, else the last white space; if there is
   * none in the last two thirds, between two graphemes. At least a third of {@code max} is always
   * taken, which keeps the work linear.
   *
   * @param text more than {@code max} UTF-16 units
   * @return a length in {@code [max / 3, max]}
   */
  static int split(ChunkBuffer text, int max) {
    int from = Math.max(2, max / 3);
    int stop = lastStop(text, from, max);
    if (stop > 0) {
      return stop;
    }
    int clause = ClauseBoundary.last(text, from, max);
    if (clause > 0) {
      return clause;
    }
    for (int end = max; end >= from; end--) {
      if (text.charAt(end) == ' ') {
        return end;
      }
    }
    return graphemeEnd(text, from, max);
  }

  private static int lastStop(ChunkBuffer text, int from, int max) {
    for (int end = max; end >= from; end--) {
      char stop = text.charAt(end - 1);
      if (Marks.isHardStop(stop) && (text.charAt(end) == ' ' || Marks.isWideStop(stop))) {
        return end;
      }
    }
    return -1;
  }

  /** Between words or at least graphemes; within a grapheme only if it is as long as a chunk. */
  private static int graphemeEnd(ChunkBuffer text, int from, int max) {
    Matcher graphemes = GRAPHEME.matcher(text);
    int grapheme = 0;
    int word = 0;
    while (graphemes.find() && graphemes.end() <= max) {
      grapheme = graphemes.end();
      word = sticks(text, grapheme) ? word : grapheme;
    }
    if (grapheme < from) {
      return Character.isLowSurrogate(text.charAt(max)) ? max - 1 : max;
    }
    return word >= from ? word : grapheme;
  }

  /** Within a number or a word of a script that has spaces. */
  private static boolean sticks(ChunkBuffer text, int index) {
    int before = text.before(index);
    int after = text.charAt(index);
    return Character.isLetterOrDigit(before)
        && Character.isLetterOrDigit(after)
        && !Marks.isWide(before)
        && !Marks.isWide(after);
  }
}
