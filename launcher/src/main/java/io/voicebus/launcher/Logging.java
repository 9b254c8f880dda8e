package io.voicebus.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What of the log a command needs. */
final class Logging {
  /**
   * Of those that warn at the start of a service that is not ready: for a server that is news, but
   * the one turn of a command goes on to say the same.
   */
  private static final List<String> READINESS =
      List.of(
          "io.voicebus.gemini.ModelService",
          "io.voicebus.tts.ElevenLabsEngine",
          "io.voicebus.tts.ElevenSocketPool",
          "io.voicebus.tts.FailoverEngine");

  private Logging() {}

  /** Unless more than warnings is wanted, the turn's own message says it. */
  static void leaveReadinessToTheMessage() {
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root
        && Level.WARN.equals(root.getLevel())) {
      for (String name : READINESS) {
        ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.ERROR);
      }
    }
  }
}
