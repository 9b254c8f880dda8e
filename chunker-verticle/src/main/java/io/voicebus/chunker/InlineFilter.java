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

  /** A longer code span has lost its closing mark. */
  private static final int MAX_CODE = 400;

  /** Maths that goes on for longer, in code points, has lost its closing mark. */
  private static final int MAX_MATH = 2_000;

  /** The same between single dollar signs, which are held back until it is sure. */
  private static final int MAX_DOLLAR = 160;

  /** How deep links may be nested (an image in a link is 2); brackets further in are text. */
  private static final int MAX_NESTING = 3;

  private final SpokenText out;
  private final Emphasis emphasis = new Emphasis();
  private final LinkReader link = new LinkReader();
  private final TagReader tag = new TagReader();
  private final EntityReader entity = new EntityReader();
  private final MathText math = new MathText();
  private final HeldText dollar = new HeldText();
  private State state = State.TEXT;
  private int nesting;
  private int mark;
  private int run;
  private long markEnd;
  private int codeMarks;
  private int codeLength;
  private boolean codeGap;
  private int codeStars;
  private int mathBefore;
  private String mathEnd = "";
  private int mathLength;
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
      case DOLLAR -> dollar(cp, end);
      case MATH -> math(cp, end);
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
      case DOLLAR -> {
        state = State.TEXT;
        replayDollar();
      }
      case TEXT, SKIP, MATH -> {}
    }
    if (state == State.RUN) {
      endRun(' ');
    } else if (state != State.SKIP && state != State.MATH) {
      state = State.TEXT;
    }
    codeMarks = 0;
    codeGap = false;
    startLine();
  }

  void endBlock() {
    emphasis.reset();
  }

  private void text(int cp, long end) {
    if (codeMarks > 0 && cp != '`') {
      code(cp, end);
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
        state = State.DOLLAR;
        dollar.clear();
        dollar.add(cp, end);
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

  /** Brackets, quotes and stars of code are not spoken, but keep words apart; "**" is a power. */
  private void code(int cp, long end) {
    if (++codeLength > MAX_CODE) {
      codeMarks = 0;
    }
    if (cp == '*') {
      codeStars++;
      return;
    }
    if (codeStars > 0) {
      int power = codeStars > 1 ? '^' : '*';
      codeStars = 0;
      endGap(power, end);
      say(power, end);
    }
    if ("()[]{}\"';|".indexOf(cp) >= 0) {
      codeGap = true;
    } else {
      endGap(cp, end);
      say(cp, end);
    }
  }

  private void endGap(int next, long end) {
    if (codeGap && !Marks.isSpace(next)) {
      codeGap = false;
      if (Marks.isSpeakable(next) || Marks.isOpener(next)) {
        say(' ', end);
      }
    }
  }

  private void dollar(int cp, long end) {
    if (dollar.size() == 1) {
      if (cp == '$') {
        startMath("$$");
        return;
      }
      boolean opens = !Marks.isSpace(cp) && !Marks.isDigit(cp) && !Marks.isClauseMark(cp);
      if (!opens || Marks.isOrdinary(before)) {
        state = State.TEXT;
        say('$', dollar.end(0));
        text(cp, end);
        return;
      }
    }
    dollar.add(cp, end);
    if (cp == '$' && !Marks.isSpace(dollar.codePoint(dollar.size() - 2))) {
      state = State.TEXT;
      for (int i = 1; i < dollar.size() - 1; i++) {
        long at = dollar.end(i);
        math.accept(dollar.codePoint(i), c -> sayMath(c, at));
      }
      math.end(c -> sayMath(c, end));
    } else if (dollar.size() > MAX_DOLLAR) {
      state = State.TEXT;
      replayDollar();
    }
  }

  private void replayDollar() {
    HeldText held = dollar.take();
    say('$', held.end(0));
    replay(held, 1, nesting);
  }

  private void startMath(String mark) {
    state = State.MATH;
    mathEnd = mark;
    mathLength = 0;
    mathBefore = ' ';
    math.reset();
  }

  private void math(int cp, long end) {
    boolean closes = mathBefore == mathEnd.charAt(0) && cp == mathEnd.charAt(1);
    if (closes || ++mathLength > MAX_MATH) {
      state = State.TEXT;
      math.end(c -> sayMath(c, end));
    } else {
      math.accept(cp == '\n' ? ' ' : cp, c -> sayMath(c, end));
    }
    mathBefore = cp;
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
    if (codeGap && codeMarks == 0) {
      codeGap = false;
      if (Marks.isOrdinary(cp)) {
        out.text(' ', end, false);
      }
    }
    out.text(cp, end, codeMarks > 0);
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
      if (codeMarks == 0) {
        codeMarks = run;
        codeLength = 0;
        codeStars = 0;
      } else if (codeMarks == run) {
        codeMarks = 0;
      } else {
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
