package io.voicebus.contract;

import java.util.List;

/**
 * What a caller that keeps its conversations itself tells a model before the prompt.
 *
 * @param system how it is to answer, besides what the settings say; empty for nothing
 * @param history what was said before, oldest first
 */
public record Background(String system, List<Exchange> history) {
  /** Nothing is told. */
  public static final Background NONE = new Background("", List.of());

  /** Copies the list. */
  public Background {
    history = List.copyOf(history);
  }

  /** UTF-16 units of all of it. */
  public int chars() {
    return system.length()
        + history.stream().mapToInt(past -> past.prompt().length() + past.answer().length()).sum();
  }
}
