package io.voicebus.chunker;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Judges from the text before a full stop whether a sentence ends with it. */
final class SentenceBoundary {
  /** When, if ever, the stop ends its sentence. */
  enum Verdict {
    /** Never, as in "Dr." */
    NEVER,
    /** At once: what follows will almost certainly be another sentence. */
    AT_ONCE,
    /** If white space follows, as after "$29." */
    AT_SPACE,
    /** If the next word looks like the start of a sentence, as after "etc." */
    BY_NEXT_WORD,
    /** If the next word often starts sentences, since names follow too, as after "U.S." */
    BY_STARTER
  }

  /** Lower-case words of fewer letters may be abbreviations or file extensions. */
  private static final int MIN_SURE_LETTERS = 4;

  /** Letters without case: syllables or vowelless writing, where words are shorter. */
  private static final int MIN_SURE_CASELESS = 2;

  /** Shorter questions are often exclaimed: "What?!" In UTF-16 units. */
  private static final int MIN_SURE_QUESTION = 20;

  /** Longest word that is looked at, in UTF-16 units; keeps the work for each mark constant. */
  private static final int MAX_WORD = 40;

  /** Languages that write ordinal numbers with a full stop: "am 3. Oktober". */
  private static final Set<String> ORDINAL_STOPS = Set.of("de", "cs", "pl", "tr", "sv");

  private static final Set<String> SITE_WORDS = Set.copyOf(WordList.words("site-words.txt"));

  private SentenceBoundary() {}

  /**
   * Judges a mark that may end a sentence.
   *
   * @param text text that ends with the mark
   * @param languages the likeliest ones, as two-letter codes
   */
  static Verdict judge(ChunkBuffer text, List<String> languages) {
    int stop = text.length() - 1;
    int before = text.before(stop);
    if (Marks.isHardStop(text.charAt(stop))) {
      // "?!" is mostly short, and "!" comes in twos and threes
      boolean single = !Marks.isExclamation(text.charAt(stop)) && text.charAt(stop) != '．';
      boolean question = "?？؟".indexOf(text.charAt(stop)) >= 0;
      boolean alone = single && !Marks.isStop(before) && (!question || stop >= MIN_SURE_QUESTION);
      return alone && !Marks.isSpace(before) ? Verdict.AT_ONCE : Verdict.AT_SPACE;
    }
    if (text.charAt(stop) == '…' || before == '.' || before == '…') {
      return Verdict.BY_NEXT_WORD;
    }
    int start = wordStart(text, stop);
    if (start == stop) { // a stop on its own: " ." or after a quote or bracket
      return Marks.isSpace(before) ? Verdict.AT_SPACE : afterMark(before);
    }
    String word = text.subSequence(start, stop).toString();
    Optional<Boolean> abbreviation = Abbreviations.mayEndSentence(word, languages);
    if (abbreviation.isPresent()) {
      if (!abbreviation.get()) {
        return Verdict.NEVER;
      }
      boolean name = Character.isUpperCase(word.codePointAt(0)) || word.indexOf('.') > 0;
      return name ? Verdict.BY_STARTER : Verdict.BY_NEXT_WORD;
    }
    if (Character.isDigit(before)) {
      return afterNumber(text, start, word, languages);
    }
    int letters = word.codePointCount(0, word.length());
    if (letters == 1) {
      return afterLetter(text, start, before, languages);
    }
    return afterWord(text, start, word);
  }

  private static Verdict afterMark(int before) {
    return Marks.isCloser(before) || before == '%' ? Verdict.AT_ONCE : Verdict.AT_SPACE;
  }

  private static Verdict afterNumber(
      ChunkBuffer text, int start, String word, List<String> languages) {
    boolean ordinal =
        word.length() <= 2
            && word.chars().allMatch(Character::isDigit)
            && Marks.isSpace(text.before(start));
    if (ordinal) {
      return ORDINAL_STOPS.containsAll(languages) ? Verdict.NEVER : Verdict.BY_NEXT_WORD;
    }
    return Verdict.AT_SPACE;
  }

  /** An initial, unless it is the English "I" or a letter without case. */
  private static Verdict afterLetter(
      ChunkBuffer text, int start, int letter, List<String> languages) {
    if (Character.isUpperCase(letter)) {
      boolean english = languages.contains("en");
      boolean pronoun =
          english && letter == 'I' && start > 1 && Character.isLowerCase(text.before(start - 1));
      return pronoun ? Verdict.AT_SPACE : Verdict.NEVER;
    }
    if (Character.isLowerCase(letter)) {
      return Verdict.BY_STARTER;
    }
    return Marks.isWide(letter) ? Verdict.AT_ONCE : Verdict.AT_SPACE;
  }

  private static Verdict afterWord(ChunkBuffer text, int start, String word) {
    boolean lower = true;
    boolean caseless = true;
    boolean plain = Marks.isSpace(text.before(start)) || Marks.isOpener(text.before(start));
    int letters = 0;
    for (int i = 0; i < word.length(); ) {
      int cp = word.codePointAt(i);
      i += Character.charCount(cp);
      lower &= Character.isLowerCase(cp) || isJoin(cp) || Marks.isCombining(cp);
      caseless &= Marks.isWordPart(cp) && !Character.isLowerCase(cp) && !Character.isUpperCase(cp);
      plain &= Marks.isWordPart(cp) || (isJoin(cp) && cp != '-'); // "my-service.dev"
      letters++;
    }
    if (word.indexOf('.') >= 0 && word.replace(".", "").length() <= word.length() / 2 + 1) {
      return Verdict.BY_STARTER; // letters between stops, as in "J.K."
    }
    if (plain && caseless && letters >= MIN_SURE_CASELESS) {
      return Verdict.AT_ONCE;
    }
    if (plain && lower && letters >= MIN_SURE_LETTERS) {
      return mayBeSite(text, start, word) ? Verdict.AT_SPACE : Verdict.AT_ONCE;
    }
    boolean shortName = letters <= MIN_SURE_LETTERS && Character.isUpperCase(word.codePointAt(0));
    return shortName ? Verdict.BY_NEXT_WORD : Verdict.AT_SPACE;
  }

  /** A name such as "example.com" or "main.py" may be under way. */
  private static boolean mayBeSite(ChunkBuffer text, int start, String word) {
    if (start == 0 || SITE_WORDS.contains(word)) {
      return true;
    }
    int end = start - 1;
    int previous = wordStart(text, end);
    return SITE_WORDS.contains(text.subSequence(previous, end).toString().toLowerCase(Locale.ROOT));
  }

  private static boolean isJoin(int cp) {
    return cp == '\'' || cp == '’' || cp == '-' || cp == '‐' || cp == 0x200C;
  }

  /** Where the run of non-space characters before {@code end} starts, without opening marks. */
  private static int wordStart(ChunkBuffer text, int end) {
    int start = end;
    while (start > 0 && end - start < MAX_WORD) {
      int cp = text.before(start);
      if (Marks.isSpace(cp) || Marks.isOpener(cp) || Marks.isCloser(cp) || Marks.isClauseMark(cp)) {
        if (cp != '\'' && cp != '’') {
          break;
        }
      }
      if (Marks.isHardStop(cp) || cp == '%') {
        break;
      }
      start -= Character.charCount(cp);
    }
    return start;
  }
}
