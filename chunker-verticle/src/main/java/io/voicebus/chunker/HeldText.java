package io.voicebus.chunker;

import java.util.Arrays;

/** Code points with their offsets, held until what follows shows what they mean. */
final class HeldText {
  private int[] codePoints = new int[16];
  private long[] ends = new long[16];
  private int size;

  void add(int codePoint, long end) {
    if (size == codePoints.length) {
      codePoints = Arrays.copyOf(codePoints, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    codePoints[size] = codePoint;
    ends[size++] = end;
  }

  int size() {
    return size;
  }

  int codePoint(int index) {
    return codePoints[index];
  }

  long end(int index) {
    return ends[index];
  }

  /** Empties this and returns what it held. */
  HeldText take() {
    HeldText taken = new HeldText();
    taken.codePoints = codePoints;
    taken.ends = ends;
    taken.size = size;
    codePoints = new int[16];
    ends = new long[16];
    size = 0;
    return taken;
  }

  /** Passes all of it on. */
  void passTo(TextFilter next) {
    for (int i = 0; i < size; i++) {
      next.accept(codePoints[i], ends[i]);
    }
  }

  /** A part of it, as another text. */
  HeldText range(int from, int to) {
    HeldText part = new HeldText();
    part.codePoints = Arrays.copyOfRange(codePoints, from, Math.max(to, from + 1));
    part.ends = Arrays.copyOfRange(ends, from, Math.max(to, from + 1));
    part.size = to - from;
    return part;
  }

  /** Forgets all but the last code points. */
  void keepLast(int count) {
    int from = size - count;
    System.arraycopy(codePoints, from, codePoints, 0, count);
    System.arraycopy(ends, from, ends, 0, count);
    size = count;
  }

  void clear() {
    size = 0;
  }

  @Override
  public String toString() {
    return new String(codePoints, 0, size);
  }
}
