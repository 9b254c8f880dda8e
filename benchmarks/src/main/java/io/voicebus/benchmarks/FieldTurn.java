package io.voicebus.benchmarks;

/**
 * What is kept of an answer.
 *
 * @param question its number
 * @param heard by who plays it as it comes
 * @param wholeMs from when the question was due to the end of the response
 * @param resumed how often speech broke off in it, and went on in another attempt
 */
record FieldTurn(LoadFlow flow, int question, FieldHeard heard, double wholeMs, int resumed) {

  /** As Picovoice counts: from the model's first token to the first audio. */
  double toSpeechMs() {
    return heard.firstByteMs() - FieldService.FIRST_TOKEN_MS;
  }
}
