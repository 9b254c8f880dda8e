package io.voicebus.chunker;

import java.util.Set;

/** Judges from the text before a full stop whether a sentence ends with it. */
final class SentenceBoundary {
  /** When, if ever, the stop ends its sentence. */
  enum Verdict {
    /** Never, as in "Dr." */
    NEVER,
    /** At once: what follows will almost certainly be another sentence. */
    AT_ONCE,
    /** If white space follows, as after "museum." */
    AT_SPACE,
    /** If what follows the white space does not start small, as after "Yahoo!" or "tom." */
    UNLESS_SMALL,
    /** If what follows the white space may start a sentence, as after "$29." */
    BY_NEXT_WORD,
    /** The same, but not before a month, as after "3." where the language is not sure yet. */
    UNLESS_MONTH,
    /** If the next word starts with a capital, as after "etc." */
    BY_CAPITAL,
    /** If a capital follows that is no zone, day or title, as after "6 p.m." */
    AFTER_TIME,
    /** The answer "No.", if no number follows that it may belong to. */
    ANSWER,
    /** If the next word often starts sentences, since names follow too, as after "U.S." */
    BY_STARTER
  }

  /** Lower-case words of fewer letters may be abbreviations or file extensions. */
  private static final int MIN_SURE_LETTERS = 4;

  /** Letters without case: syllables or vowelless writing, where words are shorter. */
  private static final int MIN_SURE_CASELESS = 2;

  /** Longest word that is looked at, in UTF-16 units; keeps the work for each mark constant. */
  private static final int MAX_WORD = 40;

  /** A date that a sentence starts with, up to its abbreviation: "9 września 2009 r. Aldrin…" */
  private static final int MAX_DATE = 24;

  /** The longest word that may be a unit behind a number, in letters: "theel". */
  private static final int MAX_UNIT = 5;

  private static final String NUMERALS = "IVXLC";

  /** Names that end with an exclamation mark. */
  private static final WordTable NAMES = WordList.table("exclaimed-names.txt");

  private static final long LIMITED_ENDINGS = Languages.of("it", "es", "pt", "fi");

  /** More digits are a year or an amount, not an ordinal number. */
  private static final int MAX_ORDINAL = 2;

  /** What ordinary words end with, in languages where few letters can: others are cut short. */
  private static final WordTable ENDINGS = WordList.byLanguage("word-endings.txt", Languages::of);

  private SentenceBoundary() {}

  /** Whether the text ends with a name that has an exclamation mark: "Yahoo!" */
  static boolean isName(ChunkBuffer text) {
    int end = text.length() - 1;
    return NAMES.contains(text, wordStart(text, end), end);
  }

  /**
   * Judges a mark that may end a sentence.
   *
   * @param text text that ends with the mark
   * @param languages the likeliest ones
   */
  static Verdict judge(ChunkBuffer text, long languages) {
    int stop = text.length() - 1;
    char mark = text.charAt(stop);
    int before = text.before(stop);
    if (mark != '.' && mark != '…') {
      return afterHardStop(mark, before);
    }
    if (mark == '…' || before == '.' || before == '…' || isSpacedEllipsis(text, stop)) {
      return Verdict.BY_CAPITAL;
    }
    if (Marks.isPhraseWritten(before)) {
      return Verdict.NEVER; // Thai has no stops but those of abbreviations
    }
    int start = wordStart(text, stop);
    if (start == stop) { // a stop on its own: " ." or after a quote or bracket
      return Verdict.AT_SPACE;
    }
    start = afterSentence(text, start, stop);
    if (start == 0 && stop == 2 && text.charAt(0) == 'N' && text.charAt(1) == 'o') {
      return Verdict.ANSWER;
    }
    Abbreviations.Kind kind = Abbreviations.find(text, start, stop, languages);
    int part = kind == Abbreviations.Kind.NONE ? afterDash(text, start, stop) : start;
    if (part > start) {
      kind = Abbreviations.find(text, part, stop, languages);
    }
    Abbreviations.Kind pair = afterInitial(text, start, stop, languages);
    kind = pair == Abbreviations.Kind.NONE ? kind : pair;
    switch (kind) {
      case NEVER_ENDS -> {
        return Verdict.NEVER;
      }
      case BEFORE_CAPITAL -> {
        if (start == 0 && !LanguageGuess.isFunctionWord(text, start, stop, languages)) {
          return Verdict.NEVER; // no sentence by itself: "Mi. Ruhetag", "Abb. Rechts"
        }
        if (isTime(text, stop)) {
          return Verdict.AFTER_TIME;
        }
        int last = text.before(start - 1);
        boolean number = Marks.isDigit(last) || NUMERALS.indexOf(last) >= 0;
        boolean date = start < MAX_DATE && start > 1 && (number || last == '.');
        boolean place = // "в г. Москва", "Адрес: г. Москва", but "в 1990 г." and "XIX w."
            pair == Abbreviations.Kind.NONE
                && stop - start == 1
                && before > 0x7F
                && Marks.isLower(before)
                && (start == 0 || Marks.isLetter(last) || ":,;(«".indexOf(last) >= 0)
                && !number;
        return place ? Verdict.NEVER : date ? Verdict.BY_STARTER : Verdict.BY_CAPITAL;
      }
      case BEFORE_STARTER -> {
        return Verdict.BY_STARTER;
      }
      case NONE -> {}
    }
    if (Marks.isDigit(before)) {
      return afterNumber(text, start, stop, languages);
    }
    if (stop - start == Character.charCount(before)) {
      return afterLetter(text, start, before, languages);
    }
    return afterWord(text, start, stop, languages);
  }

