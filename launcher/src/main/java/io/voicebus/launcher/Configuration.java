package io.voicebus.launcher;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was set, and where: flags win over the environment, which wins over the file. Values are
 * checked by the verticles that take them; here, only that every key exists.
 */
final class Configuration {
  /** Names the file, when it is not {@code voicebus.properties} in the working directory. */
  static final String FILE_VARIABLE = "VOICEBUS_CONFIG";

  /** Read elsewhere: by this class, by the start script, by the logging. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(FILE_VARIABLE, "VOICEBUS_JAVA_OPTIONS", "VOICEBUS_LOG_LEVEL");

  private static final Path DEFAULT_FILE = Path.of("voicebus.properties");

  private final Map<String, String> values = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * Reads the file and the environment.
   *
   * @param directory where the default file is looked for
   * @throws IllegalArgumentException for a file that cannot be read, or has a key that does not
   *     exist
   */
  static Configuration load(Map<String, String> environment, Path directory) {
    Configuration configuration = new Configuration();
    String named = environment.getOrDefault(FILE_VARIABLE, "");
    Path file = directory.resolve(named.isEmpty() ? DEFAULT_FILE : Path.of(named));
    if (!named.isEmpty() || Files.exists(file)) {
      configuration.readFile(file);
    }
    configuration.readEnvironment(environment);
    return configuration;
  }

  private void readFile(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the settings in " + file + ": " + e, e);
    }
    for (String key : properties.stringPropertyNames()) {
      if (find(key) == null) {
        throw new IllegalArgumentException(
            file + " sets '" + key + "', which does not exist: the README lists all settings");
      }
      values.put(key, properties.getProperty(key));
    }
  }

  private void readEnvironment(Map<String, String> environment) {
    for (Setting setting : Setting.ALL) {
      String value = environment.getOrDefault(setting.variable(), "");
      if (!value.isBlank()) {
        values.put(setting.key(), value);
      }
    }
    for (String name : environment.keySet()) {
      if (name.startsWith("VOICEBUS_")
          && !OTHER_VARIABLES.contains(name)
          && Setting.ALL.stream().noneMatch(s -> s.variable().equals(name))) {
        warnings.add("the environment sets " + name + ", which does not exist: it is ignored");
      }
    }
  }

  private static @Nullable Setting find(String key) {
    return Setting.ALL.stream().filter(s -> s.key().equals(key)).findFirst().orElse(null);
  }

  /** What looks like a typing error. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Sets a value as a flag does; empty leaves it as it is. */
  Configuration with(String key, String value) {
    if (find(key) == null) {
      throw new IllegalArgumentException("there is no setting '" + key + "'");
    }
    if (!value.isBlank()) {
      values.put(key, value);
    }
    return this;
  }

  /** What was set, if anything. */
  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The {@code config()} of one role: only what was set. */
  JsonObject of(String role) {
    JsonObject config = new JsonObject();
    for (Setting setting : Setting.ALL) {
      String value = values.get(setting.key());
      if (List.of(setting.role().split(", ")).contains(role) && value != null) {
        config.put(setting.key(), value);
      }
    }
    return config;
  }
}
