package io.voicebus.chunker.spoken;

import java.util.ArrayList;
import java.util.List;

/**
 * What is said for a text, and which part of the one stands for which part of the other.
 *
 * @param said what is said
 * @param edits the parts that differ, in order, none overlapping another; all between them is said
 *     as it is written
 */
public record SaidText(String said, List<Edit> edits) {
  /**
   * A part that is said otherwise than it is written. Offsets are UTF-16 units, ends exclusive.
   *
   * @param start where it starts in the written text
   * @param end where it ends in the written text
   * @param saidStart where it starts in the said text
   * @param saidEnd where it ends in the said text
   */
  public record Edit(int start, int end, int saidStart, int saidEnd) {}

  public SaidText {
    edits = List.copyOf(edits);
  }

  /** A text that is said as it is written. */
  public static SaidText same(String text) {
    return new SaidText(text, List.of());
  }

  /**
   * How much of the written text has been said once {@code saidOffset} units of the said text have:
   * a replaced part counts when it is said to its end. Never falls as {@code saidOffset} grows.
   */
  public int writtenAt(int saidOffset) {
    int shift = 0;
    for (Edit edit : edits) {
      if (saidOffset < edit.saidEnd()) {
        return Math.min(saidOffset + shift, edit.start());
      }
      shift = edit.end() - edit.saidEnd();
    }
    return Math.max(0, saidOffset + shift);
  }

  /** This text, of which {@code later} says what this one says: the map from first to last. */
  public SaidText then(SaidText later) {
    if (edits.isEmpty()) {
      return later;
    }
    List<Edit> all = new ArrayList<>();
    int mine = 0;
    int theirs = 0;
    while (mine < edits.size() || theirs < later.edits.size()) {
      // a group of edits that touch each other in the text between
      int from = Integer.MAX_VALUE;
      if (mine < edits.size()) {
        from = edits.get(mine).saidStart();
      }
      if (theirs < later.edits.size()) {
        from = Math.min(from, later.edits.get(theirs).start());
      }
      int to = from;
      int firstMine = mine;
      int firstTheirs = theirs;
      boolean grew = true;
      while (grew) {
        grew = false;
        if (mine < edits.size()
            && (mine == firstMine || edits.get(mine).saidStart() < to)
            && edits.get(mine).saidStart() <= to) {
          to = Math.max(to, edits.get(mine++).saidEnd());
          grew = true;
        }
        if (theirs < later.edits.size()
            && (theirs == firstTheirs || later.edits.get(theirs).start() < to)
            && later.edits.get(theirs).start() <= to) {
          to = Math.max(to, later.edits.get(theirs++).end());
          grew = true;
        }
      }
      all.add(
          new Edit(
              back(from, firstMine),
              back(to, mine),
              later.on(from, firstTheirs),
              later.on(to, theirs)));
    }
    return new SaidText(later.said, all);
  }

  /** Where an offset of the said text is in the written one, after {@code count} edits. */
  private int back(int saidOffset, int count) {
    return count == 0
        ? saidOffset
        : saidOffset + edits.get(count - 1).end() - edits.get(count - 1).saidEnd();
  }

  /** Where an offset of the written text is in the said one, after {@code count} edits. */
  private int on(int offset, int count) {
    return count == 0
        ? offset
        : offset + edits.get(count - 1).saidEnd() - edits.get(count - 1).end();
  }
}
