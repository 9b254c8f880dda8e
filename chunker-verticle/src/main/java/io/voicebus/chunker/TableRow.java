package io.voicebus.chunker;

/** Passes on the cells of a table's rows, one line after another. Not thread-safe. */
final class TableRow {
  /** A cell of more dashes than this is text. */
  private static final int MAX_RULE = 200;

  private final InlineFilter inline;
  private final TableText out;
  private final HeldText held = new HeldText();
  private boolean inTable;
  private boolean bare;
  private boolean cellOpen;
  private boolean ruled;

  TableRow(InlineFilter inline, TableText out) {
    this.inline = inline;
    this.out = out;
  }

  /** Whether a row has come, and nothing that ends the table. */
  boolean inTable() {
    return inTable;
  }

  /** Whether it is a table whose rows have no outer bars. */
  boolean isBare() {
    return inTable && bare;
  }

  /** The lines that come next are rows between bars. */
  void startTable() {
    inTable = true;
  }

  /** A line is known to be a row; a bar at its start is not passed on. */
  void start() {
    held.clear();
    inTable = true;
    ruled = true;
    cellOpen = false;
    out.startRow();
  }

  /**
   * The head of a table without outer bars is known, whose first cell was passed on as text.
   *
   * @param first the first cell as it was written
   * @param rest what follows it in the line, from the first bar on
   */
  void startBare(HeldText first, HeldText rest) {
    inTable = true;
    bare = true;
    out.startHead(first);
    for (int i = 0; i < rest.size(); i++) {
      int cp = rest.codePoint(i);
      if (cp == '|' && !inline.escaping()) {
        inline.endLine(rest.end(i));
        out.nextHead(rest.end(i));
      } else {
        inline.accept(cp, rest.end(i));
      }
    }
    inline.endLine(rest.end(rest.size() - 1));
    inline.endBlock();
    out.endHead();
  }

  /** The table ends, if there is one. */
  void endTable() {
    if (inTable) {
      out.endTable();
    }
    inTable = false;
    bare = false;
  }

  /** Takes a code point of a row; true if the row has ended with it. */
  boolean accept(int cp, long end) {
    if (cp == '\n' || (cp == '|' && !inline.escaping())) {
      held.clear();
      inline.endLine(end);
      cellOpen = false;
      if (cp == '\n') {
        inline.endBlock();
        return true;
      }
      out.nextCell(end);
    } else if (cellOpen) {
      inline.accept(cp, end);
    } else if (!Marks.isSpace(cp) || held.size() > 0) {
      held.add(cp, end);
      boolean rule = "-–—:".indexOf(cp) >= 0 || Marks.isSpace(cp); // a lone dash is no word
      if (!rule || held.size() > MAX_RULE) {
        openCell();
      }
    }
    return false;
  }

  /** The row's line has ended. */
  void end() {
    out.endRow(ruled);
  }

  private void openCell() {
    if (ruled) {
      out.beforeBody();
    }
    ruled = false;
    cellOpen = true;
    HeldText text = held.take();
    for (int i = 0; i < text.size(); i++) {
      inline.accept(text.codePoint(i), text.end(i));
    }
  }
}
