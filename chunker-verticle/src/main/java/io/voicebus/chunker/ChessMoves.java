package io.voicebus.chunker;

import java.util.regex.Pattern;

/** Moves of chess, in English or German, whose numbers begin no items: "1. e4 e5 2. Nf3 Nc6". */
final class ChessMoves {
  /** The longest move with its marks, in UTF-16 units: "Qa1xb2+!?". */
  private static final int MAX_MOVE = 10;

  /** "e4", "Nf3", "Qxf7#", "exd5", "e8=Q+", "O-O-O", "Rad1!?". */
  private static final Pattern MOVE =
      Pattern.compile(
          "(?:[KQRBNDTLS]?[a-h]?[1-8]?x?[a-h][1-8](?:=[QRBNDTLS])?|(?:O-O|0-0)(?:-[O0])?)[+#]?[!?]{0,2}");

  /** A move that no word looks like: with a piece, a capture or a check. */
  private static final Pattern SURE =
      Pattern.compile("(?:[KQRBNDTLS][a-h]?[1-8]?x?|[a-h]x)[a-h][1-8].*|[a-h][1-8].*[+#]|O-O.*");

  private ChessMoves() {}

  /**
   * Whether a move may begin with a capital: with a piece, in English or German, or by castling.
   */
  static boolean mayBegin(int cp) {
    return "KQRBN".indexOf(cp) >= 0;
  }

  /**
   * Whether the mark that a text ends with praises or blames a move: "Qh7+!", "b5?".
   *
   * @param text ends with the mark
   */
  static boolean isMarked(ChunkBuffer text) {
    int end = text.length();
    int start = wordStart(text, end);
    if (start == end || !MOVE.matcher(text.subSequence(start, end)).matches()) {
      return false;
    }
    boolean numbered = start > 2 && text.charAt(start - 2) == '.';
    if (start > 2 && !numbered) { // "3. e3 b5?"
      int before = wordStart(text, start - 1);
      numbered = MOVE.matcher(text.subSequence(before, start - 1)).matches();
    }
    return numbered || SURE.matcher(text.subSequence(start, end)).matches();
  }

  /**
   * Whether a word is the beginning of a move up to its first digit: "Qc" of "Qc2", "N" of "N1f3".
   */
  static boolean isPiece(CharSequence word, int length) {
    boolean piece = length > 0 && "KQRBNDTLSO".indexOf(word.charAt(0)) >= 0;
    for (int i = 1; i < length; i++) {
      char c = word.charAt(i);
      piece &= c == 'x' || (c >= 'a' && c <= 'h');
    }
    return piece;
  }

  /** Whether a digit behind the word goes on with a move: "Qc", "N" of "N1f3", and not "D66". */
  static boolean isBeforeRank(CharSequence word, int length) {
    return isPiece(word, length) && (length > 1 || "KQRBN".indexOf(word.charAt(0)) >= 0);
  }

  private static int wordStart(ChunkBuffer text, int end) {
    int start = end;
    while (start > 0 && end - start <= MAX_MOVE && text.charAt(start - 1) != ' ') {
      start--;
    }
    return start;
  }

  /**
   * Whether the stop that a text ends with is one of a number behind a move.
   *
   * @param text ends with the stop
   */
  static boolean isNumber(ChunkBuffer text) {
    int digits = text.length();
    while (digits > 0 && text.charAt(digits - 1) == '.') {
      digits--;
    }
    int from = digits;
    while (from > 0 && digits - from < 3 && Marks.isDigit(text.charAt(from - 1))) {
      from--;
    }
    if (from == digits || from < 3 || text.charAt(from - 1) != ' ') {
      return false;
    }
    int end = from - 1;
    int start = wordStart(text, end);
    return MOVE.matcher(text.subSequence(start, end)).matches();
  }
}
