package io.voicebus.emulators;

import java.util.List;
import java.util.Optional;

/** Collects a context's text until it is worth a segment of speech. NOT thread-safe. */
final class ElevenTextBuffer {
  static final List<Integer> SCHEDULE = List.of(120, 160, 250, 290);

  /** From here on a client may ask for speech by {@code try_trigger_generation}. */
  private static final int WORTH_TRYING = 50;

  private final boolean autoMode;
  private final List<Integer> schedule;
  private final StringBuilder held = new StringBuilder();
  private int segments;

  ElevenTextBuffer(boolean autoMode, List<Integer> schedule) {
    this.autoMode = autoMode;
    this.schedule = schedule;
  }

  /** Takes text, and gives the segment that is due, if one is. */
  Optional<String> add(String text, boolean trigger) {
    held.append(text);
    int enough = schedule.get(Math.min(segments, schedule.size() - 1));
    boolean due = autoMode || held.length() >= enough || (trigger && held.length() >= WORTH_TRYING);
    return due ? flush() : Optional.empty();
  }

  /** All that is held, unless it is blank: blanks make no sound of their own. */
  Optional<String> flush() {
    String segment = held.toString().stripLeading();
    if (segment.isEmpty()) {
      return Optional.empty();
    }
    held.setLength(0);
    segments++;
    return Optional.of(segment);
  }
}
