package io.voicebus.chunker;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The role of a word in its text: part of a name, a formula, an address or a label, or the first
 * word of a sentence. It tells whether the word is evidence of a language. Pure.
 */
final class WordRole {
  /** How sentences and sums end, which lines of a table do not. */
  private static final Pattern SENTENCE = Pattern.compile("[.!?…]\\s*$|\\s=\\s");

  /** Before and behind these a word is part of a formula, a path, an address or a name in code. */
  private static final String CODE = "_/\\\\@#$=<>{}[]^~+*|&%°×·√";

  /** Behind a number these are units: "5 mi", "2 ha". */
  private static final Set<String> UNITS =
      Set.of(
          "mi", "ha", "min", "mins", "km", "cm", "mm", "kg", "mg", "ml", "ft", "in", "lb", "lbs",
          "oz", "hr", "hrs", "sec", "secs", "bar", "cal", "gal", "pt", "yr", "yrs", "mph", "bps",
          "fps", "rpm", "ppm", "tsp", "tbsp", "cl", "dl", "hl", "px", "el", "la");

  /** The longest word within names, in letters: "della". */
  private static final int MAX_PARTICLE = 5;

  /** "Week 1:", "Days 3–5", "Add 0.3 ml", and no "Venus 12,104". */
  private static final Pattern COUNTED =
      Pattern.compile("\\h\\d{1,3}(?:[.,]\\d{1,2})?(?!\\d|[,.:]\\d)");

  /** A common word of so many letters is no label: "Week 1", but "Mon 09:00". */
  private static final int MIN_COMMON = 3;

  /**
   * First words of sentences before a name, which seldom begin a name: "From Gate 4", "Nach Köln".
   */
  private static final Set<String> OPENERS =
      Set.of(
          "From", "Under", "With", "After", "Since", "Take", "See", "Use", "When", "If", "While",
          "Ask", "Call", "Visit", "Both", "Nach", "Mit", "Seit", "Laut", "Wenn", "Falls", "Bei",
          "Zum", "Zur", "Dans", "Avec", "Chez", "Selon", "Según", "Desde", "Para", "Nel", "Dal",
          "Dopo", "Vanaf", "Volg", "Naar");

