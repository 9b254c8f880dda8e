package io.voicebus.chunker;

import java.util.Map;

/**
 * Words to numbers, found in running text without making a string. A word of the table with a
 * capital matches only as it is; others match in any case.
 */
final class WordTable {
  /** Longest word that is looked up, in UTF-16 units. */
  static final int MAX_WORD = 24;

  private final String[] words;
  private final long[] values;
  private final int mask;

  WordTable(Map<String, Long> entries) {
    int size = Integer.highestOneBit(Math.max(4, entries.size())) << 2;
    words = new String[size];
    values = new long[size];
    mask = size - 1;
    entries.forEach(this::put);
  }

  private void put(String word, long value) {
    int at = hash(word, 0, word.length()) & mask;
    while (words[at] != null) {
      at = (at + 1) & mask;
    }
    words[at] = word;
    values[at] = value;
  }

  /**
   * The number of the word that {@code text} has in {@code [from, to)}, joined with that of its
   * lower-case form; 0 if neither is here.
   */
  long get(CharSequence text, int from, int to) {
    if (to - from > MAX_WORD || from >= to) {
      return 0;
    }
    long found = 0;
    String word;
    for (int at = hash(text, from, to) & mask; (word = words[at]) != null; at = (at + 1) & mask) {
      if (word.length() == to - from) {
        boolean same = matches(word, text, from, false) || matches(word, text, from, true);
        found |= same ? values[at] : 0;
      }
    }
    return found;
  }

  boolean contains(CharSequence text, int from, int to) {
    return get(text, from, to) != 0;
  }

  private static boolean matches(String word, CharSequence text, int from, boolean folded) {
    for (int i = 0; i < word.length(); i++) {
      char c = text.charAt(from + i);
      if (word.charAt(i) != (folded ? Character.toLowerCase(c) : c)) {
        return false;
      }
    }
    return true;
  }

  private static int hash(CharSequence text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + Character.toLowerCase(text.charAt(i));
    }
    return hash ^ (hash >>> 15);
  }
}
