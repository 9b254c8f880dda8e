package io.voicebus.chunker;

import java.util.regex.Pattern;

/**
 * Reads what stands above or below the line in HTML, {@code x<sup>2</sup>}, and says it by the
 * signs that Unicode has for it, or by those of a formula. A mark of a footnote is not said.
 */
final class ScriptReader {
  /** Longer ones are text, in code points. */
  private static final int MAX_LENGTH = 12;

  /** A number behind a longer word is a footnote's, and no power of a unit. */
  private static final int MAX_BASE = 3;

  private static final Pattern NUMBER = Pattern.compile("[+−-]?\\d{1,4}|\\d?[+−-]");

  private static final String ABOVE = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final String BELOW = "₀₁₂₃₄₅₆₇₈₉";

  /** What is said of it. */
  interface Out {
    void say(int codePoint, long end);
  }

  private final HeldText held = new HeldText();
  private boolean above;

  /** A tag has opened one. */
  void start(boolean superscript) {
    above = superscript;
    held.clear();
  }

  /** Takes a code point, unless it is none of a script. */
  boolean accept(int cp, long end) {
    boolean own = Character.isLetterOrDigit(cp) || "+-−*/™®".indexOf(cp) >= 0;
    if (own && held.size() < MAX_LENGTH) {
      held.add(cp, end);
      return true;
    }
    return false;
  }

  /** Says what was read, behind what was said of the line. */
  void say(LineOut line, Out out) {
    HeldText script = held.take();
    String content = script.toString();
    if (content.isEmpty()) {
      return;
    }
    int before = line.before();
    boolean based = Character.isLetterOrDigit(before) || Marks.isCloser(before);
    boolean number = NUMBER.matcher(content).matches();
    if (above && number && (!based || isNote(line))) {
      return;
    }
    if (!based || (above && !number && isEnding(content, before))) {
      say(script, out);
    } else if (number) {
      signs(script, out);
    } else if (above) {
      long start = script.end(0);
      "^{".chars().forEach(c -> out.say(c, start));
      say(script, out);
      out.say('}', script.end(script.size() - 1));
    } else {
      out.say(' ', script.end(0));
      say(script, out);
    }
  }

  private void signs(HeldText script, Out out) {
    for (int i = 0; i < script.size(); i++) {
      int cp = script.codePoint(i);
      boolean plus = cp == '+';
      int sign =
          Character.isDigit(cp)
              ? (above ? ABOVE : BELOW).charAt(Character.digit(cp, 10))
              : above ? (plus ? '⁺' : '⁻') : (plus ? '₊' : '₋');
      out.say(sign, script.end(i));
    }
  }

  private static void say(HeldText script, Out out) {
    for (int i = 0; i < script.size(); i++) {
      out.say(script.codePoint(i), script.end(i));
    }
  }

  /** "the report<sup>1</sup>", and no "cm<sup>2</sup>". */
  private static boolean isNote(LineOut line) {
    String word = line.lastWord();
    return word.length() > MAX_BASE && word.chars().allMatch(Character::isLetter);
  }

  /** The rest of a word: "5<sup>th</sup>", "2<sup>e</sup>", "n<sup>o</sup>". */
  private static boolean isEnding(String content, int before) {
    boolean letters =
        content.chars().noneMatch(c -> Character.isDigit(c) || "+-−*/".indexOf(c) >= 0);
    boolean one = content.length() == 1;
    return letters
        && (!one
            || content.equals("o")
            || "™®".contains(content)
            || (Character.isDigit(before) && "ea".contains(content)));
  }
}
