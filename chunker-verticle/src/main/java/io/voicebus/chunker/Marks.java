package io.voicebus.chunker;

/** What single characters mean to a reader: ends of sentences and clauses, pairs, white space. */
final class Marks {
  private static final String HARD = "!?。！？｡．؟۔।॥።፧៕။‼⁇⁈⁉";
  private static final String CLAUSE = ",;:，；：、،؛—";
  private static final String CLOSERS = "\"'”’»›)]}」』）】》〉";
  private static final String OPENERS = "\"'“‘„«‹([{「『（【《〈¿¡";

  private Marks() {}

  /** Any white space, no-break spaces included. */
  static boolean isSpace(int cp) {
    return cp == ' ' || Character.isWhitespace(cp) || Character.isSpaceChar(cp) || cp == 0x85;
  }

  /** A mark that ends a sentence and is never part of a word: all but full stop and ellipsis. */
  static boolean isHardStop(int cp) {
    return HARD.indexOf(cp) >= 0;
  }

  static boolean isExclamation(int cp) {
    return cp == '!' || cp == '！';
  }

  static boolean isStop(int cp) {
    return cp == '.' || cp == '…' || isHardStop(cp);
  }

  /** A stop of a script that puts no space after it. */
  static boolean isWideStop(int cp) {
    return "。！？｡．".indexOf(cp) >= 0;
  }

  static boolean isClauseMark(int cp) {
    return CLAUSE.indexOf(cp) >= 0;
  }

  /** May follow the stop of the sentence that it belongs to. */
  static boolean isCloser(int cp) {
    return CLOSERS.indexOf(cp) >= 0;
  }

  /** May come before the first word of a sentence. */
  static boolean isOpener(int cp) {
    return OPENERS.indexOf(cp) >= 0;
  }

  /** A letter or a sign written on one, as vowel signs of Indic scripts are. */
  static boolean isWordPart(int cp) {
    return Character.isLetter(cp) || isCombining(cp);
  }

  static boolean isCombining(int cp) {
    int type = Character.getType(cp);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  /** Something a voice can pronounce: letter, digit, currency sign or mathematical sign. */
  static boolean isSpeakable(int cp) {
    if (Character.isLetterOrDigit(cp)) {
      return true;
    }
    int type = Character.getType(cp);
    return type == Character.OTHER_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.CURRENCY_SYMBOL
        || (type == Character.MATH_SYMBOL && "|~<>".indexOf(cp) < 0);
  }

  /** A picture, which is worth a chunk only if the turn has nothing else to say. */
  static boolean isPicture(int cp) {
    return Character.getType(cp) == Character.OTHER_SYMBOL;
  }

  /** Ideographs and kana: about a syllable or more each, written without spaces. */
  static boolean isWide(int cp) {
    return (cp >= 0x3040 && cp <= 0x30FF)
        || (cp >= 0x3400 && cp <= 0x9FFF)
        || (cp >= 0xF900 && cp <= 0xFAFF)
        || (cp >= 0x20000 && cp <= 0x3FFFF);
  }
}
