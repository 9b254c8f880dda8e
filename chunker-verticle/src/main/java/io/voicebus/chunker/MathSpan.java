package io.voicebus.chunker;

import java.util.function.IntConsumer;

/** Maths between marks of two characters, over line ends too. */
final class MathSpan {
  /** Maths that goes on for longer, in code points, has lost its closing mark. */
  private static final int MAX_LENGTH = 2_000;

  private final MathText math = new MathText();
  private String closing = "";
  private int before = ' ';
  private int length;

  /**
   * Begins.
   *
   * @param mark what closes it
   */
  void open(String mark) {
    closing = mark;
    before = ' ';
    length = 0;
    math.reset();
  }

  /**
   * Takes a code point.
   *
   * @param out takes what is to be spoken
   * @return whether the maths has ended
   */
  boolean accept(int cp, IntConsumer out) {
    boolean closes = before == closing.charAt(0) && cp == closing.charAt(1);
    boolean ends = closes || ++length > MAX_LENGTH;
    before = cp;
    if (ends) {
      math.end(out);
    } else {
      math.accept(cp == '\n' ? ' ' : cp, out);
    }
    return ends;
  }
}
