package io.voicebus.launcher;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * Text that comes in pieces, as rows of a terminal: a row ends where a line does, or at the last
 * blank that leaves it narrow enough. NOT thread safe.
 */
final class TerminalRows {
  private static final String TAB = "    ";

  private final StringBuilder row = new StringBuilder();
  private int width;

  /** The row began where another one was full: a line that ends there has ended already. */
  private boolean continues;

  /**
   * Adds a piece.
   *
   * @param columns width of the terminal
   * @return the rows that are complete now
   */
  List<String> accept(String piece, int columns) {
    List<String> complete = new ArrayList<>();
    piece
        .replace("\r\n", "\n")
        .replace("\t", TAB)
        .codePoints()
        .forEach(character -> accept(character, Math.max(1, columns), complete));
    return complete;
  }

  private void accept(int character, int columns, List<String> complete) {
    if (character == '\n') {
      if (!continues || row.length() > 0) {
        complete.add(row.toString());
      }
      begin("", false);
      return;
    }
    int wide = Math.max(0, WCWidth.wcwidth(character));
    if (width + wide > columns && row.length() > 0) {
      breakAt(character, complete);
    }
    if (character != ' ' || !continues || row.length() > 0) {
      row.appendCodePoint(character);
      width += wide;
    }
  }

  /** Ends the row before this character: at its last blank, or right here if it has none. */
  private void breakAt(int character, List<String> complete) {
    int blank = character == ' ' ? row.length() : row.lastIndexOf(" ");
    String begun = row.toString();
    boolean indented = begun.substring(0, Math.max(0, blank)).isBlank();
    if (indented) {
      complete.add(begun);
      begin("", true);
    } else {
      complete.add(begun.substring(0, blank).stripTrailing());
      begin(begun.substring(Math.min(begun.length(), blank + 1)), true);
    }
  }

  private void begin(String text, boolean goesOn) {
    row.setLength(0);
    row.append(text);
    width = text.codePoints().map(each -> Math.max(0, WCWidth.wcwidth(each))).sum();
    continues = goesOn;
  }

  /** The row that is not complete; empty if there is none. */
  String unfinished() {
    return row.toString();
  }
}
