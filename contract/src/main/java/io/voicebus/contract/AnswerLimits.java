package io.voicebus.contract;

import java.util.List;

/**
 * Where a caller wants a model's answer to end at the latest.
 *
 * @param maxTokens the most tokens, as the model's service counts them; 0 for its own limit
 * @param stops texts before which the answer ends; mostly none
 */
public record AnswerLimits(int maxTokens, List<Stop> stops) {
  /**
   * A text before which an answer ends.
   *
   * @param text not empty
   */
  public record Stop(String text) {}

  /** The model decides. */
  public static final AnswerLimits NONE = new AnswerLimits(0, List.of());

  /** Copies the list. */
  public AnswerLimits {
    stops = List.copyOf(stops);
  }

  /** With these texts. */
  public static AnswerLimits of(int maxTokens, List<String> stops) {
    return new AnswerLimits(maxTokens, stops.stream().map(Stop::new).toList());
  }

  /** The texts before which the answer ends. */
  public List<String> stopTexts() {
    return stops.stream().map(Stop::text).toList();
  }

  /**
   * The lower one of the caller's and another limit of tokens.
   *
   * @param other 0 for none
   * @return 0 if there is neither
   */
  public int maxTokens(int other) {
    return maxTokens == 0 || other == 0 ? Math.max(maxTokens, other) : Math.min(maxTokens, other);
  }
}
