package io.voicebus.chunker;

import io.voicebus.contract.UnspokenText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds code that a model writes without a fence: sessions of a shell, frames of a stack trace,
 * differences between files, programs. It goes on as a block of code, and is told of. A line is
 * held while its beginning may be that of code; within a block, each line until it ends. Goes
 * before a filter of Markdown. Not thread-safe.
 */
final class BareCode implements TextFilter {
  private enum Block {
    NONE,
    /** Goes on to a sentence, and over blank lines before what reads as output. */
    SESSION,
    /** Goes on with lines that are indented. */
    TRACE,
    /** Goes on with lines like the first, and those that are indented. */
    LOG,
    /** Goes on with lines that begin with one of the marks of a difference. */
    DIFF,
    /** Goes on to a sentence, over blank lines before what is indented or looks like code. */
    PROGRAM
  }

  /** A longer line is no code, unless it is within a block; in code points. */
  private static final int MAX_LINE = 1_000;

  /** What a line must begin with to be held; a longer beginning is none. */
  private static final int MAX_OPENING = 100;

  /** Modules that programs in Python import by one word; other words may be duties. */
  private static final String MODULE =
      "(?:os|sys|re|json|math|time|random|csv|io|abc|ast|copy|glob|sqlite3|socket|shutil|string"
          + "|logging|argparse|asyncio|datetime|collections|itertools|functools|pathlib|threading"
          + "|subprocess|requests|numpy|pandas|torch|tensorflow|flask|django|typing|unittest"
          + "|\\w+\\.\\w[\\w.]*)(?!\\w)";

  /** Lines of a log: of the system, of a program with its level, of a web server. */
  private static final String LOG =
      """
      (?: \\w{3}\\ [\\ \\d]\\d\\ \\d\\d:\\d\\d:\\d\\d\\ \\S+\\ [\\w./-]+(?:\\[\\d+\\])?:\\ .*
        | \\[?\\d{4}-\\d\\d-\\d\\d[T\\ ]\\d\\d:\\d\\d:\\d\\d\\S*\\ .*(?:TRACE|DEBUG|INFO|NOTICE|WARN|ERROR|FATAL|CRITICAL).*
        | \\d{1,3}(?:\\.\\d{1,3}){3}\\ \\S+\\ \\S+\\ \\[[^\\]]{1,60}\\]\\ ".* )
      """;

  /** What lines of code begin with, and prose seldom. */
  private static final Pattern OPENING =
      pattern(
          """
            \\$\\ [a-z~./]                                        # $ npm install
          | [a-z_][\\w-]{0,31}@[\\w.-]{1,64}[:\\ ][~/]            # anna@host:~/app$ ls
          | PS\\ [A-Z]:\\\\                                       # PS C:\\\\Users> dir
          | >>>\\ \\S                                             # >>> 2 + 2
          | Traceback\\ \\(most
          | [\\ \\t]{1,8}at\\ (?:async\\ |new\\ )?[\\w$<>/@:-]{1,60}[./(:]   # at App.main(App.java:3)
          | goroutine\\ \\d | [\\ \\t]{1,8}\\.{3}\\ \\d
          | diff\\ --git\\ | ---\\ a/ | \\+\\+\\+\\ b/ | @@\\ -\\d
          | def\\ \\w{1,60}\\( | class\\ \\w{1,60}\\s?[:({]
          | from\\ [\\w.]{1,60}\\ import\\ | import\\ [\\w.]{1,60}; | import\\ <MODULE>
          | import\\ [\\w.{}*,\\ ]{1,60}\\ (?:as\\ \\w | from\\ ['"])
          | (?:const|let|var)\\ [\\w$]{1,60}\\ =\\  | (?:async\\ )?function\\ \\w{0,60}\\(
          | (?:public|private)\\ (?:static|class|final|void|int)\\  | \\#include\\ [<"] | \\#!/
          | (?:GET|POST|PUT|PATCH|DELETE|HEAD)\\ /\\S{0,60}\\ HTTP/
          | PS>\\ \\w | [A-Z][A-Z0-9]{0,30}_\\w{0,30}=\\S | [a-z_][\\w.-]{0,40}\\ =\\ ["\\[{]
          | (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\ [\\ \\d]\\d\\ \\d\\d:\\d\\d:\\d\\d\\ \\S
          | \\[?\\d{4}-\\d\\d-\\d\\d[T\\ ]\\d\\d:\\d\\d:\\d\\d | \\d{1,3}(?:\\.\\d{1,3}){3}\\ \\S{1,30}\\ \\S{1,30}\\ \\[
          | SELECT\\ [\\w*.,\\ ()]{1,60}\\ FROM\\ \\w | CREATE\\ TABLE\\  | INSERT\\ INTO\\ \\w
          """);

