package io.voicebus.launcher;

import io.voicebus.contract.FileTrouble;
import io.voicebus.contract.TextFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The file of settings: {@code key=value}, or YAML where its name says so. */
final class SettingsFile {
  /** Where no file is named: in the working directory. */
  private static final List<String> USUAL =
      List.of("voicebus.properties", "voicebus.yaml", "voicebus.yml");

  private SettingsFile() {}

  /**
   * Reads the usual file, if there is one.
   *
   * @throws IllegalArgumentException if it cannot be read, or there are two
   */
  static void readUsual(Path directory, FoundSettings into) {
    List<String> there = USUAL.stream().filter(n -> Files.exists(directory.resolve(n))).toList();
    if (there.size() > 1) {
      into.fault(
          "there are "
              + String.join(" and ", there)
              + ": keep one of them, or name it with --config");
    } else if (!there.isEmpty()) {
      read(directory.resolve(there.get(0)), "", into);
    }
  }

  /**
   * Reads the file that was named.
   *
   * @param by what names it
   * @throws IllegalArgumentException if it cannot be read
   */
  static void readNamed(Path directory, String name, String by, FoundSettings into) {
    Path file;
    try {
      file = directory.resolve(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(by + " is '" + name + "': that is no name of a file", e);
    }
    read(file, ", which " + by + " names", into);
  }

  private static void read(Path file, String named, FoundSettings into) {
    try {
      String text = TextFile.read(file);
      boolean yaml = file.toString().matches(".*\\.ya?ml");
      (yaml ? YamlSettings.read(text, file.toString()) : properties(text, file, into))
          .forEach((key, value) -> set(file, key, value, into));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the settings in " + file + named + ": " + FileTrouble.inWords(file, e), e);
    }
  }

  private static Map<String, String> properties(String text, Path file, FoundSettings into)
      throws IOException {
    Set<String> twice = new TreeSet<>();
    Properties properties =
        new Properties() {
          @Override
          public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
              twice.add(key.toString());
            }
            return super.put(key, value);
          }
        };
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) { // it does not say of which file
      throw new IllegalArgumentException(
          file
              + " has a backslash and u without four hexadecimal digits: write two backslashes for one",
          e);
    }
    twice.forEach(key -> into.fault(file + " sets '" + key + "' twice: keep one of the lines"));
    Map<String, String> values = new TreeMap<>();
    properties.forEach((key, value) -> values.put(key.toString(), value.toString()));
    return values;
  }

  private static void set(Path file, String key, String value, FoundSettings into) {
    String origin = "'" + key + "' in " + file;
    if (AllSettings.named(key).isEmpty() && FoundSettings.inFile(key).isEmpty()) {
      into.fault(file + " sets '" + key + "', which does not exist: " + meant(key));
    } else if (value.isBlank()) {
      into.fault(file + " sets '" + key + "', but to nothing: give it a value, or remove the line");
    } else {
      AllSettings.named(key)
          .ifPresentOrElse(
              setting -> into.set(setting, value, origin),
              () ->
                  FoundSettings.inFile(key)
                      .ifPresent(setting -> into.setFromFile(setting, value, origin)));
    }
  }

  private static String meant(String key) {
    String bare = key.startsWith("VOICEBUS_") ? key.substring("VOICEBUS_".length()) : key;
    return NearestName.of(bare, AllSettings.keys())
        .map(near -> "is '" + near + "' meant?")
        .orElse("'voicebus config --explain' lists all settings");
  }
}
