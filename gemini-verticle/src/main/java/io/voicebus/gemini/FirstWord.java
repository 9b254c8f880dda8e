package io.voicebus.gemini;

/**
 * Holds the beginning of an answer back until there is something in it that can be said, so that an
 * answer without a word can be asked for again as if nothing had come.
 */
final class FirstWord {
  /** So much is never held back, whatever it is. */
  private static final int MAX_HELD_CHARS = 4096;

  private final StringBuilder held = new StringBuilder();
  private boolean found;

  /** What may be handed on. */
  String accept(String text) {
    if (found) {
      return text;
    }
    held.append(text);
    found = held.length() > MAX_HELD_CHARS || text.codePoints().anyMatch(FirstWord::isSayable);
    if (!found) {
      return "";
    }
    String all = held.toString();
    held.setLength(0);
    return all;
  }

  /** Whether there was a word. */
  boolean found() {
    return found;
  }

  /** Another answer begins; nothing of the last one was handed on. */
  void again() {
    held.setLength(0);
  }

  /** Letters and digits of any script, and symbols: emoji and currencies among them. */
  private static boolean isSayable(int codePoint) {
    if (Character.isLetterOrDigit(codePoint)) {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.OTHER_SYMBOL -> codePoint != 0xFFFD;
      case Character.CURRENCY_SYMBOL, Character.OTHER_NUMBER -> true;
      case Character.MATH_SYMBOL -> codePoint > 0x7F;
      default -> false;
    };
  }
}
