package io.voicebus.launcher;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command's settings come from: flags, the environment, a file.
 *
 * @param environment variables and their values
 * @param directory the working directory
 * @param flags of the command line, known when it is parsed
 */
record SettingSources(Map<String, String> environment, Path directory, SettingFlags flags) {
  /** Reads them; throws as {@link Configuration#load(Map, Path, Map)}. */
  Configuration load() {
    return Configuration.load(environment, directory, flags.given());
  }
}
