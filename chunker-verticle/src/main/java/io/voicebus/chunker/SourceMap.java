package io.voicebus.chunker;

import io.voicebus.contract.TextPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Which part of the written text each part of a chunk's text stands for: points between which both
 * go on unit by unit.
 *
 * @param points in order, neither offset ever going back
 */
record SourceMap(List<TextPoint> points) {
  SourceMap {
    points = List.copyOf(points);
  }

  /**
   * The map of a text.
   *
   * @param ends where each UTF-16 unit of the text ends in the written text
   * @param from the first unit
   * @param to the unit after the last
   */
  static SourceMap of(long[] ends, int from, int to) {
    List<TextPoint> points = new ArrayList<>();
    long step = Long.MIN_VALUE;
    long last = 0;
    for (int i = from; i < to; i++) {
      long start = Math.max(last, ends[i] - 1);
      if (start - i != step) {
        points.add(new TextPoint(i - from, start));
        step = start - i;
      }
      last = Math.max(last, ends[i]);
    }
    if (last - to != step) {
      points.add(new TextPoint(to - from, last));
    }
    return new SourceMap(points);
  }

  /**
   * How much of the written text has been said.
   *
   * @param said how much of the chunk's text has been
   */
  long writtenAt(int said) {
    return TextPoint.writtenAt(points, said);
  }

  /**
   * The map of another text that says what this one says, such as with numbers written out.
   *
   * @param length the other text's length, in UTF-16 units
   * @param back how much of this text has been said once so much of the other has; never falls
   */
  SourceMap through(int length, IntUnaryOperator back) {
    List<TextPoint> all = new ArrayList<>();
    long step = Long.MIN_VALUE;
    for (int said = 0; said <= length; said++) {
      long written = writtenAt(back.applyAsInt(said));
      if (written - said != step) {
        all.add(new TextPoint(said, written));
        step = written - said;
      }
    }
    return new SourceMap(all);
  }

  /** This map, and the one of a text that follows so many units later. */
  SourceMap then(SourceMap next, int offset) {
    List<TextPoint> all = new ArrayList<>(points);
    for (TextPoint point : next.points) {
      all.add(new TextPoint(point.said() + offset, point.written()));
    }
    return new SourceMap(all);
  }
}
