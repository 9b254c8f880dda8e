package io.voicebus.chunker;

import io.voicebus.chunker.spoken.SpokenForms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Turns LaTeX within maths marks into characters that can be spoken: {@code \frac{a}{b} \leq 2} is
 * "a⁄b ≤ 2". Groups, sizes and alignment are not spoken.
 */
final class MathText {
  /** Longest command; the rest of a longer one is text. */
  private static final int MAX_COMMAND = 24;

  /** Deeper groups are read as if they were not there. */
  private static final int MAX_DEPTH = 60;

  /** Commands that only tell how to set what follows. */
  private static final String SILENT =
      " left right big Big bigg Bigg displaystyle textstyle limits quad qquad text mathrm mathbf mathbb mathcal mathit vec overrightarrow operatorname begin end label tag hline textbf boxed ";

  private static final Map<String, String> WORDS = words();

  private final StringBuilder command = new StringBuilder();
  private boolean inCommand;

  /** A word of a command ended: a blank goes between it and what is no index of it. */
  private boolean gap;

  /** A name after {@code \\begin} or {@code \\end}, or a root's index, and what it is. */
  private final StringBuilder name = new StringBuilder();

  private Reading reading = Reading.TEXT;
  private boolean begins;
  private int matrices;
  private int rows;

  /** What stands behind {@code ^} or {@code _} in braces, kept together; and where it began. */
  private final StringBuilder script = new StringBuilder();

  private int scriptDepth = -1;
  private char before;
  private boolean denominator;
  private boolean apart;

  /** The last character given out. */
  private int given = ' ';

  /** How many letters it ends. */
  private int letters;

  /** A {@code _} that waits for the digits of an index; or those are coming. */
  private boolean indexed;

  private boolean inIndex;
  private boolean fraction;
  private long numerators;

  /** How many operators have come, and how many had when the fraction of each depth began. */
  private int operators;

  private final int[] operatorsBefore = new int[MAX_DEPTH];
  private long denominators;
  private int depth;

  /** What the next characters are. */
  private enum Reading {
    TEXT,
    /** Before the brace of an environment's name. */
    ENVIRONMENT,
    /** Within the braces of a name. */
    NAME,
    /** Perhaps the columns of an array. */
    COLUMNS,
    /** Within the columns of an array. */
    IN_COLUMNS,
    /** The index of a root. */
    INDEX
  }

  private static Map<String, String> words() {
    Map<String, String> said = new HashMap<>();
    for (String line : WordList.lines("math-words.txt")) {
      List<String> words = WordList.words(line);
      for (int i = 0; i + 1 < words.size(); i += 2) {
        said.put(words.get(i), words.get(i + 1));
      }
    }
    return said;
  }

  /** Forgets what is open. */
  void reset() {
    command.setLength(0);
    inCommand = false;
    gap = false;
    fraction = false;
    numerators = 0;
    depth = 0;
    name.setLength(0);
    script.setLength(0);
    scriptDepth = -1;
    reading = Reading.TEXT;
    matrices = 0;
    rows = 0;
    before = ' ';
    denominator = false;
    apart = false;
    given = ' ';
    letters = 0;
    indexed = false;
    inIndex = false;
  }

  /** Takes a code point; gives what it makes complete to {@code out}. */
  void accept(int cp, IntConsumer out) {
    accepted(cp, said -> give(said, out));
  }

  /**
   * Gives out digits of an index below the line, as in "x₁" and "CO₂", strokes as primes, and
   * hyphens as minus.
   */
  private void give(int cp, IntConsumer out) {
    boolean digit = cp >= '0' && cp <= '9';
    if (cp == '_' && (Character.isLetter(given) || given == ')')) {
      indexed = true;
      return;
    }
    inIndex = digit && (indexed || inIndex);
    if (indexed && !digit) {
      out.accept('_');
    }
    indexed = false;
    boolean word = letters > 1;
    letters = Character.isLetter(cp) ? letters + 1 : 0;
    given = cp;
    out.accept(
        inIndex
            ? '₀' + cp - '0'
            : switch (cp) {
              case '\'' -> '′';
              case '-' -> word ? '-' : '−';
              default -> cp;
            });
  }

  private void accepted(int cp, IntConsumer out) {
    if (scriptDepth < 0) {
      read(cp, out);
      return;
    }
    read(cp, script::appendCodePoint);
    if (depth == scriptDepth && cp == '}' && !inCommand) {
      String content = script.toString().strip();
      boolean one = content.codePointCount(0, content.length()) == 1;
      boolean plain = one || content.chars().allMatch(Character::isDigit);
      scriptDepth = -1;
      script.setLength(0);
      (plain ? content : "{" + content + "}").codePoints().forEach(out);
    }
  }

