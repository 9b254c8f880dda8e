package io.voicebus.launcher;

import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.tts.EngineCatalog;
import io.voicebus.tts.embedded.EmbeddedVoice;
import java.util.List;
import java.util.Map;

/** Whether all is spoken by the embedded voice, which knows English alone. */
final class OnlyVoice {
  private OnlyVoice() {}

  /** The engines that the settings choose, each with its model and voice if they are known. */
  static List<String> chosen(Configuration configuration, Vertx vertx) {
    return EngineCatalog.all(vertx, Clock.system()).chosen(configuration.settings(Role.TTS.word()));
  }

  /** Whether what is {@link #chosen} is the embedded voice alone. */
  static boolean isEmbedded(List<String> chosen) {
    return chosen.equals(List.of(EmbeddedVoice.NAME));
  }

  /**
   * The only language of the voices that the settings choose; empty where they may speak several.
   */
  static String language(Configuration configuration, Vertx vertx) {
    return isEmbedded(chosen(configuration, vertx)) ? EmbeddedVoice.LANGUAGE : "";
  }

  /**
   * The language of a text that shows none: that of the only voice, else of the terminal's user.
   *
   * @return a two-letter code; empty if nobody knows
   */
  static String expected(
      Configuration configuration, Vertx vertx, Map<String, String> environment) {
    String only = language(configuration, vertx);
    return only.isEmpty() ? TerminalLanguage.of(environment) : only;
  }
}
