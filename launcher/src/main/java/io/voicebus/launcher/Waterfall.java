package io.voicebus.launcher;

import io.voicebus.turn.TurnTimings;
import io.voicebus.turn.TurnTimings.Milestone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A turn's milestones, one below the other; each begins where the one before it ends. */
final class Waterfall {
  private static final int WIDTH = 40;
  private static final String ROW = "  %-14s |%-" + WIDTH + "s| %9.1f ms  +%.1f";

  private Waterfall() {}

  /** Lines of text, without one for a milestone that was not reached. */
  static List<String> of(TurnTimings timings) {
    long whole = 1;
    for (Milestone milestone : Milestone.values()) {
      whole = Math.max(whole, timings.nanos(milestone));
    }
    List<String> lines = new ArrayList<>();
    long before = 0;
    for (Milestone milestone : Milestone.values()) {
      long at = timings.nanos(milestone);
      if (at >= 0) {
        lines.add(row(name(milestone), before, Math.max(before, at), whole));
        before = Math.max(before, at);
      }
    }
    return lines;
  }

  private static String name(Milestone milestone) {
    return switch (milestone) {
      case FIRST_DELTA -> "first text";
      case FIRST_CHUNK -> "first sentence";
      case FIRST_FRAME -> "voice answers";
      case FIRST_AUDIO -> "first sound";
      case END -> "end";
    };
  }

  private static String row(String name, long from, long to, long whole) {
    int begin = (int) Math.min(WIDTH - 1, from * WIDTH / whole);
    int end = (int) Math.max(begin + 1, Math.round((double) to * WIDTH / whole));
    String bar = " ".repeat(begin) + "#".repeat(end - begin);
    return String.format(Locale.ROOT, ROW, name, bar, to / 1e6, (to - from) / 1e6);
  }
}
