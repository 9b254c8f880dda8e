package io.voicebus.launcher;

import java.util.List;
import java.util.Locale;

/**
 * One setting: in a file as {@code key=value}, in the environment as {@code VOICEBUS_KEY}. The
 * verticle that takes it checks its value.
 *
 * @param key lower-case-dashed
 * @param role whose {@code config()} it goes to, or {@code launcher}
 * @param fallback the default, in words
 * @param meaning in one sentence
 */
record Setting(String key, String role, String fallback, String meaning) {
  static final String LAUNCHER = "launcher";

  /** All of them, in the order of the documentation. */
  static final List<Setting> ALL =
      List.of(
          new Setting("host", "http", "127.0.0.1", "Address to listen on."),
          new Setting("port", "http", "8080", "Port to listen on; 0 for any free one."),
          new Setting(
              "allowed-hosts",
              "http",
              "the loopback names",
              "Further names, comma-separated, under which the server may be addressed."),
          new Setting(
              "allowed-origins",
              "http",
              "none",
              "Further web origins, comma-separated, whose pages may send requests."),
          new Setting("max-turns", "http", "1000", "Turns at once; one more gets 429."),
          new Setting("max-prompt-bytes", "http", "2097152", "Longest prompt, as UTF-8."),
          new Setting(
              "attach-ms", "http", "30000", "A turn that nobody listens to for so long ends."),
          new Setting(
              "stalled-ms",
              "http",
              "120000",
              "A listener that takes nothing for so long, without pausing, loses its turn."),
          new Setting(
              "drain-ms",
              "http",
              "10000",
              "How long running turns may finish when Voicebus stops."),
          new Setting("stages-ms", "http", "5000", "How long the stages may take to answer."),
          new Setting("request-ms", "http", "10000", "How long a request may take to arrive."),
          new Setting("keep-alive-ms", "http", "75000", "How long an idle connection is kept."),
          new Setting(
              "heartbeat-ms", "http", "15000", "Between two comments in a stream of events."),
          new Setting("events-bytes", "http", "262144", "What is kept of one turn's events."),
          new Setting("kept-turns", "http", "1000", "How many ended turns are kept."),
          new Setting("kept-ms", "http", "60000", "How long ended turns are kept."),
          new Setting("source", "gemini", "reader", "Where answers come from: `reader`."),
          new Setting(
              "reader-delta-chars", "gemini", "4", "Characters of one delta of the reader."),
          new Setting(
              "reader-deltas-per-second",
              "gemini",
              "60",
              "Pace of the reader; 0 for as fast as it is taken."),
          new Setting("max-chunk-chars", "chunker", "400", "Longest chunk."),
          new Setting(
              "stall-ms",
              "chunker",
              "700",
              "What a stalled model has written so far is spoken after so long."),
          new Setting(
              "code-remark", "chunker", "empty", "What is said in place of a block of code."),
          new Setting("engine", "tts", "embedded", "What speaks: `embedded`."),
          new Setting("slots", "tts", "2", "Chunks that one TTS instance speaks at once."),
          new Setting(
              "chunk-timeout-ms",
              "tts",
              "10000",
              "An engine that is silent for so long has failed."),
          new Setting("tts-instances", LAUNCHER, "1", "TTS instances in this JVM."),
          new Setting(
              "lookahead-ms",
              "playback",
              "20000",
              "How much speech is made ahead of the listener at real-time pace."),
          new Setting(
              "turn-bytes",
              "playback",
              "2097152",
              "Audio held for one turn, beyond the next chunk."),
          new Setting("chunk-bytes", "playback", "2097152", "Audio held for one chunk."));

  /** Its name in the environment. */
  String variable() {
    return "VOICEBUS_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
