package io.voicebus.tts.embedded;

import static java.util.Map.entry;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as the embedded voice can say it: plain letters, digits and punctuation, symbols as words,
 * and pieces short enough, since FreeTTS takes quadratic time over a word or a sentence.
 */
final class EnglishSpeakable {
  /** A longer word, which no dictionary has, is cut. */
  private static final int MAX_WORD_CHARS = 40;

  /** A sentence that goes on for longer is cut at a blank: about 65 words. */
  private static final int MAX_SENTENCE_CHARS = 400;

  /** What only the neighbours tell how to say. The order matters. */
  private static final List<Entry<Pattern, String>> BEFORE =
      List.of(
          rule("([€£¥₹])\\s?(\\d(?:[\\d,.]*\\d)?)", "$2$1"), // €20 is said 20 €
          rule("(?<=\\d)\\s?[–—−]\\s?(?=\\d)", " to "),
          rule("(?i)\\bhttps?://", ""),
          rule("\\bC#(?!\\w)", "C sharp"));

  private static final List<Entry<Pattern, String>> AFTER =
      List.of(
          rule("(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])", " "),
          rule("\\$(?!\\d)", " dollar "),
          rule("#(?=\\d)", " number "),
          rule("#(?=\\w)", " hash "),
          rule("\\?(?=\\w)", " question mark "),
          rule("(?<=[A-Za-z])[.](?=[A-Za-z]{2})", " dot "),
          rule("(?<=\\d[.]\\d{1,9})[.](?=\\d)|(?<=\\d)[.](?=\\d{1,9}[.]\\d)", " dot "),
          rule("(?<=\\w)/(?=[A-Za-z])|(?<=[A-Za-z])/(?=\\d)", " slash "),
          rule("\\\\(?=\\w)", " backslash "),
          rule("(?<=\\s)<(?=\\s)", " less than "),
          rule("(?<=\\s)>(?=\\s)", " greater than "),
          rule("(?<=\\d)\\s?[*]\\s?(?=\\d)", " times "),
          rule("(?<=\\w)\\^(?=\\w)", " to the power of "),
          rule("~(?=\\d)", " about "),
          rule("(?<=\\d)(?=[ap]m\\b)", " "),
          rule("(?<=\\s)--?(?=\\s)", ","),
          rule("-(?![A-Za-z0-9])|(?<!\\d)/|/(?!\\d)|[#\\\\<>*^~|_\"]", " "),
          rule("(?<=[,;:!?])(?=[A-Za-z])", " "));

  /** Punctuation in a row, and the blanks around it, say no more than the strongest of them. */
  private static final Pattern PAUSE = Pattern.compile("[.,;:!?\\s]{2,}+|\\s");

  private static final Pattern LONG_WORD = Pattern.compile("(\\S{" + MAX_WORD_CHARS + "})(?=\\S)");

  /** What closes a word without being said: a word ends behind it. */
  private static final String CLOSERS = ".,;:!?\u2026)]}\"'\u2019\u201d\u00bb";

  private static final Pattern STARTING_PAUSE = Pattern.compile("^[.,;:!? ]++");

  private static final Pattern END = Pattern.compile("\\s++$");

  private final String original;
  private final RewrittenText words;
  private final boolean foreign;
  private final boolean foreignLetters;

  /** Behind the last letter or digit. */
  private final int soundsUpTo;

  private EnglishSpeakable(
      String original, RewrittenText words, boolean foreign, boolean foreignLetters) {
    this.original = original;
    this.words = words;
    this.foreign = foreign;
    this.foreignLetters = foreignLetters;
    int end = words.text().length();
    while (end > 0 && !Character.isLetterOrDigit(words.text().charAt(end - 1))) {
      end--;
    }
    this.soundsUpTo = foreign ? 0 : end;
  }

  private static Entry<Pattern, String> rule(String pattern, String replacement) {
    return entry(Pattern.compile(pattern), replacement);
  }

  /** A text of any kind. */
  static EnglishSpeakable of(String text) {
    RewrittenText out = new RewrittenText(text);
    apply(BEFORE, out);
    int unread = spell(out);
    boolean foreign = unread > text.codePoints().filter(Character::isLetter).count() - unread;
    if (!foreign) {
      apply(AFTER, out);
      weighPauses(out);
      dropStartingPause(out);
      out.replaceAll(LONG_WORD, "$1 ");
      out.replaceAll(END, "");
      cutSentences(out);
    }
    return new EnglishSpeakable(text, out, foreign, unread > 0);
  }

  /** The text as it was written. */
  String original() {
    return original;
  }

