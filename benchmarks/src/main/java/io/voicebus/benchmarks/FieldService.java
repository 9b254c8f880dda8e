package io.voicebus.benchmarks;

import java.util.List;

/**
 * How long a service took from the first request for speech to its first audio, as Picovoice has
 * measured and published it ({@value #SOURCE}, {@code results/data}, {@value #DATE}), with the mean
 * of some 200 answers of a model on the same machine. Only the delay is emulated: not the service's
 * protocol, nor its variance.
 *
 * @param name of the service
 * @param firstByteMs {@code mean_tts_process_seconds}
 * @param toSpeechMs {@code mean_first_token_to_speech}: what they measured from the model's first
 *     token to the first audio
 * @param wholeAnswer whether they gave it the answer when that was complete; else as it came
 */
record FieldService(String name, int firstByteMs, int toSpeechMs, boolean wholeAnswer) {
  static final String SOURCE = "https://github.com/Picovoice/tts-latency-benchmark";
  static final String DATE = "16 January 2026, commit cd40ea84";

  /** {@code mean_time_to_first_token}, of which the services' runs have 75 to 80. */
  static final int FIRST_TOKEN_MS = 76;

  /** {@code mean_num_tokens_per_second}. */
  static final int TOKENS_PER_SECOND = 70;

  /** {@code mean_num_words} of an answer; the services' runs have 74 to 79. */
  static final int WORDS = 76;

  static final FieldService ELEVENLABS = new FieldService("ElevenLabs", 104, 1_473, true);

  /** The slowest first: what Voicebus has learnt of a fast one would make it impatient. */
  static final List<FieldService> ALL =
      List.of(
          new FieldService("OpenAI", 1_437, 2_848, true),
          new FieldService("ElevenLabs, text streamed in", 311, 335, false),
          new FieldService("Azure", 147, 1_576, true),
          ELEVENLABS,
          new FieldService("Amazon Polly", 65, 1_539, true),
          new FieldService("Picovoice Orca", 21, 95, false));
}
