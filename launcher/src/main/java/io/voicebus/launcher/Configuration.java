package io.voicebus.launcher;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was set, and where: flags win over the environment, which wins over the file. Values are
 * checked by the verticles that take them; here, only that every key exists and has a value.
 */
final class Configuration {
  /** Names the file, when it is not {@code voicebus.properties} in the working directory. */
  static final String FILE_VARIABLE = "VOICEBUS_CONFIG";

  private static final String DEFAULT_FILE = "voicebus.properties";

  private final Map<String, String> values = new TreeMap<>();

  /**
   * Reads the file and the environment.
   *
   * @param directory where the default file is looked for
   * @throws IllegalArgumentException for a file that cannot be read, and for names, in the file or
   *     the environment, that do not exist or have no value
   */
  static Configuration load(Map<String, String> environment, Path directory) {
    Configuration configuration = new Configuration();
    Map<String, String> set = EnvironmentVariables.settings(environment);
    String named = environment.getOrDefault(FILE_VARIABLE, "");
    Path file = file(directory, named.isEmpty() ? DEFAULT_FILE : named);
    if (!named.isEmpty() || Files.exists(file)) {
      configuration.readFile(file, !named.isEmpty());
    }
    configuration.values.putAll(set);
    return configuration;
  }

  private static Path file(Path directory, String name) {
    try {
      return directory.resolve(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          FILE_VARIABLE + " is '" + name + "': that is no name of a file", e);
    }
  }

  private void readFile(Path file, boolean named) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the settings in "
              + file
              + (named ? ", which " + FILE_VARIABLE + " names: " : ": ")
              + inWords(file, e),
          e);
    }
    List<String> faults = new ArrayList<>();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      String value = properties.getProperty(key);
      if (!exists(key)) {
        faults.add(file + " sets '" + key + "', which does not exist: " + meant(key));
      } else if (value.isBlank()) {
        faults.add(
            file + " sets '" + key + "', but to nothing: give it a value, or remove the line");
      } else {
        values.put(key, value);
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
  }

  private static String inWords(Path file, IOException problem) {
    if (Files.notExists(file)) {
      return "there is no such file";
    }
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    if (!Files.isReadable(file)) {
      return "it may not be read by this user";
    }
    return problem instanceof CharacterCodingException ? "it is not UTF-8" : problem.toString();
  }

  private static boolean exists(String key) {
    return Setting.ALL.stream().anyMatch(setting -> setting.key().equals(key));
  }

  private static String meant(String key) {
    List<String> keys = Setting.ALL.stream().map(Setting::key).toList();
    String bare = key.startsWith("VOICEBUS_") ? key.substring("VOICEBUS_".length()) : key;
    return NearestName.of(bare, keys)
        .map(near -> "is '" + near + "' meant?")
        .orElse("the README lists all settings");
  }

  /** Sets a value as a flag does; empty leaves it as it is. */
  Configuration with(String key, String value) {
    if (!exists(key)) {
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
