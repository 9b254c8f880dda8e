package io.voicebus.chunker;

/** What single characters mean to a reader: ends of sentences and clauses, pairs, white space. */
final class Marks {
  private static final String HARD = "!?。！？｡．؟۔।॥።፧៕။։‼⁇⁈⁉";
  private static final String CLAUSE = ",;:，；：、،؛—";
  private static final String CLOSERS = "\"'”’»›)]}」』）】》〉";
  private static final String OPENERS = "\"'“‘„«‹([{「『（【《〈¿¡";

  private static final int SPACE = 1;
  private static final int HARD_STOP = 1 << 1;
  private static final int STOP = 1 << 2;
  private static final int CLAUSE_MARK = 1 << 3;
  private static final int CLOSER = 1 << 4;
  private static final int OPENER = 1 << 5;
  private static final int LETTER = 1 << 6;
  private static final int COMBINING = 1 << 7;
  private static final int SPEAKABLE = 1 << 8;
  private static final int PICTURE = 1 << 9;
  private static final int WIDE = 1 << 10;
  private static final int INVISIBLE = 1 << 11;
  private static final int UPPER = 1 << 12;
  private static final int LOWER = 1 << 13;
  private static final int DIGIT = 1 << 14;
  private static final int SIGN = 1 << 15;

  /** Set in what is known. */
  private static final int KNOWN = 1 << 16;

  /**
   * The properties of every UTF-16 unit that was looked up, 0 for the others: a look-up is many
   * times faster than asking Unicode. Threads that find the same thing at once write the same.
   */
  private static final int[] TABLE = new int[Character.MIN_SUPPLEMENTARY_CODE_POINT];

  private Marks() {}

  private static int compute(int cp) {
    int type = Character.getType(cp);
    boolean space =
        cp == ' ' || Character.isWhitespace(cp) || Character.isSpaceChar(cp) || cp == 0x85;
    boolean combining =
        type == Character.NON_SPACING_MARK
            || type == Character.COMBINING_SPACING_MARK
            || type == Character.ENCLOSING_MARK;
    boolean speakable =
        Character.isLetterOrDigit(cp)
            || type == Character.OTHER_NUMBER
            || type == Character.LETTER_NUMBER;
    boolean sign =
        type == Character.CURRENCY_SYMBOL
            || (type == Character.MATH_SYMBOL && "|~<>".indexOf(cp) < 0);
    boolean invisible =
        cp == 0x200B
            || cp == 0xAD
            || cp == 0xFEFF
            || cp == 0x2060
            || cp == 0x061C
            || cp == 0xFFFC
            || cp == 0xFFFD
            || cp == 0x200E
            || cp == 0x200F
            || (cp >= 0x202A && cp <= 0x202E)
            || (cp >= 0x2066 && cp <= 0x2069)
            || type == Character.SURROGATE
            || (type == Character.CONTROL && !space);
    boolean wide =
        (cp >= 0x3040 && cp <= 0x30FF)
            || (cp >= 0x3400 && cp <= 0x9FFF)
            || (cp >= 0xF900 && cp <= 0xFAFF)
            || (cp >= 0x20000 && cp <= 0x3FFFF);
    boolean hard = HARD.indexOf(cp) >= 0;
    return bit(space, SPACE)
        | bit(hard, HARD_STOP)
        | bit(hard || cp == '.' || cp == '…', STOP)
        | bit(CLAUSE.indexOf(cp) >= 0, CLAUSE_MARK)
        | bit(CLOSERS.indexOf(cp) >= 0, CLOSER)
        | bit(OPENERS.indexOf(cp) >= 0, OPENER)
        | bit(Character.isLetter(cp), LETTER)
        | bit(combining, COMBINING)
        | bit(speakable, SPEAKABLE)
        | bit(type == Character.OTHER_SYMBOL, PICTURE)
        | bit(wide, WIDE)
        | bit(invisible, INVISIBLE)
        | bit(Character.isUpperCase(cp), UPPER)
        | bit(Character.isLowerCase(cp), LOWER)
        | bit(Character.isDigit(cp), DIGIT)
        | bit(sign, SIGN);
  }

  private static int bit(boolean set, int bit) {
    return set ? bit : 0;
  }

