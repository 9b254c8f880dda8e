package io.voicebus.chunker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds YAML, and differences of a few lines, without a fence. A line that begins as they do is
 * held until a line below it shows what it is: a key within a key, or a "+" behind a "-". Keys
 * without levels ("name: Ann") stay text.
 */
final class BareSettings extends BareBlocks {
  private enum Block {
    /** Goes on with keys, items and what is indented, also over blank lines. */
    SETTINGS,
    /** Goes on with lines that begin with one of the marks of a difference. */
    CHANGES
  }

  private static final int MAX_LINE = 200;

  /** So many lines are held; by then a key has another one within it. */
  private static final int MAX_LINES = 6;

  /** A value of more blanks is a sentence. */
  private static final int MAX_BLANKS = 6;

  /** The beginning of a line that is held; a line of prose fails to match within its first word. */
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

  /** A line that continues YAML. */
  private static final Pattern OF_SETTINGS = pattern("[\\ \\t\\n\\#] | -\\ | <KEY>");

  /** A line that continues a difference. */
  private static final Pattern OF_CHANGES = pattern("[+\\ ] | -(?! \\ \\p{Lu} )");

  private Block block = Block.SETTINGS;

  /** The first and last of the lines that are held and have ended. */
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
    super(next, MAX_LINE);
  }

  @Override
  boolean mayBelong(CharSequence line, int cp) {
    if (inBlock()) {
      return matches(block == Block.SETTINGS ? OF_SETTINGS : OF_CHANGES);
    }
    return (cp != ' ' || !isSentence(line)) && matches(heldLines() == 0 ? OPENING : BELOW);
  }

  private static boolean isSentence(CharSequence line) {
    String value = line.toString().strip();
    return value.indexOf('"') < 0
        && value.indexOf('\'') < 0
        && !CHANGE.matcher(value).lookingAt()
        && value.chars().filter(c -> c == ' ').count() > MAX_BLANKS;
  }

  @Override
  Line outside(String line) {
    Line is = heldLines() == 0 ? first(line) : below(line);
    last = line;
    return is;
  }

  private Line first(String line) {
    first = line;
    boolean opens = KEY.matcher(line).matches() || CHANGE.matcher(line).lookingAt();
    return opens ? Line.OPEN : Line.TEXT;
  }

  private Line below(String line) {
    if (isChange(line)) {
      block = Block.CHANGES;
      return Line.BLOCK;
    }
    if (isWithin(line)) {
      block = Block.SETTINGS;
      return Line.BLOCK;
    }
    return heldLines() < MAX_LINES && isAlike(line) ? Line.OPEN : Line.TEXT;
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
    boolean removed = line.startsWith("-") && CHANGE.matcher(line).lookingAt() && heldLines() < 3;
    return first.startsWith("-") ? removed : key;
  }

  @Override
  boolean within(String line) {
    return block == Block.SETTINGS
        ? line.isBlank() || !afterBlank() || line.startsWith(" ") || KEY.matcher(line).matches()
        : !line.isBlank() && OF_CHANGES.matcher(line).lookingAt();
  }
}