  private void read(int cp, IntConsumer out) {
    if (reading != Reading.TEXT && !inCommand && named(cp, out)) {
      return;
    }
    if (inCommand) {
      boolean letter = cp < 0x7F && Marks.isLetter(cp);
      if (letter && command.length() < MAX_COMMAND) {
        command.append((char) cp);
        return;
      }
      inCommand = false;
      if (command.isEmpty()) {
        escaped(cp, out);
        return;
      }
      if (command.toString().equals("sqrt") && cp == '[') {
        reading = Reading.INDEX;
        name.setLength(0);
        return;
      }
      say(out);
      if (reading != Reading.TEXT && named(cp, out)) {
        return;
      }
    }
    if (gap && cp != '{' && cp != '}') {
      gap = false;
      if ("_^',.;".indexOf(cp) < 0) {
        out.accept(' ');
      }
    }
    operators += "+-−±".indexOf(cp) >= 0 ? 1 : 0;
    char last = before;
    before = (char) cp;
    boolean token = cp < 0x80 && (Character.isLetterOrDigit(cp) || cp == '(' || cp == '\\');
    if (apart) {
      apart = false;
      if (token) {
        out.accept(' ');
      }
    }
    if (token && cp != '(' && cp != '\\' && (fraction || denominator)) {
      out.accept(cp); // "\\frac12"
      if (fraction) {
        out.accept('⁄');
      }
      apart = denominator;
      denominator = fraction;
      fraction = false;
      return;
    }
    if (cp == '{' && scriptDepth < 0 && (last == '^' || last == '_')) {
      scriptDepth = depth;
    }
    switch (cp) {
      case '\\' -> {
        inCommand = true;
        command.setLength(0);
      }
      case '{' -> open();
      case '}' -> close(out);
      case '&' -> (matrices > 0 || rows > 0 ? ", " : " ").codePoints().forEach(out);
      case '$', '`', '#', '*' -> out.accept(' ');
      default -> {
        if (isProduct(last, cp)) {
          out.accept(SpokenForms.PRODUCT);
        }
        out.accept(cp);
      }
    }
  }

  /** "2k" is no two thousand, and "3m" no distance. */
  private static boolean isProduct(char last, int cp) {
    return Character.isDigit(last) && cp < 0x80 && Character.isLetter(cp);
  }

  /** Ends the maths: a command may still wait. */
  void end(IntConsumer to) {
    IntConsumer out = said -> give(said, to);
    if (inCommand && !command.isEmpty()) {
      say(out);
    }
    script.codePoints().forEach(out); // its brace never came
    reset();
  }

  private void escaped(int cp, IntConsumer out) {
    if (cp == '\\') {
      (matrices > 0 || rows > 0 ? "; " : " ").codePoints().forEach(out);
      return;
    }
    boolean symbol = "%&$#_".indexOf(cp) >= 0;
    out.accept(symbol ? cp : ' ');
  }

  private void say(IntConsumer out) {
    String said = command.toString();
    fraction = said.equals("frac") || said.equals("dfrac") || said.equals("tfrac");
    if (said.equals("begin") || said.equals("end")) {
      begins = said.equals("begin");
      reading = Reading.ENVIRONMENT;
      name.setLength(0);
    } else if (!fraction && !SILENT.contains(" " + said + " ")) {
      out.accept(' ');
      operators += said.equals("pm") || said.equals("mp") ? 1 : 0;
      WORDS.getOrDefault(said, said).codePoints().forEach(out);
      gap = true;
    }
  }

  /** Whether a character belongs to a name, the columns of an array or a root's index. */
  private boolean named(int cp, IntConsumer out) {
    switch (reading) {
      case ENVIRONMENT, COLUMNS -> {
        boolean opens = cp == '{';
        reading =
            !opens ? Reading.TEXT : reading == Reading.COLUMNS ? Reading.IN_COLUMNS : Reading.NAME;
        return opens;
      }
      case NAME, IN_COLUMNS, INDEX -> {
        boolean ends = cp == (reading == Reading.INDEX ? ']' : '}') || name.length() > MAX_COMMAND;
        Reading was = reading;
        if (!ends) {
          name.appendCodePoint(cp);
          return true;
        }
        reading = Reading.TEXT;
        if (was == Reading.INDEX) {
          String index = name.toString().strip();
          String root = index.equals("3") ? "∛" : index.equals("2") ? "√" : "√[" + index + "]";
          (" " + root + " ").codePoints().forEach(out);
        } else if (was == Reading.NAME) {
          environment(name.toString(), out);
        }
        return true;
      }
      case TEXT -> {
        return false;
      }
    }
    return false;
  }

  /** A matrix is told by a sign of its own, its rows by semicolons. */
  private void environment(String environment, IntConsumer out) {
    int step = begins ? 1 : -1;
    if (environment.contains("matrix") || environment.startsWith("array")) {
      matrices = Math.max(0, matrices + step);
      (begins ? " ⊞ (" : ") ").codePoints().forEach(out);
      reading = begins && environment.startsWith("array") ? Reading.COLUMNS : Reading.TEXT;
    } else if (environment.contains("cases")) {
      rows = Math.max(0, rows + step);
    }
  }

  private void open() {
    if (depth < MAX_DEPTH) {
      long bit = 1L << depth;
      numerators = fraction ? numerators | bit : numerators & ~bit;
      operatorsBefore[depth] = operators;
      denominators = denominator ? denominators | bit : denominators & ~bit;
    }
    depth++;
    fraction = false;
    denominator = false;
  }

  private void close(IntConsumer out) {
    depth = Math.max(0, depth - 1);
    if (depth < MAX_DEPTH && ((denominators >>> depth) & 1) != 0) {
      denominators &= ~(1L << depth);
      apart = true;
    }
    if (depth < MAX_DEPTH && (numerators >>> depth & 1) != 0) {
      numerators &= ~(1L << depth);
      boolean sum = operators > operatorsBefore[depth]; // "5 + 1⁄2" is five and a half
      (sum ? " ⁄ " : "⁄").codePoints().forEach(out);
      denominator = true;
    }
  }
}
