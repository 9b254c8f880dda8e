package io.voicebus.http;

import java.util.List;

/** Breaks a caption into lines, by the columns that its characters take. */
final class CaptionLines {
  private CaptionLines() {}

  /** How wide a text is: letters of East Asian scripts take two columns. */
  static int columns(CharSequence text) {
    return text.codePoints().map(CaptionLines::columns).sum();
  }

  private static int columns(int point) {
    boolean wide =
        (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFF00 && point <= 0xFF60)
            || (point >= 0x20000 && point <= 0x3FFFD);
    int type = Character.getType(point);
    boolean none = type == Character.NON_SPACING_MARK || type == Character.FORMAT;
    return none ? 0 : wide ? 2 : 1;
  }

  /** Whether it fits on the lines that there are. */
  static boolean fits(String text) {
    List<String> lines = of(text);
    return lines.size() <= Captions.LINES
        && lines.stream().allMatch(line -> columns(line) <= Captions.LINE_COLUMNS);
  }

  /** One line, or two that are as equally long as can be. */
  static List<String> of(String text) {
    if (columns(text) <= Captions.LINE_COLUMNS) {
      return List.of(text);
    }
    int best = -1;
    int width = Integer.MAX_VALUE;
    boolean blanks = text.indexOf(' ') > 0;
    for (int at = 1; at < text.length(); at++) {
      boolean may =
          blanks
              ? text.charAt(at) == ' '
              : !Character.isLowSurrogate(text.charAt(at))
                  && Character.isLetterOrDigit(text.codePointAt(at));
      int longer = Math.max(columns(text.substring(0, at)), columns(text.substring(at).strip()));
      if (may && longer < width) {
        best = at;
        width = longer;
      }
    }
    return best < 0
        ? List.of(text)
        : List.of(text.substring(0, best).strip(), text.substring(best).strip());
  }
}