  /** Before a variable these are functions: "sin x", "log n". */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "sin", "cos", "tan", "cot", "log", "ln", "lg", "exp", "lim", "det", "arcsin", "arccos");

  /** Numbers above and below the line. */
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ₀₁₂₃₄₅₆₇₈₉ₙ";

  /** First words of names. */
  private static final Set<String> PARTICLES = Set.of("van", "von", "de", "di", "da", "del", "dos");

  /** One-letter words; others are parts of "l'eau" or signs. */
  private static final String LETTER_WORDS = "aeioyàèéóAEIOYÀÈÉÓ";

  private WordRole() {}

  /** "Los" of "Los Angeles", "de" of "Rio de Janeiro". */
  static boolean isInName(CharSequence text, int start, int end, boolean capital) {
    boolean particle = !capital && PARTICLES.contains(text.subSequence(start, end).toString());
    if (particle
        && (start < 2 || !Character.isLetter(text.charAt(start - 2)))
        && end + 1 < text.length()
        && Character.isUpperCase(text.charAt(end + 1))) {
      return true; // "2. van Aert"
    }
    boolean before =
        capital
            ? start == 0
            : start > 1
                && text.charAt(start - 1) == ' '
                && Character.isLetter(text.charAt(start - 2));
    if (capital && OPENERS.contains(text.subSequence(start, end).toString())) {
      return false;
    }
    if (!before || end - start > MAX_PARTICLE || end + 1 >= text.length()) {
      return false;
    }
    boolean after = text.charAt(end) == ' ' && Character.isUpperCase(text.charAt(end + 1));
    int from = start - 1;
    while (from > 0 && Character.isLetter(text.charAt(from - 1))) {
      from--;
    }
    return after && (capital || Character.isUpperCase(text.charAt(from)));
  }

  /**
   * "Mon 09:00", "Venus 12,104 0": a capital and a number in a text without a small word that is no
   * sentence, as "Then 2*3*4 = 24." is.
   */
  static boolean isLabel(CharSequence text, int start, int end) {
    boolean common =
        end - start >= MIN_COMMON
            && COUNTED.matcher(text).region(end, text.length()).lookingAt()
            && LanguageScores.isCommon(
                text.subSequence(start, end).toString().toLowerCase(Locale.ROOT));
    if (common || SENTENCE.matcher(text).find()) {
      return false;
    }
    int next = end;
    while (next < text.length() && Character.isSpaceChar(text.charAt(next))) {
      next++;
    }
    if (next == end || next == text.length() || !Character.isDigit(text.charAt(next))) {
      return false;
    }
    Matcher words = LanguageScores.WORD.matcher(text);
    while (words.find()) {
      String word = words.group();
      boolean counts = word.length() > 3 || LanguageScores.isCommon(word);
      if (counts
          && Character.isLowerCase(word.charAt(0))
          && !isSign(text, words.start(), words.end())) {
        return false;
      }
    }
    return true;
  }

  /** "Ti" in "GPU: RTX 4070 Ti" does not, though no other word comes before. */
  static boolean beginsSentence(CharSequence text, int start) {
    int before = start - 1;
    while (before >= 0
        && !Character.isLetter(text.charAt(before))
        && ".!?:".indexOf(text.charAt(before)) < 0) {
      before--;
    }
    return before < 0 || !Character.isLetter(text.charAt(before));
  }

  /** Whether a word is a part of something that is no prose, a unit or a variable. */
  static boolean isSign(CharSequence text, int start, int end) {
    char before = start > 0 ? text.charAt(start - 1) : ' ';
    char after = end < text.length() ? text.charAt(end) : ' ';
    boolean dotted =
        after == '.' && end + 1 < text.length() && Character.isLetterOrDigit(text.charAt(end + 1));
    if (CODE.indexOf(before) >= 0
        || CODE.indexOf(after) >= 0
        || Character.isDigit(before)
        || Character.isDigit(after)
        || RAISED.indexOf(after) >= 0
        || isFunction(text, start, end)
        || before == '.'
        || before == '\''
        || after == '('
        || dotted) {
      return true;
    }
    boolean goesOn =
        after == '.'
            && end + 2 < text.length()
            && text.charAt(end + 1) == ' '
            && (Character.isDigit(text.charAt(end + 2))
                || Character.isLowerCase(text.charAt(end + 2)));
    if (goesOn && end - lastPart(text, start, end) <= 4) {
      return true; // "art. 3", "L'art. 3"
    }
    boolean cut =
        after == '.' && end + 1 < text.length() && ";,)".indexOf(text.charAt(end + 1)) >= 0;
    if (cut && end - start <= 4) {
      return true; // "vs. $1.38 est.;"
    }
    if (before == '-' && after == '-') {
      return true; // "Villeneuve-sur-Lot"
    }
    boolean one = end - start == 1;
    int last = start - 1;
    while (last > 0 && Character.isSpaceChar(text.charAt(last))) {
      last--;
    }
    boolean number = last >= 0 && last < start - 1 && Character.isDigit(text.charAt(last));
    if (number && UNITS.contains(text.subSequence(start, end).toString())) {
      return true;
    }
    int next = end;
    while (next < text.length() - 1 && Character.isSpaceChar(text.charAt(next))) {
      next++;
    }
    if (number
        && end - start == 3
        && next < text.length()
        && (after == ',' || Character.isLowerCase(text.charAt(next)))
        && "bis".contentEquals(text.subSequence(start, end))) {
      return true; // "3 bis avenue", "3 bis, avenue"
    }
    char operator = last >= 0 ? text.charAt(last) : ' ';
    boolean operand =
        CODE.indexOf(operator) >= 0
            || CODE.indexOf(text.charAt(Math.min(next, text.length() - 1))) >= 0;
    if (operand && end - start <= 3 && operator != '*' && operator != '_') {
      return true; // "F = ma"
    }
    // a letter is a word between words: "E = m", "(a)", "A, B"
    return one
        && (LETTER_WORDS.indexOf(text.charAt(start)) < 0
            || next == end
            || !(Character.isLetterOrDigit(text.charAt(next))
                || "\"“«‘'€$£¿¡(".indexOf(text.charAt(next)) >= 0)
            || (Character.isUpperCase(text.charAt(start))
                && !Character.isLowerCase(text.charAt(next))
                && last >= 0));
  }

  /** "sin" of "sin θ" and "sin x", and no Spanish "sin" before a word. */
  private static boolean isFunction(CharSequence text, int start, int end) {
    int variable = end + 1;
    return variable < text.length()
        && text.charAt(end) == ' '
        && Character.isLetter(text.charAt(variable))
        && FUNCTIONS.contains(text.subSequence(start, end).toString())
        && (variable + 1 == text.length()
            || Marks.isSpace(text.charAt(variable + 1))
            || "=+-−·*/^),²³".indexOf(text.charAt(variable + 1)) >= 0)
        && (variable + 2 >= text.length()
            || text.charAt(variable + 1) != ' '
            || !Character.isLetter(text.charAt(variable + 2)));
  }

  /** Where the last word begins of those that an apostrophe joins. */
  private static int lastPart(CharSequence text, int start, int end) {
    int from = end;
    while (from > start && Character.isLetter(text.charAt(from - 1))) {
      from--;
    }
    return from;
  }
}
