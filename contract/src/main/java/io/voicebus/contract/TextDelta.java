package io.voicebus.contract;

/**
 * Item, text source to chunker and to owner: text as it was streamed.
 *
 * @param text not empty, at most {@link #MAX_CHARS} UTF-16 units
 */
public record TextDelta(String text) implements Message {
  /** Longer deltas are split by their sender, never within a surrogate pair. */
  public static final int MAX_CHARS = 4096;

  public TextDelta {
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("a delta has 1 to " + MAX_CHARS + " characters");
    }
  }

  @Override
  public int weight() {
    return 16 + text.length();
  }
}
