package io.voicebus.chunker;

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
    DROP_LINE,
    SKIP,
    DOLLAR,
    MATH
  }

  /** How deep links may be nested (an image in a link is 2); brackets further in are text. */
  private static final int MAX_NESTING = 3;

  private final SpokenText out;
  private final Emphasis emphasis = new Emphasis();
  private final LinkReader link = new LinkReader();
  private final TagReader tag = new TagReader();
  private final EntityReader entity = new EntityReader();
  private final CodeSpan code = new CodeSpan();
  private final CodeSpan.Out spoken = this::say;
  private final DollarReader dollar = new DollarReader();
  private final MathText math = new MathText();
  private final MathSpan display = new MathSpan();
  private State state = State.TEXT;
  private int nesting;
  private int mark;
  private int run;
  private long markEnd;
  private boolean dollarsAreText;
  private int before = ' ';
  private int beforeThat = ' ';
  private boolean inUrl;
  private boolean lineEmpty = true;

  InlineFilter(SpokenText out) {
    this.out = out;
  }

  /** Whether everything, line ends too, is dropped up to a closing tag. */
  boolean skipping() {
    return state == State.SKIP;
  }

  /** Whether maths goes on, over line ends too. */
  boolean inMath() {
    return state == State.MATH;
  }

  boolean escaping() {
    return state == State.ESCAPE;
  }

  /** Whether nothing but marks was seen in this line. */
  boolean lineEmpty() {
    return lineEmpty;
  }

  void startLine() {
    lineEmpty = true;
    before = ' ';
    inUrl = false;
  }

  void accept(int cp, long end) {
    switch (state) {
      case TEXT -> text(cp, end);
      case RUN -> {
        if (cp == mark) {
          run++;
          markEnd = end;
        } else {
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
      case TAG -> afterTag(tag.accept(cp, end), end);
      case ENTITY -> afterEntity(entity.accept(cp, end), end);
      case DROP_LINE -> {}
      case DOLLAR -> afterDollar(dollar.accept(cp, end, before), cp, end);
      case MATH -> {
        if (display.accept(cp, c -> sayMath(c, end))) {
          state = State.TEXT;
        }
      }
      case SKIP -> {
        if (tag.skip(cp)) {
          state = State.TEXT;
        }
      }
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
      case TAG -> afterTag(TagReader.Result.TEXT_ONLY, end);
      case ENTITY -> afterEntity(EntityReader.TEXT, end);
      case ESCAPE, DROP_LINE -> state = State.TEXT;
      case DOLLAR -> afterDollar(DollarReader.Result.TEXT, ' ', end);
      case TEXT, SKIP, MATH -> {}
    }
    if (state == State.RUN) {
      endRun(' ');
    } else if (state != State.SKIP && state != State.MATH) {
      state = State.TEXT;
    }
    code.end();
    startLine();
  }

  void endBlock() {
    emphasis.reset();
  }

  private void text(int cp, long end) {
    if (code.isOpen() && cp != '`') {
      code.accept(cp, end, spoken);
      return;
    }
    switch (cp) {
      case '*', '_', '~', '`' -> {
        state = State.RUN;
        mark = cp;
        run = 1;
        markEnd = end;
      }
      case '\\' -> {
        state = State.ESCAPE;
        markEnd = end;
      }
      case '!' -> {
        if (Marks.isSpace(before) || Marks.isOpener(before)) {
          state = State.BANG;
          markEnd = end;
        } else {
          say(cp, end);
        }
      }
      case '[' -> startLink(false, end);
      case '$' -> {
        if (dollarsAreText) {
          say(cp, end);
          return;
        }
        state = State.DOLLAR;
        dollar.start(end);
      }
      case '&' -> {
        state = State.ENTITY;
        entity.start(end);
      }
      case '<' -> {
        if (nesting < MAX_NESTING) {
          state = State.TAG;
          tag.start(end, before);
        } else {
          say(cp, end);
        }
      }
      default -> say(cp, end);
    }
  }

  private void afterDollar(DollarReader.Result result, int cp, long end) {
    if (result == DollarReader.Result.READING) {
      return;
    }
    state = State.TEXT;
    HeldText held = dollar.held();
    switch (result) {
      case DISPLAY -> startMath("$$");
      case MATH -> {
        for (int i = 1; i < held.size(); i++) {
          long at = held.end(i);
          math.accept(held.codePoint(i), c -> sayMath(c, at));
        }
        math.end(c -> sayMath(c, end));
      }
      case SIGN -> {
        say('$', held.end(0));
        text(cp, end);
      }
      case TEXT -> {
        say('$', held.end(0));
        dollarsAreText = true; // else each of many would be held again
        replay(held, 1, nesting);
        dollarsAreText = false;
      }
      case READING -> throw new IllegalStateException("still reading");
    }
  }

  private void startMath(String closing) {
    state = State.MATH;
    display.open(closing);
  }

  private void sayMath(int cp, long end) {
    out.text(cp, end, true);
    lineEmpty = false;
    beforeThat = before;
    before = cp;
  }

  private void startLink(boolean image, long end) {
    if (nesting < MAX_NESTING) {
      state = State.LINK;
      link.start(image, lineEmpty, end);
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
    out.text(cp, end, code.isOpen());
    if (Marks.isSpace(cp)) {
      inUrl = false;
    } else {
      lineEmpty = false;
      inUrl |= cp == '/' && before == '/' && beforeThat == ':';
    }
    beforeThat = before;
    before = cp;
  }

  private void endRun(int after) {
    state = State.TEXT;
    if (mark == '`') {
      if (!code.mark(run)) {
        sayRun();
      }
      return;
    }
    boolean literal = inUrl && mark != '*';
    if (literal || !emphasis.isMark(mark, run, before, after)) {
      sayRun();
    }
  }

  private void sayRun() {
    for (int i = run - 1; i >= 0; i--) {
      say(mark, markEnd - i);
    }
  }

  /** A mark after a backslash is literal, except the delimiters of LaTeX, which are not spoken. */
  private void escaped(int cp, long end) {
    state = State.TEXT;
    if (cp == '(' || cp == '[') {
      startMath(cp == '(' ? "\\)" : "\\]");
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
      case LINK -> replay(link.label(), 0, nesting + 1);
      case DROPPED -> {}
      case LINE_DROPPED -> state = State.DROP_LINE;
      case DROPPED_BEFORE -> text(cp, end);
      case TEXT, TEXT_ONLY -> {
        if (link.image()) {
          say('!', link.start() - 1);
        }
        say('[', link.start());
        replay(link.rest(), 0, result == LinkReader.Result.TEXT ? nesting + 1 : MAX_NESTING);
      }
      case READING -> throw new IllegalStateException("still reading");
    }
  }

  private void afterTag(TagReader.Result result, long end) {
    if (result == TagReader.Result.READING) {
      return;
    }
    state = State.TEXT;
    switch (result) {
      case INLINE -> {}
      case LINE -> out.lineBreak(end);
      case BLOCK -> {
        emphasis.reset();
        out.blockBreak();
      }
      case SKIP -> state = State.SKIP;
      case LINK -> replay(tag.inside(), 0, MAX_NESTING);
      case TEXT, TEXT_ONLY -> {
        HeldText held = tag.held();
        say('<', held.end(0));
        replay(held, 1, result == TagReader.Result.TEXT ? nesting : MAX_NESTING);
      }
      case READING -> throw new IllegalStateException("still reading");
    }
  }

  private void afterEntity(int cp, long end) {
    if (cp == EntityReader.READING) {
      return;
    }
    state = State.TEXT;
    if (cp == EntityReader.TEXT) {
      HeldText held = entity.held();
      say('&', held.end(0));
      replay(held, 1, nesting);
    } else {
      say(cp, end);
    }
  }

  /** Text that was held in vain is read again; with links off if it may be long. */
  private void replay(HeldText held, int from, int depth) {
    int outer = nesting;
    nesting = depth;
    for (int i = from; i < held.size(); i++) {
      accept(held.codePoint(i), held.end(i));
    }
    nesting = outer;
  }
}
