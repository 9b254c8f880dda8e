package io.voicebus.chunker;

import io.voicebus.contract.ChunkEnd;

/**
 * Removes what Markdown has within a line: emphasis, code marks, links, images, footnote marks,
 * escapes and HTML tags. Text goes on at once; only what may be a mark is held back.
 */
final class InlineFilter {
  private enum State {
    TEXT,
    RUN,
    ESCAPE,
    BANG,
    LINK,
    TAG,
    ENTITY,
    SCRIPT,
    DROP_LINE,
    SKIP,
    MATH
  }

  /** How deep links may be nested (an image in a link is 2); brackets further in are text. */
  private static final int MAX_NESTING = 3;

  private final SpokenText out;
  private final LineOut line;
  private final MarkRun run = new MarkRun();
  private final LinkReader link = new LinkReader();
  private final TagReader tag = new TagReader();
  private final EntityReader entity = new EntityReader();
  private final CodeSpan code = new CodeSpan();
  private final CodeSpan.Out codeOut = this::say;
  private final ScriptReader script = new ScriptReader();
  private final MathReader maths = new MathReader();
  private final Silence silence;
  private final Unclosed unclosed;
  private State state = State.TEXT;
  private int nesting;
  private long markEnd;
  private int replays;

  InlineFilter(SpokenText out, Unclosed unclosed) {
    this.unclosed = unclosed;
    this.silence = new Silence(unclosed);
    this.out = out;
    this.line = new LineOut(out);
  }

  /** Whether everything, line ends too, is dropped up to a closing tag. */
  boolean skipping() {
    return state == State.SKIP;
  }

  /** Whether maths goes on, over line ends too. */
  boolean inMath() {
    return state == State.MATH && maths.isDisplay();
  }

  /** Whether a run of backticks has ended that may open a block of code in mid-line. */
  boolean endsFence(int next) {
    return state == State.RUN && run.opensFence(next) && !code.isOpen();
  }

  /** Takes the run of backticks back. */
  HeldText takeFence() {
    state = State.TEXT;
    return run.marks();
  }

  /** What was said of the line, and before it. */
  LineOut line() {
    return line;
  }

  /** Whether no code, link, tag or formula is open. */
  boolean isPlain() {
    return !code.isOpen() && (state == State.TEXT || (state == State.RUN && !run.isCode()));
  }

  boolean escaping() {
    return state == State.ESCAPE;
  }

  void startLine() {
    line.startLine();
  }

  void accept(int cp, long end) {
    switch (state) {
      case TEXT -> text(cp, end);
      case RUN -> {
        if (!run.goesOn(cp, end)) {
          endRun(cp);
          text(cp, end);
        }
      }
      case ESCAPE -> escaped(cp, end);
      case BANG -> {
        state = State.TEXT;
        if (cp == '[') {
          startLink(true, end);
        } else {
          say('!', markEnd);
          text(cp, end);
        }
      }
      case LINK -> afterLink(link.accept(cp, end), cp, end);
      case TAG -> afterTag(tag.accept(cp, end), cp, end);
      case ENTITY -> afterEntity(entity.accept(cp, end), end);
      case SCRIPT -> {
        if (!script.accept(cp, end)) {
          endScript();
          text(cp, end);
        }
      }
      case DROP_LINE -> {}
      case MATH -> afterMath(maths.accept(cp, end, line.before()), cp, end);
      case SKIP -> silent(cp, end);
    }
  }

  /** Decides what is held back, knowing that the line ends here. */
  void endLine(long end) {
    State last = state;
    switch (last) {
      case RUN -> endRun(' ');
      case BANG -> {
        state = State.TEXT;
        say('!', markEnd);
      }
      case LINK -> afterLink(link.end(), ' ', end);
      case TAG -> afterTag(tag.end(), '\n', end);
      case ENTITY -> afterEntity(EntityReader.TEXT, end);
      case SCRIPT -> endScript();
      case ESCAPE, DROP_LINE -> state = State.TEXT;
      case MATH -> {
        if (!maths.isDisplay()) {
          afterMath(MathReader.Result.TEXT, ' ', end);
        }
      }
      case TEXT, SKIP -> {}
    }
    if (state == State.RUN) {
      endRun(' ');
    } else if (state != State.SKIP && !inMath()) {
      state = State.TEXT;
    }
    if (last == State.TAG && state == State.SKIP) {
      silent('\n', end);
    }
    code.release(codeOut);
    code.end();
    startLine();
  }

