package io.voicebus.chunker;

/**
 * Whether the text is within an address: behind "://", "www." or an "@", up to a blank or a mark of
 * Chinese or Japanese: "https://example.cn/a。"
 */
final class AddressRun {
  /** From here on marks are of Chinese or Japanese; they are not part of an address. */
  private static final int FIRST_WIDE = 0x2E80;

  private boolean inside;

  boolean isInside() {
    return inside;
  }

  void end() {
    inside = false;
  }

  /** Takes the mark that the text ends with. */
  void mark(ChunkBuffer text, int cp) {
    if (Marks.isSpace(cp) || cp >= FIRST_WIDE) {
      inside = false;
    } else if (cp == '@' || cp == '/' || cp == '.') {
      inside |= cp == '@' || endsWith(text, "://") || endsWith(text, "www.");
    }
  }

  private static boolean endsWith(ChunkBuffer text, String tail) {
    int from = text.length() - tail.length();
    boolean ends = from >= 0;
    for (int i = 0; ends && i < tail.length(); i++) {
      ends = text.charAt(from + i) == tail.charAt(i);
    }
    return ends;
  }
}
