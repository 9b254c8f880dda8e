package io.voicebus.chunker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds code without a fence: sessions of a shell, frames of a stack trace, logs, differences
 * between files, programs. A line is held while its beginning may be that of code.
 */
final class BareCode extends BareBlocks {
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

  private static final int MAX_LINE = 1_000;

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

  /** Beginnings of lines that are common in code and rare in prose. */
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

  /** Whole lines of code: each of them begins a block. */
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

  /** A line after a blank one is recognised as text within so many UTF-16 units. */
  private static final int MAX_SIGN = 60;

  /** The beginning of such a line: that of a sentence, or a mark of Markdown. */
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

  /** Signs of program output, which prose lacks: "12 passed in 3.4s", "PASS src/app.test.js". */
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

  private Block block = Block.NONE;

  private static Pattern pattern(String alternatives) {
    return Pattern.compile(
        alternatives.replace("<MODULE>", MODULE).replace("<LOG>", LOG), Pattern.COMMENTS);
  }

  BareCode(TextFilter next) {
    super(next, MAX_LINE);
  }

  @Override
  boolean mayBelong(CharSequence line, int cp) {
    return inBlock() ? block != Block.SESSION || !isTextAgain(line) : matches(OPENING);
  }

  private boolean isTextAgain(CharSequence line) {
    return afterBlank() && line.length() <= MAX_SIGN && TEXT_AGAIN.matcher(line).lookingAt();
  }

  @Override
  Line outside(String line) {
    block = begunBy(line);
    return block == Block.NONE ? Line.TEXT : Line.BLOCK;
  }

  /** The block that a line begins. */
  private static Block begunBy(String line) {
    Matcher whole = LINE.matcher(line);
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

  @Override
  boolean within(String line) {
    return switch (block) {
      case SESSION -> line.isBlank() || isOfSession(line);
      case TRACE -> OF_TRACE.matcher(line).matches();
      case LOG -> OF_LOG.matcher(line).matches();
      case DIFF -> OF_DIFF.matcher(line).matches();
      case PROGRAM -> line.isBlank() || isOfProgram(line);
      case NONE -> false;
    };
  }

  private boolean isOfSession(String line) {
    Block begun = begunBy(line);
    return begun != Block.TRACE
        && (!Prose.isSentence(line) || COLUMNS.matcher(line).find())
        && (!afterBlank() || begun == Block.SESSION || isOutput(line));
  }

  private boolean isOfProgram(String line) {
    boolean indented = line.startsWith("  ") || line.startsWith("\t");
    return !Prose.isSentence(line) && (!afterBlank() || indented || Prose.isCode(line));
  }

  private static boolean isOutput(String text) {
    boolean stop = ".!?:".indexOf(text.charAt(text.length() - 1)) >= 0;
    return (!stop || text.indexOf(' ') < 0) && OUTPUT.matcher(text).find();
  }
}