  /** What the lists say of "т.д" where "т. д." is written: two small letters, a blank between. */
  private static Abbreviations.Kind afterInitial(
      ChunkBuffer text, int start, int stop, long languages) {
    int first = start - 3;
    boolean pair =
        stop - start == 1
            && first >= 0
            && text.charAt(start - 2) == '.'
            && Marks.isSpace(text.charAt(start - 1))
            && Marks.isLower(text.charAt(first))
            && Marks.isLower(text.charAt(start))
            && !Marks.isLetter(text.before(first));
    if (!pair) {
      return Abbreviations.Kind.NONE;
    }
    String joined = text.charAt(first) + "." + text.charAt(start);
    return Abbreviations.find(joined, 0, joined.length(), languages);
  }

  /** Whether the text has "a.m" or "pm" before its stop. */
  private static boolean isTime(ChunkBuffer text, int stop) {
    int half = text.before(stop - 1) == '.' ? stop - 2 : stop - 1;
    return (text.before(stop) | 32) == 'm' && "apAP".indexOf(text.before(half)) >= 0;
  }

  /** Where "min" starts in "20-min", and "Fr" in "Mo.–Fr"; elsewhere the start. */
  private static int afterDash(ChunkBuffer text, int start, int stop) {
    for (int i = stop - 1; i > start; i--) {
      if (isDash(text.charAt(i))) {
        boolean known = Marks.isDigit(text.charAt(i - 1)) || text.charAt(i - 1) == '.';
        return known && i + 1 < stop ? i + 1 : start;
      }
      if (!Marks.isLetter(text.charAt(i))) {
        return start;
      }
    }
    return start;
  }

  /** Where "Mr" starts in "Tuesday.Mr", which lacks a space. */
  private static int afterSentence(ChunkBuffer text, int start, int stop) {
    for (int i = stop - 1; i >= start + MIN_SURE_LETTERS; i--) {
      if (text.charAt(i) == '.') {
        boolean sentence = Marks.isUpper(text.charAt(i + 1)) && Marks.isLower(text.charAt(i - 2));
        return sentence && Marks.isLower(text.charAt(i - 1)) ? i + 1 : start;
      }
    }
    return start;
  }

  private static Verdict afterHardStop(char mark, int before) {
    if (mark < 0x7F) {
      return Verdict.UNLESS_SMALL;
    }
    // "！" comes in twos and threes, "．" within numbers, and a question may be exclaimed
    boolean single = "！．？؟".indexOf(mark) < 0 && !Marks.isStop(before) && !Marks.isSpace(before);
    return single ? Verdict.AT_ONCE : Verdict.AT_SPACE;
  }

  /** The second or third mark of ". . ." */
  private static boolean isSpacedEllipsis(ChunkBuffer text, int stop) {
    return stop > 1 && text.charAt(stop - 1) == ' ' && text.charAt(stop - 2) == '.';
  }

  /** Before an ordinal of German. */
  private static final Set<String> ARTICLES =
      Set.of(
          "Der", "Die", "Das", "Den", "Dem", "Im", "Am", "Vom", "Zum", "Zur", "Beim", "der", "das",
          "den", "dem", "des", "im", "vom", "zum", "zur", "beim", "mein", "dein", "sein", "ihr",
          "unser", "ihre", "seine", "meine", "unsere", "seinem", "seinen", "ihrem", "ihren");

