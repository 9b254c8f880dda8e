package io.voicebus.launcher;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Setting;
import io.voicebus.contract.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was set, and where: flags win over the environment, which wins over the file. Each value is
 * checked alone, whichever role reads it; rules over several settings are checked by the roles.
 */
final class Configuration {
  /** Names the file, when it is none of the usual ones in the working directory. */
  static final String FILE_VARIABLE = "VOICEBUS_CONFIG";

  private final Map<String, FoundSettings.Value> values;
  private final List<String> notes;

  private Configuration(FoundSettings found) {
    this.values = found.values();
    this.notes = found.notes();
  }

  /** Reads the file and the environment, where no flags are given. */
  static Configuration load(Map<String, String> environment, Path directory) {
    return load(environment, directory, Map.of());
  }

  /**
   * Reads the file and the environment, and adds the flags.
   *
   * @param directory where files are looked for
   * @param flags values by what is behind the dashes; see {@link SettingFlags}
   * @throws IllegalArgumentException for a file that cannot be read, and for names and values,
   *     wherever they stand, that do not exist or are not allowed
   */
  static Configuration load(
      Map<String, String> environment, Path directory, Map<String, String> flags) {
    FoundSettings found = new FoundSettings(directory);
    String file = environment.getOrDefault(FILE_VARIABLE, "");
    if (flags.containsKey(SettingFlags.CONFIG)) {
      SettingsFile.readNamed(
          directory,
          flags.getOrDefault(SettingFlags.CONFIG, ""),
          "--" + SettingFlags.CONFIG,
          found);
    } else if (!file.isBlank()) {
      SettingsFile.readNamed(directory, file, FILE_VARIABLE, found);
    } else {
      SettingsFile.readUsual(directory, found);
    }
    EnvironmentVariables.read(environment, found);
    SettingFlags.read(flags, found);
    return new Configuration(found);
  }

  /** What variables set, and nothing else. */
  static Configuration of(Map<String, String> variables) {
    FoundSettings found = new FoundSettings(Path.of(""));
    EnvironmentVariables.read(variables, found);
    return new Configuration(found);
  }

  /** What was set, if anything. */
  Optional<String> value(Setting<?> setting) {
    return Optional.ofNullable(values.get(setting.key())).map(FoundSettings.Value::text);
  }

  /** Who has set it, in words, if anybody has. */
  Optional<String> origin(Setting<?> setting) {
    return Optional.ofNullable(values.get(setting.key())).map(FoundSettings.Value::origin);
  }

  /** What was found and has no effect, each in a sentence. */
  List<String> notes() {
    return notes;
  }

  /** The {@code config()} of one role: only what was set. */
  JsonObject of(String role) {
    JsonObject config = new JsonObject();
    for (Setting<?> setting : AllSettings.of(role)) {
      value(setting).ifPresent(text -> config.put(setting.key(), text));
    }
    return config;
  }

  /** The same, with the defaults of what was not set. */
  Settings settings(String role) {
    return new Settings(role, of(role));
  }

  /** The settings of the process itself. */
  Settings launcher() {
    return settings(AllSettings.LAUNCHER);
  }
}