  void endBlock() {
    run.endBlock();
  }

  /** The text ends: what was held over line ends is text. */
  void endText(long end) {
    if (state == State.SKIP) {
      silence.endText();
      state = State.TEXT;
    } else if (inMath()) {
      afterMath(MathReader.Result.TEXT, ' ', end);
    }
  }

  private void silent(int cp, long end) {
    silence.accept(cp, end);
    state = silence.isOpen() ? State.SKIP : State.TEXT;
  }

  private void text(int cp, long end) {
    if (code.isOpen() && cp != '`') {
      code.accept(cp, end, codeOut);
      return;
    }
    switch (cp) {
      case '*', '_', '~', '=', '`' -> {
        state = State.RUN;
        run.start(cp, end);
      }
      case '\\' -> {
        state = State.ESCAPE;
        markEnd = end;
      }
      case '!' -> {
        if (Marks.isSpace(line.before()) || Marks.isOpener(line.before())) {
          state = State.BANG;
          markEnd = end;
        } else {
          say(cp, end);
        }
      }
      case '[' -> startLink(false, end);
      case '$' -> {
        if (unclosed.isLiteral()) {
          say(cp, end);
          return;
        }
        state = State.MATH;
        maths.start(end, line.isEmpty());
      }
      case '&' -> {
        state = State.ENTITY;
        entity.start(end);
      }
      case '<' -> {
        if (nesting < MAX_NESTING) {
          state = State.TAG;
          tag.start(end, line.before(), line.isEmpty(), !line.hasSpoken());
        } else {
          say(cp, end);
        }
      }
      default -> say(cp, end);
    }
  }

  private void afterMath(MathReader.Result result, int cp, long end) {
    if (result == MathReader.Result.READING) {
      return;
    }
    state = State.TEXT;
    switch (result) {
      case MATH -> line.sayMath(maths.content(), end);
      case SIGN -> {
        say('$', maths.held().end(0));
        text(cp, end);
      }
      case TEXT -> {
        boolean display = maths.isDisplay();
        HeldText held = maths.held();
        int first = held.codePoint(0) == '$' ? 0 : 1;
        say(held.codePoint(first), held.end(first));
        HeldText rest = held.range(first + 1, held.size());
        if (display && replays == 0) {
          unclosed.read(rest);
        } else {
          boolean outer = unclosed.isLiteral();
          unclosed.literal(true); // else each of many would be held again
          replay(rest, nesting);
          unclosed.literal(outer);
        }
      }
      case READING -> throw new IllegalStateException("still reading");
    }
  }

  private void startLink(boolean image, long end) {
    if (nesting < MAX_NESTING) {
      state = State.LINK;
      link.start(image, line.isEmpty(), Marks.isOrdinary(line.before()), end);
    } else {
      if (image) {
        say('!', markEnd);
      }
      say('[', end);
    }
  }

  private void say(int cp, long end) {
    if (code.takeGap() && Marks.isOrdinary(cp)) {
      out.text(' ', end, false);
    }
    line.say(cp, end, code.isOpen());
  }

  private void say(HeldText text) {
    for (int i = 0; i < text.size(); i++) {
      say(text.codePoint(i), text.end(i));
    }
  }

  private void endRun(int after) {
    state = State.TEXT;
    code.release(codeOut);
    if (run.isCode() ? !code.mark(run.length()) : !run.isSilent(line, after)) {
      say(run.marks());
    } else if (run.isPause(line, after)) {
      out.pause();
    }
  }

