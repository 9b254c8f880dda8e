package io.voicebus.benchmarks;

/**
 * What is kept of an answer.
 *
 * @param question its number
 * @param heard by who plays it as it comes
 * @param wholeMs from when the question was due to the end of the response
 */
record FieldTurn(LoadFlow flow, int question, FieldHeard heard, double wholeMs) {

  /** As Picovoice counts: from the model's first token to the first audio. */
  double toSpeechMs() {
    return heard.firstByteMs() - FieldService.FIRST_TOKEN_MS;
  }
}
