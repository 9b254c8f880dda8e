package io.voicebus.chunker;

import io.voicebus.chunker.LineStart.Kind;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.UnspokenText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes Markdown from a stream of code points: the blocks here, what is within a line in {@link
 * InlineFilter}. Follows CommonMark 0.31 and GFM tables as far as one pass without going back can.
 * What it holds back is bounded by the limits of {@link LineStart}, {@link LinkReader} and {@link
 * TagReader}. Not thread-safe.
 */
final class MarkdownFilter implements TextFilter {
  private enum Mode {
    LINE_START,
    PROSE,
    HEADING,
    TABLE_HEAD,
    ROW,
    SKIP_LINE,
    CODE
  }

  private final TableText out;
  private final InlineFilter inline;
  private final Pictures pictures;
  private boolean spoken;

  private final LineStart lineStart = new LineStart();
  private final HeldText held = new HeldText();
  private final TableHead tableHead = new TableHead();
  private final TableRow row;
  private final Blocks blocks;
  private final FencedCode code;
  private final Unclosed unclosed = new Unclosed();
  private Mode mode = Mode.LINE_START;
  private long end;

  MarkdownFilter(SpokenText out, CodeRemark codeRemark, boolean nameEmoji) {
    this.pictures = new Pictures(nameEmoji);
    this.out = new TableText(out);
    this.inline = new InlineFilter(this.out, unclosed);
    this.row = new TableRow(inline, this.out);
    this.blocks = new Blocks(this.out, inline);
    this.code = new FencedCode(this.out, codeRemark, inline, blocks);
  }

  @Override
  public List<UnspokenText> unspoken() {
    return unclosed.unspoken();
  }

  @Override
  public void accept(int cp, long end) {
    this.end = end;
    if (pictures.accept(cp)) {
      if (Emoji.isStar(cp) && mode == Mode.PROSE && Marks.isDigit(inline.line().before())) {
        read('★'); // "a 4★ hotel"
      } else if (mode != Mode.CODE && !inline.skipping()) {
        say(pictures.said(cp, mode == Mode.ROW || afterColon(), inline.line().lastWord()));
      }
      return;
    }
    spoken |= Marks.isSpeakable(cp);
    read(cp);
    revive(unclosed.take());
  }

  /** Reads held text again as text. */
  private void revive(@Nullable HeldText text) {
    if (text == null) {
      return;
    }
    long written = end;
    if (text.size() > 0) {
      blocks.readAgain(text.end(0) - 1);
    }
    unclosed.literal(true);
    readAgain(text);
    unclosed.literal(false);
    end = written;
  }

  /** "Dark mode: ✅" is an answer. */
  private boolean afterColon() {
    return mode == Mode.PROSE && inline.line().endsWithColon() && !inline.line().isEmpty();
  }

  private void readAgain(HeldText text) {
    for (int i = 0; i < text.size(); i++) {
      end = text.end(i);
      read(text.codePoint(i));
    }
  }

  private void say(String name) {
    if (!name.isEmpty()) {
      spoken = true;
      (" " + name + " ").codePoints().forEach(this::read);
    }
  }

  private void read(int cp) {
    if (cp == '\r' || Marks.isJoiner(cp)) {
      return;
    }
    if (inline.inMath()) {
      inline.accept(cp, end);
      return;
    }
    if (inline.skipping()) {
      inline.accept(cp, end);
      if (!inline.skipping() && inline.line().isEmpty()) {
        startLine();
      }
      return;
    }
    switch (mode) {
      case LINE_START -> lineStart(cp);
      case PROSE, HEADING -> prose(cp);
      case TABLE_HEAD -> tableHead(tableHead.accept(cp, end));
      case ROW -> {
        if (row.accept(cp, end)) {
          startLine();
        }
      }
      case SKIP_LINE -> skipLine(cp);
      case CODE -> code(cp);
    }
  }

  /** What is held back is decided as if an empty line followed. */
  @Override
  public void flush() {
    if (!spoken) {
      say(pictures.firstName()); // a turn is not to end without a word
    }
    if (mode == Mode.TABLE_HEAD) {
      tableHead(tableHead.end());
    }
    endCode();
    inline.endText(end);
    revive(unclosed.take());
    endCode(); // which the text behind a lost mark began
    read('\n');
    if (mode == Mode.TABLE_HEAD) {
      tableHead(tableHead.end());
    }
    row.endTable();
    blocks.end();
    code.remarkAtEnd(unclosed.hadCall(), end);
  }

  private void lineStart(int cp) {
    Kind kind = lineStart.accept(cp);
    if (row.isBare() && held.size() == 0 && kind != Kind.QUOTE && TableHead.mayBeRow(cp)) {
      tableHead.startBareRow();
      mode = Mode.TABLE_HEAD;
      tableHead(tableHead.accept(cp, end));
      return;
    }
    if (kind == Kind.ROW && (tableHead.hasSigns() || !row.inTable())) {
      startTable(cp);
      return;
    }
    if (kind != Kind.OPEN && kind != Kind.ROW && kind != Kind.QUOTE) {
      row.endTable();
    }
    switch (kind) {
      case OPEN -> {
        if (!Marks.isSpace(cp) || held.size() > 0) {
          held.add(cp, end);
        }
      }
      case TEXT -> startText(cp);
      case BLANK -> {
        blocks.blank();
        startLine();
      }
      case QUOTE -> {
        blocks.quote();
        lineStart.reset();
      }
      case BULLET, NUMBER -> startItem(kind, cp);
      case HEADING -> {
        blocks.start(ChunkEnd.HEADING);
        held.clear();
        mode = Mode.HEADING;
        prose(cp);
      }
      case RULE, TABLE_RULE -> {
        blocks.end();
        held.clear();
        mode = Mode.SKIP_LINE;
        skipLine(cp);
      }
      case FENCE -> startFence(cp);
      case ROW -> startRow();
    }
  }

