package io.voicebus.http;

import java.util.List;

/** Breaks a caption into lines, by the columns that its characters take. */
final class CaptionLines {
  private CaptionLines() {}

  /** How wide a text is: letters of East Asian scripts take two columns. */
  static int columns(CharSequence text) {
    return columns(text, 0, text.length());
  }

  private static int columns(CharSequence text, int from, int to) {
    int columns = 0;
    int at = from;
    while (at < to) {
      int point = Character.codePointAt(text, at);
      columns += columns(point);
      at += Character.charCount(point);
    }
    return columns;
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
    int all = columns(text);
    if (all <= Captions.LINE_COLUMNS) {
      return List.of(text);
    }
    int best = -1;
    int width = Integer.MAX_VALUE;
    int left = 0;
    int end = text.stripTrailing().length();
    int columnsToEnd = columns(text, 0, end);
    boolean blanks = text.indexOf(' ') > 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int point = text.codePointAt(at);
      if (at > 0 && (blanks ? point == ' ' : Character.isLetterOrDigit(point))) {
        int right = columnsToEnd - left;
        for (int blank = at; blank < end && Character.isWhitespace(text.charAt(blank)); blank++) {
          right -= columns(text.charAt(blank));
        }
        if (Math.max(left, right) < width) {
          best = at;
          width = Math.max(left, right);
        }
      }
      left += columns(point);
    }
    return best < 0
        ? List.of(text)
        : List.of(text.substring(0, best).strip(), text.substring(best).strip());
  }
}
