package io.voicebus.chunker;

import io.voicebus.contract.ChunkEnd;
import java.util.Arrays;

/** Speakable text that is not yet cut, and where each of its UTF-16 units was written. */
final class ChunkBuffer implements CharSequence {
  /**
   * A piece cut off.
   *
   * @param text what is said, trimmed
   * @param end the offset after what it speaks
   * @param language the likeliest language so far, as a two-letter code
   * @param ended what ended it
   * @param map which part of the written text it says
   */
  record Piece(String text, long end, String language, ChunkEnd ended, SourceMap map) {}

  private char[] text = new char[64];
  private long[] ends = new long[64];
  private int length;
  private int speakable;
  private int pictures;

  /** The greatest offset so far. */
  private long reached;

  /**
   * Appends a code point; white space becomes one space, and none at the start. What was held back,
   * such as the head of a table, may come later than it was written: offsets never go back.
   */
  void append(int cp, long written) {
    reached = Math.max(reached, written);
    long end = reached;
    if (Marks.isSpace(cp)) {
      appendSpace(end);
      return;
    }
    speakable += Marks.isSpeakable(cp) ? 1 : 0;
    pictures += Marks.isPicture(cp) ? 1 : 0;
    if (cp < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
      put((char) cp, end);
    } else {
      put(Character.highSurrogate(cp), end);
      put(Character.lowSurrogate(cp), end);
    }
  }

  private void appendSpace(long end) {
    if (length > 0 && text[length - 1] == ' ') {
      ends[length - 1] = end;
    } else if (length > 0) {
      put(' ', end);
    }
  }

  private void put(char c, long end) {
    if (length == text.length) {
      text = Arrays.copyOf(text, 2 * length);
      ends = Arrays.copyOf(ends, 2 * length);
    }
    text[length] = c;
    ends[length++] = end;
  }

  /** Takes the first {@code count} units away, and the white space after them. */
  Piece cut(int count, String language, ChunkEnd ended) {
    int from = count;
    while (from < length && text[from] == ' ') {
      from++;
    }
    int to = count;
    while (to > 0 && text[to - 1] == ' ') {
      to--;
    }
    int start = 0;
    while (start < to && text[start] == ' ') {
      start++;
    }
    Piece piece =
        new Piece(
            new String(text, start, to - start),
            ends[count - 1],
            language,
            ended,
            SourceMap.of(ends, start, to));
    length -= from;
    System.arraycopy(text, from, text, 0, length);
    System.arraycopy(ends, from, ends, 0, length);
    speakable = 0;
    pictures = 0;
    for (int i = 0, cp; i < length; i += Character.charCount(cp)) {
      cp = Character.codePointAt(text, i, length);
      speakable += Marks.isSpeakable(cp) ? 1 : 0;
      pictures += Marks.isPicture(cp) ? 1 : 0;
    }
    return piece;
  }

  /** Takes white space at the end back. */
  void trimEnd() {
    length = trimmedLength();
  }

  void clear() {
    length = 0;
    speakable = 0;
    pictures = 0;
  }

  boolean hasPicture() {
    return pictures > 0;
  }

  /** Whether there is something to pronounce before {@code to}. */
  boolean isSpeakable(int to) {
    if (speakable > 0) {
      for (int i = 0, cp; i < to; i += Character.charCount(cp)) {
        cp = Character.codePointAt(text, i, length);
        if (Marks.isSpeakable(cp)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether there is a digit before {@code to}. */
  boolean hasDigit(int to) {
    for (int i = 0; i < to; i++) {
      if (Character.isDigit(text[i])) {
        return true;
      }
    }
    return false;
  }

  /** The length without white space at the end. */
  int trimmedLength() {
    return length > 0 && text[length - 1] == ' ' ? length - 1 : length;
  }

  /** The code point that ends before {@code index}; a space at the start. */
  int before(int index) {
    if (index <= 0) {
      return ' ';
    }
    char last = text[index - 1];
    return Character.isLowSurrogate(last) ? Character.codePointBefore(text, index) : last;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    if (index >= length) {
      throw new IndexOutOfBoundsException("index " + index + " of " + length);
    }
    return text[index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new String(text, start, end - start);
  }

  @Override
  public String toString() {
    return new String(text, 0, length);
  }
}
