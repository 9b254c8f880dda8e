package io.voicebus.chunker;

import io.voicebus.contract.ChunkEnd;
import java.util.ArrayList;
import java.util.List;

/**
 * Speaks a table row by row: the first row's words are held, and said before each cell of the rows
 * below the rule: "Fruit: Apple, Price: $1.50". Between {@link #startRow} and {@link #endRow} the
 * text of cells comes in; all else is passed on. What is held is bounded: a cell over {@link
 * #MAX_HEADER} code points, or a row of more than {@link #MAX_COLUMNS}, is no header.
 */
final class TableText implements SpokenText {
  static final int MAX_HEADER = 60;
  static final int MAX_COLUMNS = 24;

  private enum Header {
    /** No row has come. */
    NONE,
    /** The first row is coming, or has come, and is held. */
    HELD,
    /** A rule came after the first row. */
    KNOWN,
    /** The first row was spoken, for no rule came after it. */
    SPOKEN
  }

  private final SpokenText out;
  private List<HeldText> cells = new ArrayList<>();
  private Header header = Header.NONE;
  private boolean inRow;
  private boolean inHead;
  private boolean used;
  private boolean first;
  private int column;
  private boolean cellSpoken;
  private boolean rowSpoken;
  private long columnStart;
  private long spokenEnd;

  TableText(SpokenText out) {
    this.out = out;
  }

  /**
   * The head of a table is being spoken as text; its first cell was.
   *
   * @param written that cell, as it was written
   */
  void startHead(HeldText written) {
    header = Header.KNOWN;
    used = true;
    inHead = true;
    cells = new ArrayList<>();
    cells.add(new HeldText());
    for (int i = 0; i < written.size(); i++) {
      if ("*_`~".indexOf(written.codePoint(i)) < 0) {
        note(written.codePoint(i), written.end(i));
      }
    }
  }

  /** The next cell of the head starts. */
  void nextHead(long end) {
    if (cells.get(cells.size() - 1).size() > 0) {
      out.cellBreak(end);
    }
    if (cells.size() < MAX_COLUMNS) {
      cells.add(new HeldText());
    }
  }

  /** The head has ended. */
  void endHead() {
    inHead = false;
  }

  private void note(int codePoint, long end) {
    HeldText cell = cells.get(cells.size() - 1);
    if (cell.size() < MAX_HEADER && (cell.size() > 0 || !Marks.isSpace(codePoint))) {
      cell.add(codePoint, end);
    }
  }

  /** A line that is a row starts. */
  void startRow() {
    inRow = true;
    column = -1;
    rowSpoken = false;
    first = header == Header.NONE;
    if (first) {
      header = Header.HELD;
      cells = new ArrayList<>();
      used = false;
    }
    nextCell(0);
  }

  /** A bar came: what follows is in the next column. */
  void nextCell(long end) {
    column++;
    cellSpoken = false;
    columnStart = end;
    if (header == Header.HELD && first) {
      cells.add(new HeldText());
      if (cells.size() > MAX_COLUMNS) {
        speakHeader();
      }
    }
  }

  /**
   * The row ends.
   *
   * @param rule whether it was a rule, with nothing to say
   */
  void endRow(boolean rule) {
    if (!inRow) {
      return;
    }
    inRow = false;
    if (rule && header == Header.HELD) {
      header = Header.KNOWN;
    }
    if (rowSpoken) {
      out.blockBreak(ChunkEnd.ITEM);
    }
  }

  /** Before a row after the first: that one is no header if no rule is between. */
  void beforeBody() {
    if (header == Header.HELD && !first) {
      speakHeader();
      out.blockBreak(ChunkEnd.ITEM);
    }
  }

  /** The table ends: a header without rows is spoken after all. */
  void endTable() {
    if (header == Header.HELD || (header == Header.KNOWN && !used)) {
      speakHeader();
      out.blockBreak(ChunkEnd.ITEM);
    }
    header = Header.NONE;
    inRow = false;
  }

  /** Speaks the held row, as any row is spoken that has no header. */
  private void speakHeader() {
    header = Header.SPOKEN;
    boolean spoken = false;
    for (HeldText cell : cells) {
      if (cell.size() > 0) {
        if (spoken) {
          out.cellBreak(spokenEnd);
        }
        spoken = true;
        for (int i = 0; i < cell.size(); i++) {
          say(cell.codePoint(i), cell.end(i), false);
        }
        rowSpoken = inRow;
      }
    }
    cells = new ArrayList<>();
  }

  @Override
  public void text(int codePoint, long end, boolean verbatim) {
    if (!inRow) {
      if (inHead) {
        note(codePoint, end);
      }
      say(codePoint, end, verbatim);
      return;
    }
    if (header == Header.HELD) {
      HeldText cell = cells.get(column);
      if (cell.size() > 0 || !Marks.isSpace(codePoint)) {
        cell.add(codePoint, end);
      }
      if (cell.size() > MAX_HEADER) {
        speakHeader();
        cellSpoken = true;
      }
      return;
    }
    if (!cellSpoken && !Marks.isSpace(codePoint)) {
      startCell();
    }
    say(codePoint, end, verbatim);
  }

  /** What was held is spoken later than it was written: offsets never go back. */
  private void say(int codePoint, long end, boolean verbatim) {
    spokenEnd = Math.max(spokenEnd, end);
    out.text(codePoint, spokenEnd, verbatim);
  }

  private void startCell() {
    if (rowSpoken) {
      out.cellBreak(columnStart);
    }
    cellSpoken = true;
    rowSpoken = true;
    if (header != Header.KNOWN || column >= cells.size()) {
      return;
    }
    HeldText name = cells.get(column);
    int length = name.size();
    while (length > 0 && Marks.isSpace(name.codePoint(length - 1))) {
      length--;
    }
    used = true;
    for (int i = 0; i < length; i++) {
      say(name.codePoint(i), columnStart, true);
    }
    if (length > 0) {
      int last = name.codePoint(length - 1);
      boolean marked = Marks.isStop(last) || Marks.isClauseMark(last);
      say(marked ? ' ' : ':', columnStart, true);
      say(' ', columnStart, true);
    }
  }

  @Override
  public void lineBreak(long end) {
    if (inRow) {
      text(' ', end, false);
    } else {
      out.lineBreak(end);
    }
  }

  @Override
  public void pause() {
    if (!inRow) {
      out.pause();
    }
  }

  @Override
  public void cellBreak(long end) {
    out.cellBreak(end);
  }

  @Override
  public void blockBreak(ChunkEnd end) {
    if (inRow) {
      return;
    }
    out.blockBreak(end);
  }
}
