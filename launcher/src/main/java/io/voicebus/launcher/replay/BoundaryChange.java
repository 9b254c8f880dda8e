package io.voicebus.launcher.replay;

import io.voicebus.contract.ChunkCaption;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of the text that is cut into other chunks than it was. Offsets are UTF-16 units of the
 * text.
 *
 * @param start where it starts
 * @param end the unit after it
 * @param recorded the chunks that it was
 * @param replayed the chunks that it is
 */
public record BoundaryChange(
    long start, long end, List<ChunkCaption> recorded, List<ChunkCaption> replayed) {
  public BoundaryChange {
    recorded = List.copyOf(recorded);
    replayed = List.copyOf(replayed);
  }

  /** All of them, in order. */
  public static List<BoundaryChange> between(List<ChunkCaption> recorded, List<ChunkCaption> now) {
    List<BoundaryChange> changes = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < recorded.size() || j < now.size()) {
      int fromI = i;
      int fromJ = j;
      long endI = i < recorded.size() ? recorded.get(i++).sourceEnd() : Long.MAX_VALUE;
      long endJ = j < now.size() ? now.get(j++).sourceEnd() : Long.MAX_VALUE;
      while (endI != endJ && (i < recorded.size() || j < now.size())) {
        if (j == now.size() || (endI < endJ && i < recorded.size())) {
          endI = recorded.get(i++).sourceEnd();
        } else {
          endJ = now.get(j++).sourceEnd();
        }
      }
      List<ChunkCaption> was = recorded.subList(fromI, i);
      List<ChunkCaption> is = now.subList(fromJ, j);
      if (was.size() != 1 || is.size() != 1 || !same(was.get(0), is.get(0))) {
        changes.add(new BoundaryChange(start(was, is), end(was, is), was, is));
      }
    }
    return changes;
  }

  private static boolean same(ChunkCaption one, ChunkCaption other) {
    return one.sourceEnd() == other.sourceEnd() && one.words().equals(other.words());
  }

  private static long start(List<ChunkCaption> was, List<ChunkCaption> is) {
    return Math.min(
        was.isEmpty() ? Long.MAX_VALUE : was.get(0).sourceStart(),
        is.isEmpty() ? Long.MAX_VALUE : is.get(0).sourceStart());
  }

  private static long end(List<ChunkCaption> was, List<ChunkCaption> is) {
    return Math.max(
        was.isEmpty() ? 0 : was.get(was.size() - 1).sourceEnd(),
        is.isEmpty() ? 0 : is.get(is.size() - 1).sourceEnd());
  }
}
