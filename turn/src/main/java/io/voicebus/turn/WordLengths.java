package io.voicebus.turn;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Estimates the lengths of words within a known time, for a voice that does not report them: by
 * their letters, and by the punctuation at which a reader pauses.
 */
final class WordLengths {
  /** Of a reader at a usual pace, in ms; only their ratios matter. */
  private static final double WORD = 45;

  private static final double LETTER = 60;
  private static final double SYLLABLE = 190;
  private static final double SHORT_PAUSE = 110;
  private static final double LONG_PAUSE = 320;

  /** In which a character is a syllable. */
  private static final Set<UnicodeScript> SYLLABIC =
      EnumSet.of(
          UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

  /**
   * A stretch of the playout.
   *
   * @param from its first sample
   * @param to the one after its last
   */
  record Stretch(long from, long to) {}

  private WordLengths() {}

  /**
   * Spreads words over a time.
   *
   * @param said what the voice is given for each, with the marks behind it
   * @param from the sample at which the first begins
   * @param to the sample at which the last ends
   */
  static List<Stretch> spread(List<String> said, long from, long to) {
    double whole = 0;
    for (int i = 0; i < said.size(); i++) {
      whole += length(said.get(i)) + (i + 1 < said.size() ? pause(said.get(i)) : 0);
    }
    double each = (to - from) / Math.max(1.0, whole);
    List<Stretch> words = new ArrayList<>(said.size());
    double at = from;
    for (String word : said) {
      double end = Math.min((double) to, at + each * length(word));
      words.add(new Stretch(Math.round(at), Math.round(end)));
      at = Math.min((double) to, end + each * pause(word));
    }
    return words;
  }

  private static double length(String word) {
    double length = WORD;
    for (int i = 0, point; i < word.length(); i += Character.charCount(point)) {
      point = word.codePointAt(i);
      if (Character.isLetterOrDigit(point)) {
        length += SYLLABIC.contains(UnicodeScript.of(point)) ? SYLLABLE : LETTER;
      }
    }
    return length;
  }

  private static double pause(String word) {
    for (int i = word.length() - 1; i >= 0; i--) {
      char mark = word.charAt(i);
      if (Character.isLetterOrDigit(mark)) {
        return 0;
      } else if (".!?…。！？".indexOf(mark) >= 0) {
        return LONG_PAUSE;
      } else if (",;:–—、，；：".indexOf(mark) >= 0) {
        return SHORT_PAUSE;
      }
    }
    return 0;
  }
}