  /** Whole lines of which one shows that a block begins. */
  private static final Pattern LINE =
      pattern(
          """
            (?<session>
                \\$\\ (?:\\./|~/|/)?[a-z][\\w./+-]+ (?: \\ (?! [=+*^<>]\\ ) .* )? (?<! \\$ ) (?<! \\$[.,] )
              | [a-z_][\\w-]{0,31}@[\\w.-]{1,64}[:\\ ][~/][\\w./~-]{0,80}[$\\#%](?: \\ .* )?
              | PS(?:\\ [A-Z]:\\\\[^>]{0,80})?>\\ ?\\w.*
              | >>>\\ \\S.* )
          | (?<trace>
                Traceback\\ \\(most\\ recent\\ call\\ last\\):\\s*
              | [\\ \\t]{1,8}at\\ (?:async\\ |new\\ )?[\\w$<>./@:-]{1,120}+ (?: \\ ?\\(.*\\) | (?<=:\\d{1,6}) )\\s*
              | [\\ \\t]{1,8}\\.{3}\\ \\d+\\ more\\s*
              | goroutine\\ \\d+\\ \\[.*\\]:\\s* )
          | (?<log> <LOG> )
          | (?<diff> diff\\ --git\\ .* | ---\\ a/\\S+ | \\+\\+\\+\\ b/\\S+ | @@\\ -\\d+(?:,\\d+)?\\ .* )
          | (?<program>
                def\\ \\w+\\(.*:\\s* | class\\ \\w+\\s?(?:\\(.*\\))?\\s?[:{]\\s*
              | from\\ [\\w.]+\\ import\\ [\\w*,\\ ()]+ | import\\ [\\w.]+; | import\\ <MODULE>(?:,\\ <MODULE>)*
              | import\\ .*\\ (?: as\\ \\w+ | from\\ ['"].*)
              | (?:const|let|var)\\ [\\w$]+\\ =\\ .*[;{(\\[] \\s*
              | (?:async\\ )?function\\ \\w*\\(.*\\{ .* | (?:public|private)\\ .*[{;]\\s*
              | \\#include\\ [<"].* | \\#!/.*
              | [A-Z][A-Z0-9]*_\\w*=\\S* | [a-z_][\\w.-]*\\ =\\ (?:"[^"]*"|\\[.*|\\{.*)
              | (?:GET|POST|PUT|PATCH|DELETE|HEAD)\\ /\\S*\\ HTTP/[\\d.]+\\s*
              | (?:SELECT\\ .*\\ FROM|CREATE\\ TABLE|INSERT\\ INTO)\\ .*[;(,]? \\s* )
          """);

  /** A line behind a blank one that is text again shows it within so many UTF-16 units. */
  private static final int MAX_SIGN = 60;

  /** How such a line begins: as a sentence does, or with a mark of Markdown. */
  private static final Pattern TEXT_AGAIN =
      pattern(
          """
            \\p{Lu}[\\p{L}'’]*+,?\\ (?:\\p{Ll}[\\p{Ll}'’]*+|\\p{L}++,?)\\ \\p{Ll}  # So the file has
          | \\p{Lu}[^/\\\\_=@<>{}()\\[\\]]{58}                               # All 12 tests, which
          | (?:\\#{1,6}|[*+-]|\\d{1,2}[.)])\\ \\S | >\\ \\p{Lu} | \\*\\*\\S | [`|]    # - The first
          | [\\p{L}&&[^\\x00-\\x7F]]                                    # Été
          """);

  /** "drwxr-xr-x 2 anna anna 4096 Nov 27 15:00 ." is no sentence. */
  private static final Pattern COLUMNS = Pattern.compile("\\S {2,}\\S|^[-dl][r-][w-][x-]");

  /** What output has that is more than words: "12 passed in 3.4s", "PASS src/app.test.js". */
  private static final Pattern OUTPUT =
      Pattern.compile(
          "[\\d/\\\\_=@<>{}()\\[\\]]|\\S {2,}\\S|\\.\\w|\\.{3}|^[a-z]\\S*+(?: [a-z]\\S*+)?$");

  private static final Pattern OF_LOG = pattern("<LOG> | \\s+\\S.*");

  private static final Pattern OF_TRACE =
      Pattern.compile(
          "[ \\t]+\\S.*|\\.{3} \\d+ more\\s*|\\w[\\w./*()]*\\(.*\\)\\s*|exit status \\d+");

