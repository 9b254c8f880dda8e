package io.voicebus.launcher;

import io.voicebus.contract.LanguageTag;
import java.util.List;
import java.util.Map;

/** The language of the terminal's user, as the environment names it. */
final class TerminalLanguage {
  /** The first that is set counts: POSIX, section 8.2. */
  private static final List<String> VARIABLES = List.of("LC_ALL", "LC_MESSAGES", "LANG");

  private TerminalLanguage() {}

  /**
   * A two-letter code.
   *
   * @return empty where no language is named, as by the locale C
   */
  static String of(Map<String, String> environment) {
    return VARIABLES.stream()
        .map(name -> environment.getOrDefault(name, ""))
        .filter(locale -> !locale.isEmpty() && !isNone(locale))
        .findFirst()
        .flatMap(locale -> LanguageTag.code(locale.split("[.@]", -1)[0]))
        .orElse("");
  }

  /** The locale C, which the start script sets for its letters. */
  private static boolean isNone(String locale) {
    return locale.equals("POSIX") || locale.equals("C") || locale.startsWith("C.");
  }
}