  private static boolean is(int cp, int property) {
    return (properties(cp) & property) != 0;
  }

  private static int properties(int cp) {
    if (cp >= TABLE.length) {
      return compute(cp);
    }
    int known = TABLE[cp];
    if (known == 0) {
      known = KNOWN | compute(cp);
      TABLE[cp] = known;
    }
    return known;
  }

  /** Any white space, no-break spaces included. */
  static boolean isSpace(int cp) {
    return is(cp, SPACE);
  }

  /** A letter or a digit, which never ends anything. */
  static boolean isOrdinary(int cp) {
    return is(cp, LETTER | DIGIT);
  }

  static boolean isLetter(int cp) {
    return is(cp, LETTER);
  }

  static boolean isDigit(int cp) {
    return is(cp, DIGIT);
  }

  static boolean isUpper(int cp) {
    return is(cp, UPPER);
  }

  static boolean isLower(int cp) {
    return is(cp, LOWER);
  }

  /** A letter of a script that does not tell capitals from small letters. */
  static boolean isCaseless(int cp) {
    return is(cp, LETTER) && !is(cp, UPPER | LOWER);
  }

  /** A mark that ends a sentence and is never part of a word: all but full stop and ellipsis. */
  static boolean isHardStop(int cp) {
    return is(cp, HARD_STOP);
  }

  static boolean isStop(int cp) {
    return is(cp, STOP);
  }

  /** A stop of a script that puts no space after it. */
  static boolean isWideStop(int cp) {
    return is(cp, HARD_STOP) && "。！？｡．".indexOf(cp) >= 0;
  }

  static boolean isClauseMark(int cp) {
    return is(cp, CLAUSE_MARK);
  }

  /** May follow the stop of the sentence that it belongs to. */
  static boolean isCloser(int cp) {
    return is(cp, CLOSER);
  }

  /** May come before the first word of a sentence. */
  static boolean isOpener(int cp) {
    return is(cp, OPENER);
  }

  /** A letter or a sign written on one, as vowel signs of Indic scripts are. */
  static boolean isWordPart(int cp) {
    return is(cp, LETTER | COMBINING);
  }

  static boolean isCombining(int cp) {
    return is(cp, COMBINING);
  }

  /** A sign of a currency or of mathematics, which is said only among words. */
  static boolean isSign(int cp) {
    return is(cp, SIGN);
  }

  /** Something a voice can pronounce on its own: a letter or a number. */
  static boolean isSpeakable(int cp) {
    return is(cp, SPEAKABLE);
  }

  /** A picture, which is worth a chunk only if the turn has nothing else to say. */
  static boolean isPicture(int cp) {
    return is(cp, PICTURE);
  }

  /** Ideographs and kana: about a syllable or more each, written without spaces. */
  static boolean isWide(int cp) {
    return is(cp, WIDE);
  }

  /** Thai, Lao, Burmese and Khmer, whose blanks part phrases, not words. */
  static boolean isPhraseWritten(int cp) {
    return (cp >= 0x0E00 && cp <= 0x0EFF)
        || (cp >= 0x1000 && cp <= 0x109F)
        || (cp >= 0x1780 && cp <= 0x17FF);
  }

  /** Syllables of Korean, of which one alone may be a word. */
  static boolean isHangul(int cp) {
    return cp >= 0xAC00 && cp <= 0xD7A3;
  }

  /**
   * Zero-width spaces, marks of direction, soft hyphens, byte order marks, control characters, lone
   * surrogates.
   */
  static boolean isInvisible(int cp) {
    return is(cp, INVISIBLE);
  }

  /** A mark that ends sentences in the script of the letter before it, and clauses in others. */
  static boolean isStopAfter(int cp, int lastLetter) {
    boolean armenian = cp == ':' && lastLetter >= 0x530 && lastLetter <= 0x58F;
    boolean greek = cp == ';' && lastLetter >= 0x370 && lastLetter <= 0x3FF;
    return armenian || greek || cp == 0x37E;
  }

  /** Whether it only says where a word may be parted: a soft hyphen, a word joiner. */
  static boolean isJoiner(int cp) {
    return cp == 0xAD || cp == 0x2060 || cp == 0xFEFF;
  }
}
