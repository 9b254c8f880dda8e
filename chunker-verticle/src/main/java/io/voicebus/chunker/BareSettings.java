package io.voicebus.chunker;

import io.voicebus.contract.UnspokenText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds YAML, and differences of a few lines, that a model writes without a fence. They go on as a
 * block of code, and are told of. A line that begins as they do is held until a line below it shows
 * what it is: a key within a key, or a "+" behind a "-". Keys without levels ("name: Ann") stay
 * text. Goes before a filter of Markdown. Not thread-safe.
 */
final class BareSettings implements TextFilter {
  private enum Block {
    NONE,
    /** Goes on with keys, items and what is indented, also over blank lines. */
    SETTINGS,
    /** Goes on with lines that begin with one of the marks of a difference. */
    CHANGES
  }

  /** A longer line, in UTF-16 units, begins no block; within one it is no longer held. */
  private static final int MAX_LINE = 200;

  /** So many lines are held; by then a key has another one within it. */
  private static final int MAX_LINES = 6;

  /** A value of more blanks is a sentence. */
  private static final int MAX_BLANKS = 6;

  /** What a held line begins with; prose is seen to be none within its first word. */
  private static final Pattern OPENING =
      pattern(
          """
            (?: -\\ )? [a-z_][\\w./-]{0,40}+ : (?= [\\ \\n] )       # services:   - alias: Porch
          | <CHANGE>
          """);

  /** A line of a difference. */
  private static final Pattern CHANGE = pattern("<CHANGE>");

  /** A line below: a key of any depth, or one of a difference. */
  private static final Pattern BELOW = pattern("<KEY> | <CHANGE>");

  /** A whole line of YAML with a key. */
  private static final Pattern KEY =
      pattern("(?<indent> \\ *+ ) (?<item> (?: -\\ ++ )*+ ) <NAME> : (?<value> \\ .* )?");

  /** What YAML goes on with. */
  private static final Pattern OF_SETTINGS = pattern("[\\ \\t\\n\\#] | -\\ | <KEY>");

  /** What a difference goes on with. */
  private static final Pattern OF_CHANGES = pattern("[+\\ ] | -(?! \\ \\p{Lu} )");

  private final TextFilter next;
  private final HeldLine held;
  private final InsertedFence fence;
  private final Matcher opening = OPENING.matcher("");
  private Block block = Block.NONE;
  private boolean blank;

  /** Whether the line is code as far as it goes. */
  private boolean codeLine;

  private long codeEnd;

  /** How many lines are held that have ended, and the first and last of them. */
  private int lines;

  private int firstSize;
  private String first = "";
  private String last = "";

  private static Pattern pattern(String alternatives) {
    return Pattern.compile(
        alternatives
            .replace("<KEY>", "\\ *+ (?: -\\ ++ )*+ <NAME> : (?= [\\ \\n] | $ )")
            .replace("<NAME>", "[\"']? [a-z_][\\w./-]{0,60}+ [\"']?")
            .replace(
                "<CHANGE>",
                """
                (?: [-+]\\ {0,8}+ (?: [a-z_][\\w.\\[\\]-]{0,40}+ (?: \\ ?=\\  | :\\ \\S )      # - timeout = 30
                  | (?:const|let|var|import|return|def|from|if|for|public|private|export)\\ [\\w({'"]
                  | [a-z_][\\w.]{0,40}+ \\( | <\\w | [@\\#] \\w ) )
                """),
        Pattern.COMMENTS);
  }

  BareSettings(TextFilter next) {
    this.next = next;
    this.held = new HeldLine(next);
    this.fence = new InsertedFence(next);
  }

  @Override
  public void accept(int cp, long end) {
    if (held.isText()) {
      held.pass(cp, end);
      return;
    }
    if (codeLine) {
      codeLine = cp != '\n';
      codeEnd = codeLine ? end : codeEnd;
      next.accept(cp, end);
      return;
    }
    held.hold(cp, end);
    if (cp == '\n') {
      endLine();
    } else if (!goesOn(cp)) {
      release();
    } else if (block != Block.NONE && held.length() > MAX_LINE) {
      blank = false;
      write();
      codeLine = true;
    }
  }

  /** Whether the line so far may belong to a block. */
  private boolean goesOn(int cp) {
    if (held.inFence()) {
      return false;
    }
    if (block == Block.NONE && (held.length() > MAX_LINE || (cp == ' ' && isSentence()))) {
      return false;
    }
    Pattern wanted =
        switch (block) {
          case NONE -> lines == 0 ? OPENING : BELOW;
          case SETTINGS -> OF_SETTINGS;
          case CHANGES -> OF_CHANGES;
        };
    opening.usePattern(wanted).reset(held.line());
    return opening.lookingAt() || opening.hitEnd();
  }

