package io.voicebus.contract;

/**
 * Makes whole characters of a text whose writer may cut one in two. What is no character at all
 * stays as it is. NOT thread safe.
 */
public final class Utf16Pieces {
  /** The first half of a character whose second half has not come. */
  private String half = "";

  /** The next piece, with the half that waited and without the one that now waits. */
  public String next(String piece) {
    String text = half + piece;
    int end = text.length();
    boolean cut = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
    half = cut ? text.substring(end - 1) : "";
    return cut ? text.substring(0, end - 1) : text;
  }

  /** Whether the text so far ends with half of a character. */
  public boolean isCut() {
    return !half.isEmpty();
  }

  /** The half that waits will not be joined. */
  public void forget() {
    half = "";
  }
}
