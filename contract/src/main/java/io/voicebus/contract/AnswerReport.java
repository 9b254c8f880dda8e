package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, text source to owner: statistics of a model's answer, once it has ended.
 *
 * @param source which of the sources gave it, as the settings call it
 * @param model the model that really answered, as its service calls it
 * @param ending how it ended
 * @param attempts requests that were made for it, at all services together; at least 1
 * @param promptTokens of the request, as the service counts; 0 when it did not say
 * @param answerTokens of the text; 0 when it did not say
 * @param thoughtTokens of what the model thought and did not say; 0 when it did not say
 * @param continued whether another source had begun the answer, which this one went on with
 */
public record AnswerReport(
    String source,
    String model,
    Ending ending,
    int attempts,
    int promptTokens,
    int answerTokens,
    int thoughtTokens,
    boolean continued)
    implements Message {
  /** Of an answer from its beginning. */
  public AnswerReport(
      String source,
      String model,
      Ending ending,
      int attempts,
      int promptTokens,
      int answerTokens,
      int thoughtTokens) {
    this(source, model, ending, attempts, promptTokens, answerTokens, thoughtTokens, false);
  }

  /** The same, of an answer that another source had begun. */
  public AnswerReport goneOn() {
    return new AnswerReport(
        source, model, ending, attempts, promptTokens, answerTokens, thoughtTokens, true);
  }

  /** How an answer ended. The order is part of the wire format: add at the end. */
  public enum Ending {
    /** In an error. */
    BROKEN_OFF,
    /** The model has said all of it. */
    COMPLETE,
    /** It was cut off at a limit of tokens. */
    TRUNCATED,
    /** A service refused the content. */
    BLOCKED
  }
}