  /** ASCII; empty if there is nothing to say. */
  String words() {
    return soundsUpTo > 0 ? words.text() : "";
  }

  /** Whether most letters belong to a script that an English voice cannot read; then no words. */
  boolean foreign() {
    return foreign;
  }

  /** Whether some letters belong to such a script, and are left out. */
  boolean hasForeignLetters() {
    return foreignLetters;
  }

  /**
   * How much of the text has been said, with the marks behind it.
   *
   * @param length how much of the words has been
   */
  int saidAt(int length) {
    if (length >= soundsUpTo) {
      return original.length();
    }
    int at = words.saidAt(length);
    while (at > 0 && at < original.length() && CLOSERS.indexOf(original.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  /**
   * Replaces characters that the voice cannot read.
   *
   * @return how many letters were left out
   */
  private static int spell(RewrittenText text) {
    String source = text.text();
    RewrittenText.Rewriting plain = text.rewrite();
    int unread = 0;
    for (int i = 0, cp; i < source.length(); i += Character.charCount(cp)) {
      cp = source.codePointAt(i);
      int end = i + Character.charCount(cp);
      if (belongsToNeighbour(cp)) {
        plain.replace(i, end, "");
        continue;
      }
      String said = said(cp, isolated(source, i, cp));
      if (!said.equals(Character.toString(cp))) {
        plain.replace(i, end, said.isEmpty() ? " " : said);
      }
      if (Character.isLetter(cp) && said.isEmpty()) {
        unread++;
      }
    }
    plain.end();
    return unread;
  }

  private static void weighPauses(RewrittenText text) {
    Matcher pauses = PAUSE.matcher(text.text());
    RewrittenText.Rewriting weighed = text.rewrite();
    while (pauses.find()) {
      weighed.replace(pauses.start(), pauses.end(), strongest(pauses.group()));
    }
    weighed.end();
  }

  private static String strongest(String run) {
    for (char mark : new char[] {'?', '!', '.', ':', ';', ','}) {
      if (run.indexOf(mark) >= 0) {
        return mark + " ";
      }
    }
    return " ";
  }

  private static void dropStartingPause(RewrittenText text) {
    text.replaceAll(STARTING_PAUSE, "");
  }

  /** Accents in their own characters, joiners, and what chooses between looks of an emoji. */
  private static boolean belongsToNeighbour(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK || type == Character.FORMAT;
  }

  private static void apply(List<Entry<Pattern, String>> rules, RewrittenText text) {
    for (Entry<Pattern, String> rule : rules) {
      text.replaceAll(rule.getKey(), rule.getValue());
    }
  }

  private static boolean isolated(String text, int at, int codePoint) {
    int next = at + Character.charCount(codePoint);
    return (at == 0 || !Character.isLetter(text.codePointBefore(at)))
        && (next >= text.length() || !Character.isLetter(text.codePointAt(next)));
  }

  /** ASCII for one character; empty if it is not said. */
  private static String said(int codePoint, boolean isolated) {
    String symbol = SpokenSymbols.of(codePoint);
    if (!symbol.isEmpty()) {
      return symbol;
    }
    if (codePoint < 128) {
      return codePoint > ' ' && codePoint < 127 ? Character.toString(codePoint) : "";
    }
    int digit = Character.digit(codePoint, 10);
    if (digit >= 0) {
      return Integer.toString(digit);
    }
    String ascii =
        Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD)
            .replaceAll("[^ -~]", "");
    if (ascii.isBlank()
        && isolated
        && Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.GREEK
        && Character.isLetter(codePoint)) {
      String name = Character.getName(codePoint); // GREEK SMALL LETTER PI
      return " " + name.substring(name.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT) + " ";
    }
    return ascii.strip();
  }

  /** FreeTTS starts a new utterance at an empty line. */
  private static void cutSentences(RewrittenText text) {
    String words = text.text();
    RewrittenText.Rewriting cut = text.rewrite();
    int start = 0;
    for (int blank = words.indexOf(' '); blank >= 0; blank = words.indexOf(' ', blank + 1)) {
      int next = words.indexOf(' ', blank + 1);
      int end = next < 0 ? words.length() : next;
      boolean tooLong = end - 1 - start > MAX_SENTENCE_CHARS;
      if (tooLong) {
        cut.replace(blank, blank + 1, "\n\n");
      }
      if (tooLong || (blank > 0 && ".!?:".indexOf(words.charAt(blank - 1)) >= 0)) {
        start = blank + 1;
      }
    }
    cut.end();
  }
}
