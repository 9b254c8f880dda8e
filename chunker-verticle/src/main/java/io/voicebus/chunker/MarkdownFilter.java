package io.voicebus.chunker;

import io.voicebus.chunker.LineStart.Kind;

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
    ROW,
    SKIP_LINE,
    FENCE_INFO,
    FENCE
  }

  /** A fence's info string is a word or two; a longer one is still dropped. */
  private static final int MAX_INFO = 200;

  /** A cell of more dashes than this is text. */
  private static final int MAX_CELL_RULE = 200;

  private final TableText out;
  private final InlineFilter inline;
  private final String codeRemark;
  private final boolean nameEmoji;
  private boolean afterEmoji;
  private boolean spoken;
  private int onlyEmoji;
  private final LineStart lineStart = new LineStart();
  private final HeldText held = new HeldText();
  private final FenceEnd fenceEnd = new FenceEnd();
  private Mode mode = Mode.LINE_START;
  private boolean afterLine;
  private boolean inBlock;
  private boolean quoted;
  private boolean lastQuoted;
  private boolean cellOpen;
  private boolean ruled;
  private boolean inTable;
  private long end;
  private long lineEnd;

  MarkdownFilter(SpokenText out, String codeRemark, boolean nameEmoji) {
    this.nameEmoji = nameEmoji;
    this.out = new TableText(out);
    this.inline = new InlineFilter(this.out);
    this.codeRemark = codeRemark;
  }

  @Override
  public void accept(int cp, long end) {
    this.end = end;
    if (cp >= 0x200D && Emoji.is(cp, afterEmoji)) {
      emoji(cp);
      return;
    }
    afterEmoji = false;
    spoken |= Marks.isSpeakable(cp);
    read(cp);
  }

  private void emoji(int cp) {
    afterEmoji = true;
    if (mode == Mode.FENCE || mode == Mode.FENCE_INFO || inline.skipping()) {
      return;
    }
    if (nameEmoji) {
      say(Emoji.name(cp));
    } else if (onlyEmoji == 0) {
      onlyEmoji = cp;
    }
  }

  private void say(String name) {
    if (!name.isEmpty()) {
      spoken = true;
      (" " + name + " ").codePoints().forEach(this::read);
    }
  }

  private void read(int cp) {
    if (cp == '\r') {
      return;
    }
    if (inline.inMath()) {
      inline.accept(cp, end);
      return;
    }
    if (inline.skipping()) {
      inline.accept(cp, end);
      if (!inline.skipping() && inline.lineEmpty()) {
        startLine();
      }
      return;
    }
    switch (mode) {
      case LINE_START -> lineStart(cp);
      case PROSE, HEADING -> prose(cp);
      case ROW -> row(cp);
      case SKIP_LINE -> skipLine(cp);
      case FENCE_INFO -> fenceInfo(cp);
      case FENCE -> fence(cp);
    }
  }

  /** What is held back is decided as if an empty line followed. */
  @Override
  public void flush() {
    if (!spoken && onlyEmoji != 0) {
      say(Emoji.name(onlyEmoji)); // a turn is not to end without a word
    }
    if (mode != Mode.FENCE && mode != Mode.FENCE_INFO && !inline.skipping()) {
      read('\n');
    }
    if (inTable) {
      inTable = false;
      out.endTable();
    }
    endBlock();
  }

  private void lineStart(int cp) {
    Kind kind = lineStart.accept(cp);
    if (inTable && kind != Kind.OPEN && kind != Kind.ROW) {
      inTable = false;
      out.endTable();
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
        mode = Mode.HEADING;
        prose(cp);
      }
      case RULE, TABLE_RULE -> {
        startBlock();
        mode = Mode.SKIP_LINE;
        skipLine(cp);
      }
      case FENCE -> startFence(cp);
      case ROW -> {
        startBlock();
        mode = Mode.ROW;
        ruled = true;
        cellOpen = false;
        inTable = true;
        out.startRow();
      }
    }
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
    release();
    prose(cp);
  }

  private void startItem(Kind kind, int cp) {
    endBlock();
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

  private void startFence(int cp) {
    endBlock();
    fenceEnd.open(lineStart.mark(), lineStart.run());
    mode = Mode.FENCE_INFO;
    fenceInfo(cp);
  }

  /** Backticks with more backticks on the line are inline code that starts the line. */
  private void fenceInfo(int cp) {
    if (cp == '`' && fenceEnd.mark() == '`' && held.size() < MAX_INFO) {
      inBlock = true;
      mode = Mode.PROSE;
      release();
      prose(cp);
    } else if (cp == '\n') {
      held.clear();
      codeRemark.codePoints().forEach(c -> out.text(c, end, true));
      out.blockBreak();
      mode = Mode.FENCE;
    } else if (held.size() < MAX_INFO) {
      held.add(cp, end);
    }
  }

  private void fence(int cp) {
    if (fenceEnd.accept(cp)) {
      startLine();
    }
  }

  private void prose(int cp) {
    if (cp != '\n') {
      if (mode == Mode.HEADING && isHeadingEnd(cp)) {
        held.add(cp, end);
      } else {
        release();
        inline.accept(cp, end);
      }
      return;
    }
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

  private void row(int cp) {
    if (cp == '\n' || (cp == '|' && !inline.escaping())) {
      held.clear();
      inline.endLine(end);
      cellOpen = false;
      if (cp == '\n') {
        inline.endBlock();
        startLine();
      } else {
        out.nextCell(end);
      }
    } else if (cellOpen) {
      inline.accept(cp, end);
    } else if (!Marks.isSpace(cp) || held.size() > 0) {
      held.add(cp, end);
      boolean rule = cp == '-' || cp == ':' || Marks.isSpace(cp);
      if (!rule || held.size() > MAX_CELL_RULE) {
        openCell();
      }
    }
  }

  private void openCell() {
    if (ruled) {
      out.beforeBody();
    }
    ruled = false;
    cellOpen = true;
    release();
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
      out.endRow(ruled);
    }
    mode = Mode.LINE_START;
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
    out.blockBreak();
    inBlock = false;
    afterLine = false;
  }
}
