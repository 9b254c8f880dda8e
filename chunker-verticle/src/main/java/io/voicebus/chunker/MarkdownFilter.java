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
    FENCE_INFO,
    FENCE
  }

  /** A fence's info string is a word or two; a longer one is still dropped. */
  private static final int MAX_INFO = 200;

  /** Backticks in mid-line with more text behind them, in code points, open no block. */
  private static final int MAX_LINE = 1_000;

  private final TableText out;
  private final InlineFilter inline;
  private final CodeRemark codeRemark;
  private final Pictures pictures;
  private boolean spoken;
  private boolean hadCode;
  private final LineStart lineStart = new LineStart();
  private final HeldText held = new HeldText();
  private final HeldText firstCell = new HeldText();
  private final TableHead tableHead = new TableHead();
  private final TableRow row;
  private final CodeBlock block = new CodeBlock();
  private final Unclosed unclosed = new Unclosed();
  private Mode mode = Mode.LINE_START;
  private ChunkEnd blockEnd = ChunkEnd.PARAGRAPH;
  private boolean afterLine;
  private boolean inBlock;
  private boolean quoted;
  private boolean lastQuoted;
  private boolean barsAreSigns;
  private long end;
  private long lineEnd;

  MarkdownFilter(SpokenText out, CodeRemark codeRemark, boolean nameEmoji) {
    this.pictures = new Pictures(nameEmoji);
    this.out = new TableText(out);
    this.inline = new InlineFilter(this.out, unclosed);
    this.row = new TableRow(inline, this.out);
    this.codeRemark = codeRemark;
  }

  @Override
  public List<UnspokenText> unspoken() {
    return unclosed.unspoken();
  }

  @Override
  public void accept(int cp, long end) {
    this.end = end;
    if (pictures.accept(cp)) {
      if (mode != Mode.FENCE && mode != Mode.FENCE_INFO && !inline.skipping()) {
        say(pictures.said(cp, mode == Mode.ROW || afterColon(), inline.line().lastWord()));
      }
      return;
    }
    spoken |= Marks.isSpeakable(cp);
    read(cp);
    revive(unclosed.take());
  }

  /** Text that was held in vain is read as text. */
  private void revive(@Nullable HeldText text) {
    if (text == null) {
      return;
    }
    long written = end;
    lineEnd = text.size() > 0 ? Math.min(lineEnd, text.end(0) - 1) : lineEnd;
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
      case FENCE_INFO -> fenceInfo(cp);
      case FENCE -> fence(cp);
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
    endBlock();
    if ((hadCode || unclosed.hadCall()) && !inline.line().hasSpoken()) {
      remark(codeRemark.atEnd());
    }
  }

  private void lineStart(int cp) {
    Kind kind = lineStart.accept(cp);
    if (row.isBare() && held.size() == 0 && kind != Kind.QUOTE && mayBeRow(cp)) {
      tableHead.startBareRow();
      mode = Mode.TABLE_HEAD;
      tableHead(tableHead.accept(cp, end));
      return;
    }
    if (kind == Kind.ROW && (barsAreSigns || !row.inTable())) {
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
        endBlock();
        quoted = false;
        startLine();
      }
      case QUOTE -> {
        quoted = true;
        lineStart.reset();
      }
      case BULLET, NUMBER -> startItem(kind, cp);
      case HEADING -> {
        startBlock();
        blockEnd = ChunkEnd.HEADING;
        mode = Mode.HEADING;
        prose(cp);
      }
      case RULE, TABLE_RULE -> {
        startBlock();
        mode = Mode.SKIP_LINE;
        skipLine(cp);
      }
      case FENCE -> startFence(cp);
      case ROW -> startRow();
    }
  }

  private void startRow() {
    startBlock();
    mode = Mode.ROW;
    row.start();
  }

  /** In a table without outer bars all but a blank line, a heading, a quote or code is a row. */
  private static boolean mayBeRow(int cp) {
    return !Marks.isSpace(cp) && "|#`~>\n".indexOf(cp) < 0;
  }

  /** A line begins with a bar, outside of a table. */
  private void startTable(int cp) {
    if (barsAreSigns) {
      startText(cp);
    } else {
      mode = Mode.TABLE_HEAD;
      tableHead.startFramed();
      tableHead(tableHead.accept(cp, end));
    }
  }

  /** Whether the bar that comes next may end the first cell of a table without outer bars. */
  private boolean endsFirstCell() {
    return !barsAreSigns
        && mode == Mode.PROSE
        && firstCell.size() > 0
        && firstCell.size() <= TableText.MAX_HEADER
        && inline.isPlain()
        && TableHead.isCell(firstCell);
  }

  private void tableHead(TableHead.State state) {
    if (state == TableHead.State.OPEN) {
      return;
    }
    boolean isRow = state == TableHead.State.ROW;
    long written = end;
    if (isRow && tableHead.isBare()) {
      row.startBare(firstCell.take(), tableHead.head());
      blockEnd = ChunkEnd.ITEM;
      endBlock();
      startLine();
      return;
    }
    mode = tableHead.isBare() ? Mode.PROSE : Mode.LINE_START;
    lineStart.reset();
    if (!isRow) {
      row.endTable();
      barsAreSigns = true;
    } else if (row.isBare()) {
      startRow();
    } else {
      row.startTable();
    }
    readAgain(tableHead.take());
    end = written;
  }

  private void startText(int cp) {
    if (quoted != lastQuoted) {
      endBlock();
    } else if (afterLine && inBlock) {
      out.lineBreak(lineEnd);
    }
    lastQuoted = quoted;
    inBlock = true;
    mode = Mode.PROSE;
    for (int i = 0; i < held.size(); i++) {
      firstCell.add(held.codePoint(i), held.end(i));
    }
    release();
    prose(cp);
  }

  private void startItem(Kind kind, int cp) {
    endBlock();
    blockEnd = ChunkEnd.ITEM;
    if (kind == Kind.NUMBER) {
      for (int i = 0; i < held.size(); i++) {
        out.text(held.codePoint(i), held.end(i), true);
      }
      out.text(' ', end, false);
    }
    held.clear();
    lineStart.reset();
    inline.startLine();
    afterLine = false;
    if (cp == '\n') {
      startLine();
    }
  }

  /** Backticks in mid-line, with a line end before any others, open a block, too. */
  private void startFenceInLine(int cp) {
    int run = inline.takeFence();
    held.clear();
    for (int i = run; i > 0; i--) {
      held.add('`', end - Character.charCount(cp) - i + 1);
    }
    block.open('`', run, true, firstHeld());
    mode = Mode.FENCE_INFO;
    fenceInfo(cp);
  }

  /** Where the text starts that is held. */
  private long firstHeld() {
    return held.size() > 0 ? held.end(0) - 1 : end;
  }

  private void startFence(int cp) {
    endBlock();
    block.open(lineStart.mark(), lineStart.run(), false, firstHeld());
    mode = Mode.FENCE_INFO;
    fenceInfo(cp);
  }

  /** Backticks with more backticks on the line are inline code. */
  private void fenceInfo(int cp) {
    boolean code = cp == '`' && block.mark() == '`';
    boolean tooLong = block.inLine() && held.size() >= MAX_LINE;
    if (tooLong || (code && held.size() < MAX_INFO)) {
      noFence();
      prose(cp);
    } else if (cp == '\n') {
      startCode();
    } else if (held.size() < MAX_INFO || block.inLine()) {
      held.add(cp, end);
    }
  }

  private void noFence() {
    inBlock = true;
    mode = Mode.PROSE;
    release();
  }

  private void startCode() {
    block.begin(held.take(), end);
    if (block.inLine()) {
      endBlock();
    }
    hadCode = true;
    remark(codeRemark.atBlock(inline.line().endsWithColon()));
    mode = Mode.FENCE;
  }

  private void remark(String words) {
    words.codePoints().forEach(cp -> out.text(cp, end, true));
    out.blockBreak(ChunkEnd.PARAGRAPH);
  }

  private void fence(int cp) {
    CodeBlock.State state = block.accept(cp, end);
    if (state != CodeBlock.State.OPEN) {
      startLine();
    }
    if (state == CodeBlock.State.CLOSED_BEFORE) {
      read(cp);
    }
  }

  /** The text ends: code that nothing closes is told of, and what reads as prose behind it said. */
  private void endCode() {
    if (mode == Mode.FENCE_INFO && (block.inLine() || CodeBlock.info(held).indexOf(' ') >= 0)) {
      noFence();
    } else if (mode == Mode.FENCE) {
      if (block.end() == CodeBlock.State.OPEN) {
        unclosed.tell(block.unspoken());
      }
      startLine();
      revive(block.prose());
    }
  }

  private void prose(int cp) {
    if (mode == Mode.PROSE && inline.endsFence(cp)) {
      startFenceInLine(cp);
    } else if (cp == '|' && endsFirstCell()) {
      mode = Mode.TABLE_HEAD;
      tableHead.startBare();
      tableHead(tableHead.accept(cp, end));
    } else if (cp != '\n') {
      if (firstCell.size() <= TableText.MAX_HEADER) {
        firstCell.add(cp, end);
      }
      if (mode == Mode.HEADING && isHeadingEnd(cp)) {
        held.add(cp, end);
      } else {
        release();
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
      endBlock();
    }
    afterLine = true;
    lineEnd = end;
    startLine();
  }

  /** A space and then marks up to the line's end close a heading: {@code ## Title ##}. */
  private boolean isHeadingEnd(int cp) {
    boolean started = held.size() > 0;
    return held.size() < MAX_INFO
        && (Marks.isSpace(cp)
            ? !started || held.codePoint(held.size() - 1) == '#'
            : started && cp == '#');
  }

  private void skipLine(int cp) {
    if (cp == '\n') {
      startLine();
    }
  }

  private void release() {
    if (held.size() == 0) {
      return;
    }
    HeldText text = held.take();
    for (int i = 0; i < text.size(); i++) {
      inline.accept(text.codePoint(i), text.end(i));
    }
  }

  private void startLine() {
    if (mode == Mode.ROW) {
      row.end();
    }
    mode = Mode.LINE_START;
    barsAreSigns = false;
    firstCell.clear();
    lineStart.reset();
    held.clear();
    lastQuoted = quoted;
    quoted = false;
    inline.startLine();
  }

  private void startBlock() {
    endBlock();
    held.clear();
  }

  private void endBlock() {
    inline.endBlock();
    out.blockBreak(blockEnd);
    blockEnd = ChunkEnd.PARAGRAPH;
    inBlock = false;
    afterLine = false;
  }
}
