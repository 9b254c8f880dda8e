package io.voicebus.gemini;

/**
 * What an answer has cost so far, as its service counts; 0 for what it did not say.
 *
 * @param model the one that really answered, or empty
 * @param promptTokens of the request
 * @param answerTokens of the text
 * @param thoughtTokens of what the model thought and did not say
 */
record ModelUsage(String model, int promptTokens, int answerTokens, int thoughtTokens) {
  static final ModelUsage NONE = new ModelUsage("", 0, 0, 0);

  /** A count under 0 is none. */
  ModelUsage {
    promptTokens = Math.max(0, promptTokens);
    answerTokens = Math.max(0, answerTokens);
    thoughtTokens = Math.max(0, thoughtTokens);
  }
}
