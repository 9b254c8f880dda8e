package io.voicebus.contract;

import java.util.List;

/**
 * A place at which a spoken text and the written one keep step: from here to the next point each
 * UTF-16 unit of the one stands for a unit of the other, as far as both reach.
 *
 * @param said how much of the text that a voice is given for a chunk comes before it
 * @param written how much of the turn's text comes before it
 */
public record TextPoint(int said, long written) {
  /**
   * How much of the written text has been said.
   *
   * @param points in order, neither offset ever going back
   * @param said how much of the spoken text has been
   */
  public static long writtenAt(List<TextPoint> points, int said) {
    long written = 0;
    for (int i = 0; i < points.size() && points.get(i).said() <= said; i++) {
      TextPoint point = points.get(i);
      long next = i + 1 < points.size() ? points.get(i + 1).written() : Long.MAX_VALUE;
      written = Math.min(point.written() + said - point.said(), next);
    }
    return written;
  }
}
