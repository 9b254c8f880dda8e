package io.voicebus.chunker;

import java.util.regex.Pattern;

/**
 * A line of values, as programs print them: parted by blanks that align columns, or by commas or
 * semicolons without a blank behind them.
 *
 * @param separator what parts the values; a blank for columns
 * @param count how many values there are
 */
record ValueLine(char separator, int count) {
  /** A table has so many values in a line; fewer are prose with a wide blank. */
  private static final int MIN_VALUES = 3;

  /** Values of more blanks are sentences. */
  private static final int MAX_BLANKS = 4;

  /** Between two columns; no wide blank behind a sentence. */
  private static final Pattern GAP = Pattern.compile("(?<=[^\\s.!?:;,])(?: {2,}|\\t++)(?=\\S)");

  private static final Pattern CAPITALS = Pattern.compile("\\p{Lu}{2}");

  /** The name of a column: it has a letter, and no number before it; or it is a year. */
  private static final Pattern NAME =
      Pattern.compile("^[^\\p{L}\\d]*+\\p{L}|^\\h*+(?:19|20)\\d\\d\\h*+$|^[#%№]");

  /** No values. */
  static final ValueLine NONE = new ValueLine(' ', 0);

  /** Reads a line without its end. */
  static ValueLine read(String line) {
    int columns = GAP.split(line.strip(), -1).length;
    if (columns >= MIN_VALUES) {
      return new ValueLine(' ', columns);
    }
    ValueLine commas = parted(line, ',');
    ValueLine semicolons = parted(line, ';');
    return semicolons.count > commas.count ? semicolons : commas;
  }

  /** Whether a table is output of a program, which is not spoken: its head is in capitals. */
  static boolean isOutput(String line) {
    return line.indexOf(',') < 0
        && line.chars().noneMatch(Character::isLowerCase)
        && CAPITALS.matcher(line).find();
  }

  /** Whether it is a table's second or later line. */
  boolean follows(ValueLine head) {
    return separator == head.separator && (separator == ' ' || count == head.count);
  }

  boolean isTable() {
    return count >= MIN_VALUES;
  }

  /** Whether all values are words or years, as in a table's head. */
  boolean hasNames(String line) {
    String[] values =
        separator == ' ' ? GAP.split(line.strip(), -1) : line.split(String.valueOf(separator), -1);
    for (String value : values) {
      if (!NAME.matcher(value).find()) {
        return false;
      }
    }
    return true;
  }

  private static ValueLine parted(String line, char separator) {
    int count = 1;
    int blanks = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      if (quoted) {
        continue;
      }
      blanks = c == ' ' ? blanks + 1 : c == separator ? 0 : blanks;
      boolean spaced = c == separator && line.startsWith(" ", i + 1);
      if (spaced || blanks > MAX_BLANKS) {
        return NONE;
      }
      count += c == separator ? 1 : 0;
    }
    return count < MIN_VALUES ? NONE : new ValueLine(separator, count);
  }

  /** Writes the line as a row of a table in Markdown, with the offsets of its parts. */
  void write(HeldText line, int from, int to, TextFilter out) {
    bar(line.end(from) - 1, out);
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      int cp = line.codePoint(i);
      long end = line.end(i);
      quoted ^= cp == '"';
      boolean parts = separator == ' ' ? isGap(line, i, to) : cp == separator && !quoted;
      if (parts) {
        bar(end, out);
      } else if (cp == '|') {
        out.accept('\\', end);
        out.accept('|', end);
      } else if (cp != '"' || separator == ' ') {
        out.accept(cp, end);
      }
    }
    bar(line.end(to - 1), out);
    out.accept('\n', line.end(to - 1));
  }

  /** The rule under a table's head. */
  void writeRule(long at, TextFilter out) {
    for (int i = 0; i < count; i++) {
      bar(at, out);
      "---".chars().forEach(mark -> out.accept(mark, at));
    }
    bar(at, out);
    out.accept('\n', at);
  }

  private static void bar(long end, TextFilter out) {
    out.accept(' ', end);
    out.accept('|', end);
    out.accept(' ', end);
  }

  /** Whether the last blank of a gap is there. */
  private static boolean isGap(HeldText line, int at, int to) {
    int cp = line.codePoint(at);
    boolean wide = cp == '\t' || (cp == ' ' && at > 0 && line.codePoint(at - 1) == ' ');
    return wide && at + 1 < to && !Marks.isSpace(line.codePoint(at + 1));
  }
}