  /** A mark after a backslash is literal, except the delimiters of LaTeX, which are not spoken. */
  private void escaped(int cp, long end) {
    state = State.TEXT;
    if (cp == '(' || cp == '[') {
      if (unclosed.isLiteral()) {
        say(cp, end);
      } else {
        state = State.MATH;
        maths.start(cp, markEnd, end);
      }
      return;
    }
    if (cp == ')' || cp == ']') {
      return;
    }
    boolean punctuation = cp > ' ' && cp < 0x7F && !Character.isLetterOrDigit(cp);
    if (punctuation) {
      say(cp, end);
    } else {
      say('\\', markEnd);
      text(cp, end);
    }
  }

  private void afterLink(LinkReader.Result result, int cp, long end) {
    if (result == LinkReader.Result.READING) {
      return;
    }
    state = State.TEXT;
    switch (result) {
      case LINK -> replay(link.label(), nesting + 1);
      case DROPPED -> {}
      case LINE_DROPPED -> state = State.DROP_LINE;
      case DROPPED_BEFORE -> text(cp, end);
      case TEXT, TEXT_ONLY -> {
        if (link.image()) {
          say('!', link.start() - 1);
        }
        say('[', link.start());
        replay(link.rest(), result == LinkReader.Result.TEXT ? nesting + 1 : MAX_NESTING);
      }
      case READING -> throw new IllegalStateException("still reading");
    }
  }

  private void afterTag(TagReader.Result result, int cp, long end) {
    if (result == TagReader.Result.READING) {
      return;
    }
    state = State.TEXT;
    boolean own = true;
    switch (result) {
      case LINK -> replay(tag.inside(), MAX_NESTING);
      case COMMENT -> silence();
      case TEXT, TEXT_ONLY -> {
        HeldText held = tag.held();
        say('<', held.end(0));
        replay(held.range(1, held.size()), result == TagReader.Result.TEXT ? nesting : MAX_NESTING);
      }
      case INLINE, LINE, BLOCK, PAUSE, SILENT, NAME -> {
        own = false;
        behindTag(result, end);
      }
      case READING -> throw new IllegalStateException("still reading");
    }
    if (!own && tag.spaceEnd() >= 0) {
      accept(' ', tag.spaceEnd());
    }
    if (!own && cp != '\n') {
      accept(cp, end);
    }
  }

  private void behindTag(TagReader.Result result, long end) {
    switch (result) {
      case BLOCK -> {
        run.endEmphasis();
        out.blockBreak(ChunkEnd.PARAGRAPH);
      }
      case LINE -> out.lineBreak(end);
      case PAUSE -> out.cellBreak(end);
      case NAME -> replay(tag.inside(), MAX_NESTING);
      case SILENT -> silence();
      case INLINE -> {
        if (tag.opensScript()) {
          state = State.SCRIPT;
          script.start(tag.isSuperscript());
        }
      }
      default -> {}
    }
  }

  private void endScript() {
    state = State.TEXT;
    script.say(line, this::say);
  }

  private void silence() {
    silence.open(tag, !line.hasSpoken());
    state = silence.isOpen() ? State.SKIP : state;
  }

  private void afterEntity(int cp, long end) {
    if (cp == EntityReader.READING) {
      return;
    }
    state = State.TEXT;
    if (cp == EntityReader.TEXT) {
      HeldText held = entity.held();
      say('&', held.end(0));
      replay(held.range(1, held.size()), nesting);
    } else {
      say(cp, end);
    }
  }

  /** Reads held text again as text, without links if it may be long. */
  private void replay(HeldText held, int depth) {
    int outer = nesting;
    nesting = depth;
    replays++;
    for (int i = 0; i < held.size(); i++) {
      accept(held.codePoint(i), held.end(i));
    }
    if (replays == 1 && inMath()) {
      afterMath(MathReader.Result.TEXT, ' ', 0); // maths does not go on behind what is replayed
    }
    nesting = outer;
    replays--;
  }
}