  private boolean isSentence() {
    String value = held.line().toString().strip();
    return value.indexOf('"') < 0
        && value.indexOf('\'') < 0
        && !CHANGE.matcher(value).lookingAt()
        && value.chars().filter(c -> c == ' ').count() > MAX_BLANKS;
  }

  private void endLine() {
    String line = held.written();
    boolean fits = !held.inFence() && !line.contains("```");
    if (block != Block.NONE) {
      if (fits && staysIn(line)) {
        write();
      } else {
        release();
      }
    } else if (!fits || line.length() > MAX_LINE) {
      release();
    } else if (lines == 0) {
      if (KEY.matcher(line).matches() || CHANGE.matcher(line).lookingAt()) {
        firstSize = held.size();
        first = line;
        keep(line);
      } else {
        release();
      }
    } else if (isChange(line)) {
      begin(Block.CHANGES);
    } else if (isWithin(line)) {
      begin(Block.SETTINGS);
    } else if (lines < MAX_LINES && isAlike(line)) {
      keep(line);
    } else {
      release();
    }
  }

  private void keep(String line) {
    lines++;
    last = line;
    held.begin();
  }

  /** "+ timeout = 60" behind "- timeout = 30". */
  private boolean isChange(String line) {
    return first.startsWith("-")
        && line.startsWith("+")
        && CHANGE.matcher(first).lookingAt()
        && CHANGE.matcher(line).lookingAt();
  }

  /** A key below one without a value, or below the first of an item, and deeper. */
  private boolean isWithin(String line) {
    Matcher above = KEY.matcher(last);
    Matcher below = KEY.matcher(line);
    return above.matches()
        && below.matches()
        && below.end("indent") > above.end("indent")
        && (above.group("value") == null || above.end("item") > above.end("indent"));
  }

  /** Another key of the first level, or another line that a difference takes away. */
  private boolean isAlike(String line) {
    boolean key = !line.startsWith(" ") && !line.startsWith("-") && KEY.matcher(line).matches();
    boolean removed = line.startsWith("-") && CHANGE.matcher(line).lookingAt() && lines < 3;
    return first.startsWith("-") ? removed : key;
  }

  private boolean staysIn(String line) {
    boolean wasBlank = blank;
    blank = line.isBlank();
    return block == Block.SETTINGS
        ? blank || !wasBlank || line.startsWith(" ") || KEY.matcher(line).matches()
        : !blank && OF_CHANGES.matcher(line).lookingAt();
  }

  private void begin(Block of) {
    block = of;
    blank = false;
    fence.begin(held.start());
    write();
  }

  /** The held lines are code. */
  private void write() {
    HeldText words = held.take();
    lines = 0;
    if (!blank) {
      codeEnd = words.end(Math.max(0, words.size() - 2));
    }
    for (int i = 0; i < words.size(); i++) {
      next.accept(words.codePoint(i), words.end(i));
    }
  }

  private void endBlock() {
    if (block != Block.NONE) {
      block = Block.NONE;
      if (codeLine) {
        codeLine = false;
        next.accept('\n', codeEnd);
      }
      fence.end(codeEnd);
    }
  }

  /** The first line that is held is text; the next one may begin a block. */
  private void release() {
    boolean ended = block != Block.NONE;
    endBlock();
    HeldText words = held.takeAsText();
    int text = lines > 0 ? firstSize : ended ? 0 : words.size();
    lines = 0;
    if (text == 0) {
      held.begin(); // the line behind a block may begin another one
    }
    for (int i = 0; i < text; i++) {
      held.pass(words.codePoint(i), words.end(i));
    }
    for (int i = text; i < words.size(); i++) {
      accept(words.codePoint(i), words.end(i));
    }
  }

  @Override
  public void cut() {
    if (block == Block.NONE) {
      while (held.size() > 0) {
        release();
      }
    }
    next.cut();
  }

  @Override
  public void flush() {
    if (held.size() > 0 && held.length() > 0) {
      accept('\n', held.end());
    }
    while (held.size() > 0) {
      release();
    }
    endBlock();
    next.flush();
  }

  @Override
  public List<UnspokenText> unspoken() {
    return fence.unspoken();
  }
}
