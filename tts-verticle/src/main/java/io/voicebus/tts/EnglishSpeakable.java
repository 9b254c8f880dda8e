package io.voicebus.tts;

import static java.util.Map.entry;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A text as the embedded voice can say it: plain letters, digits and punctuation, symbols as words,
 * and pieces short enough, since FreeTTS takes quadratic time over a word or a sentence.
 *
 * @param words ASCII; empty if there is nothing to say
 * @param foreign most letters belong to a script that an English voice cannot read; then no words
 */
record EnglishSpeakable(String words, boolean foreign) {
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

  private static Entry<Pattern, String> rule(String pattern, String replacement) {
    return entry(Pattern.compile(pattern), replacement);
  }

  static EnglishSpeakable of(String text) {
    String source = apply(BEFORE, text);
    StringBuilder plain = new StringBuilder(source.length() + 16);
    int foreign = 0;
    int latin = 0;
    for (int i = 0, cp; i < source.length(); i += Character.charCount(cp)) {
      cp = source.codePointAt(i);
      if (belongsToNeighbour(cp)) {
        continue;
      }
      String said = said(cp, isolated(source, i, cp));
      plain.append(said.isEmpty() ? " " : said);
      if (Character.isLetter(cp)) {
        if (said.isEmpty()) {
          foreign++;
        } else {
          latin++;
        }
      }
    }
    if (foreign > latin) {
      return new EnglishSpeakable("", true);
    }
    String pauses =
        PAUSE.matcher(apply(AFTER, plain.toString())).replaceAll(EnglishSpeakable::strongest);
    String words = LONG_WORD.matcher(withoutStartingPause(pauses)).replaceAll("$1 ");
    boolean audible = words.chars().anyMatch(Character::isLetterOrDigit);
    return new EnglishSpeakable(audible ? cutSentences(words) : "", false);
  }

  private static String strongest(MatchResult run) {
    for (char mark : new char[] {'?', '!', '.', ':', ';', ','}) {
      if (run.group().indexOf(mark) >= 0) {
        return mark + " ";
      }
    }
    return " ";
  }

  private static String withoutStartingPause(String text) {
    int start = 0;
    while (start < text.length() && ".,;:!? ".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    return text.substring(start).strip();
  }

  /** Accents in their own characters, joiners, and what chooses between looks of an emoji. */
  private static boolean belongsToNeighbour(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK || type == Character.FORMAT;
  }

  private static String apply(List<Entry<Pattern, String>> rules, String text) {
    String out = text;
    for (Entry<Pattern, String> rule : rules) {
      out = rule.getKey().matcher(out).replaceAll(rule.getValue());
    }
    return out;
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
  private static String cutSentences(String words) {
    StringBuilder cut = new StringBuilder(words.length() + 16);
    int start = 0;
    for (String word : words.split(" ", -1)) {
      if (cut.length() > 0) {
        boolean tooLong = cut.length() + word.length() - start > MAX_SENTENCE_CHARS;
        cut.append(tooLong ? "\n\n" : " ");
        if (tooLong || ".!?:".indexOf(cut.charAt(cut.length() - 2)) >= 0) {
          start = cut.length();
        }
      }
      cut.append(word);
    }
    return cut.toString();
  }
}
