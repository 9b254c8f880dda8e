package io.voicebus.contract;

import io.voicebus.bus.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Item, text source to chunker and to owner: text as it was streamed.
 *
 * @param text not empty, at most {@link #MAX_CHARS} UTF-16 units
 */
public record TextDelta(String text) implements Message {
  /** Longer deltas are split by their sender, as {@link #pieces} does. */
  public static final int MAX_CHARS = 4096;

  public TextDelta {
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("a delta has 1 to " + MAX_CHARS + " characters");
    }
  }

  /** A text of any length as the texts of deltas; no surrogate pair is split. */
  public static List<String> pieces(String text) {
    return pieces(text, MAX_CHARS);
  }

  /** The same, in pieces of at most so many characters. */
  static List<String> pieces(String text, int mostChars) {
    if (text.length() <= mostChars) {
      return text.isEmpty() ? List.of() : List.of(text);
    }
    List<String> pieces = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = Math.min(text.length(), at + mostChars);
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      pieces.add(text.substring(at, end));
      at = end;
    }
    return pieces;
  }

  @Override
  public int weight() {
    return 16 + text.length();
  }
}