  private void startRow() {
    blocks.end();
    held.clear();
    mode = Mode.ROW;
    row.start();
  }

  /** A line begins with a bar, outside of a table. */
  private void startTable(int cp) {
    if (tableHead.hasSigns()) {
      startText(cp);
    } else {
      mode = Mode.TABLE_HEAD;
      tableHead.startFramed();
      tableHead(tableHead.accept(cp, end));
    }
  }

  private void tableHead(TableHead.State state) {
    if (state == TableHead.State.OPEN) {
      return;
    }
    boolean isRow = state == TableHead.State.ROW;
    long written = end;
    if (isRow && tableHead.isBare()) {
      row.startBare(tableHead.firstCell(), tableHead.head());
      blocks.end(ChunkEnd.ITEM);
      startLine();
      return;
    }
    mode = tableHead.isBare() ? Mode.PROSE : Mode.LINE_START;
    lineStart.reset();
    if (!isRow) {
      row.endTable();
      tableHead.barsAreSigns();
    } else if (row.isBare()) {
      startRow();
    } else {
      row.startTable();
    }
    readAgain(tableHead.take());
    end = written;
  }

  private void startText(int cp) {
    blocks.text();
    mode = Mode.PROSE;
    for (int i = 0; i < held.size(); i++) {
      tableHead.note(held.codePoint(i), held.end(i));
    }
    release(held.take());
    prose(cp);
  }

  private void startItem(Kind kind, int cp) {
    blocks.start(ChunkEnd.ITEM);
    if (kind == Kind.NUMBER) {
      for (int i = 0; i < held.size(); i++) {
        out.text(held.codePoint(i), held.end(i), true);
      }
      out.text(' ', end, false);
    }
    held.clear();
    lineStart.reset();
    lineStart.inItem(false);
    inline.startLine();
    if (cp == '\n') {
      startLine();
    }
  }

  /** Backticks in mid-line, with a line end before any others, open a block, too. */
  private void startFenceInLine(int cp) {
    HeldText marks = inline.takeFence();
    code.start('`', marks.size(), true, marks, end);
    mode = Mode.CODE;
    code(cp);
  }

  private void startFence(int cp) {
    blocks.end();
    code.start(lineStart.mark(), lineStart.run(), false, held.take(), end);
    mode = Mode.CODE;
    code(cp);
  }

  private void code(int cp) {
    switch (code.accept(cp, end)) {
      case OPEN -> {}
      case TEXT -> {
        noFence();
        prose(cp);
      }
      case CLOSED -> startLine();
      case CLOSED_BEFORE -> {
        startLine();
        read(cp);
      }
    }
  }

  private void noFence() {
    blocks.goOn();
    mode = Mode.PROSE;
    release(code.take());
  }

  /**
   * The text ends. Code that nothing closes is reported as unspoken; prose at its end is spoken.
   */
  private void endCode() {
    FencedCode.State state = mode == Mode.CODE ? code.end(unclosed) : FencedCode.State.OPEN;
    if (state == FencedCode.State.TEXT) {
      noFence();
    } else if (state == FencedCode.State.CLOSED) {
      startLine();
      revive(code.prose());
    }
  }

  private void prose(int cp) {
    if (mode == Mode.PROSE && inline.endsFence(cp)) {
      startFenceInLine(cp);
    } else if (cp == '|' && mode == Mode.PROSE && inline.isPlain() && tableHead.endsFirstCell()) {
      mode = Mode.TABLE_HEAD;
      tableHead.startBare();
      tableHead(tableHead.accept(cp, end));
    } else if (cp != '\n') {
      tableHead.note(cp, end);
      if (mode == Mode.HEADING && LineStart.closesHeading(held, cp)) {
        held.add(cp, end);
      } else {
        if (held.size() > 0) {
          release(held.take());
        }
        inline.accept(cp, end);
      }
    } else {
      endProse();
    }
  }

  private void endProse() {
    held.clear();
    inline.endLine(end);
    if (mode == Mode.HEADING) {
      blocks.end();
    }
    blocks.endLine(end);
    startLine();
  }

  private void skipLine(int cp) {
    if (cp == '\n') {
      startLine();
    }
  }

  private void release(HeldText text) {
    for (int i = 0; i < text.size(); i++) {
      inline.accept(text.codePoint(i), text.end(i));
    }
  }

  private void startLine() {
    if (mode == Mode.ROW) {
      row.end();
    }
    mode = Mode.LINE_START;
    tableHead.startLine();
    lineStart.reset();
    held.clear();
    lineStart.inItem(blocks.inItem());
    blocks.startLine();
    inline.startLine();
  }
}