  private static final Pattern OF_DIFF =
      Pattern.compile(
          "[ +@\\\\].*|-(?! \\p{Lu}).*|index \\S+.*|(?:new|deleted) file .*|rename .*|diff --git .*");

  private final TextFilter next;
  private final HeldLine held;
  private final Matcher opening = OPENING.matcher("");
  private final InsertedFence fence;

  /** Whether the line begins as code does, and is held until it ends. */
  private boolean found;

  private Block block = Block.NONE;
  private boolean blank;
  private long codeEnd;

  private static Pattern pattern(String alternatives) {
    return Pattern.compile(
        alternatives.replace("<MODULE>", MODULE).replace("<LOG>", LOG), Pattern.COMMENTS);
  }

  BareCode(TextFilter next) {
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
    held.hold(cp, end);
    found &= held.length() > Character.charCount(cp);
    if (cp == '\n') {
      endLine();
    } else if (block == Block.SESSION && isTextAgain()) {
      end();
      text();
    } else if (block != Block.NONE) {
      if (held.length() > MAX_LINE) {
        code();
      }
    } else if (found) {
      if (held.length() > MAX_LINE) {
        text();
      }
    } else if (!mayBeCode()) {
      text();
    }
  }

  /** Whether the line so far may be the beginning of code. */
  private boolean mayBeCode() {
    if (held.inFence() || held.length() > MAX_OPENING) {
      return false;
    }
    found = opening.reset(held.line()).lookingAt();
    return found || opening.hitEnd();
  }

  private boolean isTextAgain() {
    return blank && held.length() <= MAX_SIGN && TEXT_AGAIN.matcher(held.line()).lookingAt();
  }

  private void endLine() {
    if (block == Block.NONE) {
      Block found = held.inFence() ? Block.NONE : begins();
      if (found == Block.NONE) {
        text();
      } else {
        begin(found);
      }
    } else if (goesOn()) {
      code();
    } else {
      end();
      endLine(); // it may begin another block
    }
  }

  /** The block that the line begins. */
  private Block begins() {
    Matcher whole = LINE.matcher(held.written());
    if (!whole.matches()) {
      return Block.NONE;
    }
    return whole.group("session") != null
        ? Block.SESSION
        : whole.group("trace") != null
            ? Block.TRACE
            : whole.group("log") != null
                ? Block.LOG
                : whole.group("diff") != null ? Block.DIFF : Block.PROGRAM;
  }

  private boolean goesOn() {
    String text = held.written();
    if (text.contains("```") || text.contains("~~~")) {
      return false;
    }
    boolean empty = text.isBlank();
    boolean wasBlank = blank;
    blank = empty;
    return switch (block) {
      case SESSION ->
          empty
              || (begins() != Block.TRACE
                  && (!Prose.isSentence(text) || COLUMNS.matcher(text).find())
                  && (!wasBlank || begins() == Block.SESSION || isOutput(text)));
      case TRACE -> OF_TRACE.matcher(text).matches();
      case LOG -> OF_LOG.matcher(text).matches();
      case DIFF -> OF_DIFF.matcher(text).matches();
      case PROGRAM ->
          empty
              || (!Prose.isSentence(text)
                  && (!wasBlank
                      || text.startsWith("  ")
                      || text.startsWith("\t")
                      || Prose.isCode(text)));
      case NONE -> false;
    };
  }

  private static boolean isOutput(String text) {
    boolean stop = ".!?:".indexOf(text.charAt(text.length() - 1)) >= 0;
    return (!stop || text.indexOf(' ') < 0) && OUTPUT.matcher(text).find();
  }

  private void begin(Block of) {
    block = of;
    blank = false;
    fence.begin(held.start());
    code();
  }

  /** The held line, or a part of one that is too long, is code. */
  private void code() {
    HeldText words = held.take();
    if (!blank) {
      int last = words.size() - 1;
      codeEnd = words.end(last > 0 && words.codePoint(last) == '\n' ? last - 1 : last);
    }
    for (int i = 0; i < words.size(); i++) {
      next.accept(words.codePoint(i), words.end(i));
    }
  }

  private void end() {
    block = Block.NONE;
    fence.end(codeEnd);
  }

  /** The held line is text. */
  private void text() {
    HeldText words = held.takeAsText();
    for (int i = 0; i < words.size(); i++) {
      held.pass(words.codePoint(i), words.end(i));
    }
  }

  @Override
  public void cut() {
    next.cut();
  }

  @Override
  public void flush() {
    if (held.size() > 0) {
      held.hold('\n', held.end());
      endLine();
    }
    if (block != Block.NONE) {
      end();
    }
    next.flush();
  }

  @Override
  public List<UnspokenText> unspoken() {
    return fence.unspoken();
  }
}
