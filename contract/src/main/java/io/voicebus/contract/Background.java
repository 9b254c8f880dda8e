package io.voicebus.contract;

import java.util.List;

/**
 * What a caller that keeps its conversations itself tells a model before the prompt.
 *
 * @param system how it is to answer, besides what the settings say; empty for nothing
 * @param history what was said before, oldest first
 * @param limits where the answer is to end at the latest
 */
public record Background(String system, List<Exchange> history, AnswerLimits limits) {
  /** Nothing is told. */
  public static final Background NONE = new Background("", List.of());

  /** Without limits. */
  public Background(String system, List<Exchange> history) {
    this(system, history, AnswerLimits.NONE);
  }

  /** Copies the list. */
  public Background {
    history = List.copyOf(history);
  }

  /** The same with other limits. */
  public Background withLimits(AnswerLimits other) {
    return new Background(system, history, other);
  }

  /** UTF-16 units of all of it. */
  public int chars() {
    return system.length()
        + history.stream().mapToInt(past -> past.prompt().length() + past.answer().length()).sum();
  }
}