  private static Verdict afterNumber(ChunkBuffer text, int start, int stop, long languages) {
    int digits = start;
    while (digits < stop && isOrdinalPart(text, digits)) {
      digits++;
    }
    int first = digits;
    for (int i = stop; i > start && Marks.isDigit(text.charAt(i - 1)); i--) {
      first = i - 1;
    }
    boolean number = digits == stop && Marks.isSpace(text.before(start));
    if (number && text.before(start - 1) == ';') {
      return Verdict.NEVER; // "1. Pet (3); 4. City"
    }
    if (number && Languages.all(languages, Languages.ORDINAL_STOPS)) {
      return stop - first <= MAX_ORDINAL ? Verdict.BY_STARTER : Verdict.BY_CAPITAL;
    }
    boolean day = number && stop - first <= MAX_ORDINAL;
    if (!day || !Languages.any(languages, Languages.ORDINAL_STOPS)) {
      return Verdict.BY_NEXT_WORD;
    }
    return start > 1 && isArticle(text, start - 1)
        ? Verdict.BY_STARTER // "Die 3. Auflage"
        : Verdict.UNLESS_MONTH;
  }

  /** A digit, or what joins two ordinals: "3.–5. Oktober", "90.+4. Minute", "12./13. Jh." */
  private static boolean isOrdinalPart(ChunkBuffer text, int at) {
    char c = text.charAt(at);
    char joint = c == '.' ? text.charAt(at + 1) : c;
    return Marks.isDigit(c) || isDash(joint) || joint == '+' || joint == '/';
  }

  private static boolean isArticle(ChunkBuffer text, int end) {
    return ARTICLES.contains(text.subSequence(wordStart(text, end), end).toString());
  }

  private static boolean isDash(int cp) {
    return cp == '-' || cp == '–';
  }

  /** An initial, unless it is the English "I" or a letter without case. */
  private static Verdict afterLetter(ChunkBuffer text, int start, int letter, long languages) {
    if (Marks.isUpper(letter)) {
      int last = text.before(start - 1);
      boolean afterWord = start > 1 && Marks.isSpace(text.before(start)) && Marks.isLower(last);
      boolean afterName = afterWord && Marks.isUpper(text.charAt(wordStart(text, start - 1)));
      if (afterWord && !afterName && letter == 'I' && Languages.any(languages, Languages.ENGLISH)) {
        return Verdict.AT_SPACE;
      }
      boolean era =
          letter == 'C' && start > 2 && last == '.' && "ad".indexOf(text.before(start - 2)) >= 0;
      return afterWord || era ? Verdict.BY_STARTER : Verdict.NEVER; // "siglo II a. C."
    }
    boolean unit = start > 1 && Marks.isDigit(text.before(start - 1)); // "9.8 s."
    if (unit && Marks.isLower(letter) && Marks.isSpace(text.before(start))) {
      return Verdict.BY_CAPITAL;
    }
    if (Marks.isLower(letter)) {
      return start == 0 ? Verdict.NEVER : Verdict.BY_STARTER;
    }
    if (Marks.isWide(letter) || Marks.isHangul(letter)) {
      return Verdict.AT_ONCE;
    }
    return Marks.isLetter(letter) ? Verdict.NEVER : Verdict.AT_SPACE;
  }

