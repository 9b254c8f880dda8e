package io.voicebus.chunker;

import java.util.Map;

/** Reads what starts with {@code &} until it is known to be an HTML character reference or text. */
final class EntityReader {
  /** Still reading. */
  static final int READING = -1;

  /** Not a reference: the text is read again from {@link #held()}. */
  static final int TEXT = -2;

  /** Longest reference, with its ampersand, in code points. */
  private static final int MAX_LENGTH = 10;

  /** The references of HTML that are seen in prose. */
  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("amp", (int) '&'),
          Map.entry("lt", (int) '<'),
          Map.entry("gt", (int) '>'),
          Map.entry("quot", (int) '"'),
          Map.entry("apos", (int) '\''),
          Map.entry("nbsp", 0xA0),
          Map.entry("hellip", (int) '…'),
          Map.entry("mdash", (int) '—'),
          Map.entry("ndash", (int) '–'),
          Map.entry("euro", (int) '€'),
          Map.entry("deg", (int) '°'),
          Map.entry("times", (int) '×'),
          Map.entry("copy", (int) '©'),
          Map.entry("rsquo", (int) '’'));

  private final HeldText held = new HeldText();

  void start(long end) {
    held.clear();
    held.add('&', end);
  }

  /** All that was read; valid once. */
  HeldText held() {
    return held.take();
  }

  /** Takes a code point; the one referred to, or {@link #READING} or {@link #TEXT}. */
  int accept(int cp, long end) {
    held.add(cp, end);
    if (cp == ';') {
      return decode(held.toString());
    }
    boolean part = cp < 0x7F && (Character.isLetterOrDigit(cp) || cp == '#');
    return part && held.size() < MAX_LENGTH ? READING : TEXT;
  }

  private static int decode(String reference) {
    String name = reference.substring(1, reference.length() - 1);
    if (!name.startsWith("#")) {
      return NAMES.getOrDefault(name, TEXT);
    }
    boolean hex = name.startsWith("#x") || name.startsWith("#X");
    try {
      int cp = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      return cp >= ' ' && Character.isValidCodePoint(cp) ? cp : TEXT;
    } catch (NumberFormatException e) {
      return TEXT;
    }
  }
}
