package io.voicebus.chunker;

import java.util.Arrays;

/** Speakable text that is not yet cut, and where each of its UTF-16 units was written. */
final class ChunkBuffer implements CharSequence {
  /** A piece cut off: its text, trimmed, and the offset after what it speaks. */
  record Piece(String text, long end) {}

  private final StringBuilder text = new StringBuilder();
  private long[] ends = new long[64];
  private int speakable;
  private int pictures;

  /** Appends a code point; white space becomes one space, and none at the start. */
  void append(int cp, long end) {
    if (Marks.isSpace(cp)) {
      appendSpace(end);
      return;
    }
    speakable += Marks.isSpeakable(cp) ? 1 : 0;
    pictures += Marks.isPicture(cp) ? 1 : 0;
    text.appendCodePoint(cp);
    fill(end);
  }

  private void appendSpace(long end) {
    int length = text.length();
    if (length > 0 && text.charAt(length - 1) == ' ') {
      ends[length - 1] = end;
    } else if (length > 0) {
      text.append(' ');
      fill(end);
    }
  }

  private void fill(long end) {
    if (text.length() > ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    ends[text.length() - 1] = end;
    if (text.length() > 1 && Character.isLowSurrogate(text.charAt(text.length() - 1))) {
      ends[text.length() - 2] = end;
    }
  }

  /** Takes the first {@code count} units away, and the white space after them. */
  Piece cut(int count) {
    int from = count;
    while (from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    Piece piece = new Piece(text.substring(0, count).strip(), ends[count - 1]);
    text.delete(0, from);
    System.arraycopy(ends, from, ends, 0, text.length());
    speakable = (int) text.codePoints().filter(Marks::isSpeakable).count();
    pictures = (int) text.codePoints().filter(Marks::isPicture).count();
    return piece;
  }

  /** Takes white space at the end back. */
  void trimEnd() {
    text.setLength(trimmedLength());
  }

  void clear() {
    text.setLength(0);
    speakable = 0;
    pictures = 0;
  }

  boolean isSpeakable() {
    return speakable > 0;
  }

  boolean hasPicture() {
    return pictures > 0;
  }

  boolean isSpeakable(int from, int to) {
    return speakable > 0 && text.substring(from, to).codePoints().anyMatch(Marks::isSpeakable);
  }

  /** The length without white space at the end. */
  int trimmedLength() {
    int length = text.length();
    return length > 0 && text.charAt(length - 1) == ' ' ? length - 1 : length;
  }

  /** The code point that ends before {@code index}; a space at the start. */
  int before(int index) {
    return index <= 0 ? ' ' : text.codePointBefore(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
