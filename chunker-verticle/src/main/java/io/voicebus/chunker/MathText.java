package io.voicebus.chunker;

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
      " left right big Big bigg Bigg displaystyle textstyle limits quad qquad text mathrm mathbf mathbb mathcal mathit operatorname begin end label tag hline textbf ";

  private static final Map<String, String> WORDS = words();

  private final StringBuilder command = new StringBuilder();
  private boolean inCommand;
  private boolean fraction;
  private long numerators;
  private int depth;

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
    fraction = false;
    numerators = 0;
    depth = 0;
  }

  /** Takes a code point; gives what it makes complete to {@code out}. */
  void accept(int cp, IntConsumer out) {
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
      say(out);
    }
    switch (cp) {
      case '\\' -> {
        inCommand = true;
        command.setLength(0);
      }
      case '{' -> open();
      case '}' -> close(out);
      case '&', '|', '$', '`', '#', '*' -> out.accept(' ');
      default -> out.accept(cp);
    }
  }

  /** Ends the maths: a command may still wait. */
  void end(IntConsumer out) {
    if (inCommand && !command.isEmpty()) {
      say(out);
    }
    reset();
  }

  private void escaped(int cp, IntConsumer out) {
    boolean symbol = "%&$#_".indexOf(cp) >= 0;
    out.accept(symbol ? cp : ' ');
  }

  private void say(IntConsumer out) {
    String name = command.toString();
    fraction = name.equals("frac") || name.equals("dfrac") || name.equals("tfrac");
    if (!fraction && !SILENT.contains(" " + name + " ")) {
      out.accept(' ');
      WORDS.getOrDefault(name, name).codePoints().forEach(out);
      out.accept(' ');
    }
  }

  private void open() {
    if (depth < MAX_DEPTH) {
      long bit = 1L << depth;
      numerators = fraction ? numerators | bit : numerators & ~bit;
    }
    depth++;
    fraction = false;
  }

  private void close(IntConsumer out) {
    depth = Math.max(0, depth - 1);
    if (depth < MAX_DEPTH && (numerators >>> depth & 1) != 0) {
      numerators &= ~(1L << depth);
      out.accept('⁄');
    }
  }
}