  private static Verdict afterWord(ChunkBuffer text, int start, int stop, long languages) {
    boolean lower = true;
    boolean caseless = true;
    boolean vowel = false;
    boolean small = false;
    boolean capital = false;
    boolean lettersOnly = true;
    boolean roman = true;
    boolean plain = Marks.isSpace(text.before(start)) || Marks.isOpener(text.before(start));
    int letters = 0;
    int stops = 0;
    for (int i = start, cp; i < stop; i += Character.charCount(cp)) {
      cp = Character.codePointAt(text, i);
      lower &= Marks.isLower(cp) || isJoin(cp) || Marks.isCombining(cp);
      caseless &= Marks.isWordPart(cp) && !Marks.isLower(cp) && !Marks.isUpper(cp);
      plain &= Marks.isWordPart(cp) || (isJoin(cp) && cp != '-'); // "my-service.dev"
      vowel |= cp > 0x7F || "aeiouyAEIOUY".indexOf(cp) >= 0;
      small |= Marks.isLower(cp);
      capital |= Marks.isUpper(cp);
      lettersOnly &= Marks.isWordPart(cp) || isJoin(cp) || cp == '.';
      roman &= NUMERALS.indexOf(cp) >= 0;
      stops += cp == '.' ? 1 : 0;
      letters += Marks.isCombining(cp) ? 0 : 1;
    }
    if (stops > 0 && letters - stops <= letters / 2 + 1) { // letters between stops, as in "J.K."
      return Marks.isCaseless(text.charAt(start)) ? Verdict.NEVER : Verdict.BY_STARTER;
    }
    if (plain && caseless && letters >= MIN_SURE_CASELESS) {
      return Verdict.AT_ONCE;
    }
    boolean afterSmall = start == 0 || Marks.isLower(text.before(start - 1));
    if (roman && (afterSmall || Languages.all(languages, Languages.ORDINAL_STOPS))) {
      return Verdict.BY_STARTER; // "önceki III. Tutmose"
    }
    if (small && capital && lettersOnly && !vowel) {
      return Verdict.BY_STARTER; // "S-Bhf", "D.Lgs"
    }
    if (plain && lower && !vowel) {
      return Verdict.BY_CAPITAL; // "tbsp", "bldg"
    }
    boolean counted =
        start > 1 && Marks.isSpace(text.before(start)) && Marks.isDigit(text.before(start - 1));
    if (counted && letters == 2 && text.charAt(start) == 'i' && text.charAt(start + 1) == 'n') {
      return Verdict.BY_CAPITAL; // "2 in. deep"
    }
    if (plain && lower && counted && letters <= MAX_UNIT && isUnit(text, start, stop, languages)) {
      return Verdict.BY_CAPITAL; // "2 eetl. olie", "1 xíc. (chá)"
    }
    if (plain && lower) {
      boolean known = LanguageGuess.isFunctionWord(text, start, stop, languages);
      if (!known && !mayEndWith(text.charAt(stop - 1), languages)) {
        return Verdict.BY_CAPITAL; // Italian "idraul"
      }
      boolean sure = known || (letters >= MIN_SURE_LETTERS && !isShort(text, start, stop));
      return sure ? Verdict.AT_SPACE : Verdict.UNLESS_SMALL;
    }
    boolean shortName = letters <= MIN_SURE_LETTERS && Marks.isUpper(text.charAt(start));
    return shortName ? Verdict.BY_CAPITAL : Verdict.AT_SPACE;
  }

  /** Whether any language has the abbreviation: "o godz. 15", before Polish is known. */
  private static boolean isShort(ChunkBuffer text, int start, int stop) {
    return Abbreviations.find(text, start, stop, Languages.ALL) != Abbreviations.Kind.NONE;
  }

  /** Whether a word behind a number is cut short, by its last letter: no plural, no verb. */
  private static boolean isUnit(ChunkBuffer text, int start, int stop, long languages) {
    return "lcdtgkbpfvz".indexOf(text.charAt(stop - 1)) >= 0
        && !LanguageGuess.isFunctionWord(text, start, stop, languages);
  }

  /** Whether words of the language end with the letter; true where that is not known. */
  private static boolean mayEndWith(char letter, long languages) {
    if (!Languages.all(languages, LIMITED_ENDINGS)) {
      return true;
    }
    return (ENDINGS.get(String.valueOf(letter), 0, 1) & languages) != 0;
  }

  private static boolean isJoin(int cp) {
    return cp == '\'' || cp == '’' || cp == '-' || cp == '‐' || cp == 0x200C;
  }

  /** Where the run of non-space characters before {@code end} starts, without opening marks. */
  static int wordStart(ChunkBuffer text, int end) {
    int start = end;
    while (start > 0 && end - start < MAX_WORD) {
      int cp = text.before(start);
      boolean mark =
          Marks.isSpace(cp) || Marks.isOpener(cp) || Marks.isCloser(cp) || Marks.isClauseMark(cp);
      boolean apostrophe =
          (cp == '\'' || cp == '’')
              && start < end
              && Marks.isLetter(text.before(start - 1))
              && Marks.isLetter(text.charAt(start));
      if ((mark && !apostrophe) || Marks.isHardStop(cp) || cp == '%') {
        break;
      }
      start -= Character.charCount(cp);
    }
    return start;
  }
}
