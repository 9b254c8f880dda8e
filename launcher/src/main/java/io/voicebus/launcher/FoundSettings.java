package io.voicebus.launcher;

import io.voicebus.contract.FileTrouble;
import io.voicebus.contract.Setting;
import io.voicebus.contract.TextFile;
import io.voicebus.tts.EngineCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the sources of settings say, one after the other, where a later one wins. Mistakes are
 * collected, so that a person is told of all at once.
 */
final class FoundSettings {
  /** At the end of a key, or of a variable as {@code _FILE}: the value is in a file. */
  static final String IN_A_FILE = "-file";

  /** More is no setting: somebody has named another file. */
  private static final long MOST_BYTES = 64 * 1024;

  /**
   * A value.
   *
   * @param text as it was written
   * @param origin who has set it, for a person: {@code --port}, {@code VOICEBUS_PORT in the
   *     environment}
   */
  record Value(String text, String origin) {}

  private final Path directory;
  private final Map<String, Value> values = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param directory where the names of files begin
   */
  FoundSettings(Path directory) {
    this.directory = directory;
  }

  /** Sets a value; one that is not allowed is a mistake, also where another one wins. */
  void set(Setting<?> setting, String text, String origin) {
    setting.fault(origin, text).ifPresent(this::fault);
    EngineCatalog.unknownEngine(setting, text.strip())
        .ifPresent(known -> fault(origin + " is '" + text.strip() + "': it must be " + known));
    values.put(setting.key(), new Value(text.strip(), origin));
  }

  /** Sets a value to what is in a file, as containers are given secrets. */
  void setFromFile(Setting<?> setting, String file, String origin) {
    try {
      Path path = directory.resolve(file.strip());
      if (Files.isRegularFile(path) && Files.size(path) > MOST_BYTES) {
        fault(origin + " names " + file + ", which is too large for a setting");
        return;
      }
      String text = TextFile.read(path).strip();
      if (text.isEmpty()) {
        fault(origin + " names " + file + ", which is empty");
      } else {
        set(setting, text, path + " (" + origin + ")");
      }
    } catch (IOException e) {
      fault(
          origin
              + " names "
              + file
              + ": "
              + FileTrouble.inWords(directory.resolve(file.strip()), e));
    } catch (InvalidPathException e) {
      fault(origin + " is '" + file + "': that is no name of a file");
    }
  }

  /** The setting whose value is in the file that a key names, as {@code gemini-api-key-file}. */
  static Optional<Setting<?>> inFile(String key) {
    return key.endsWith(IN_A_FILE)
        ? AllSettings.named(key.substring(0, key.length() - IN_A_FILE.length()))
        : Optional.empty();
  }

  /** A mistake, with what to do. */
  void fault(String words) {
    faults.add(words);
  }

  /** What is no mistake, but has no effect. */
  void note(String words) {
    notes.add(words);
  }

  /**
   * The values by key.
   *
   * @throws IllegalArgumentException tells all mistakes
   */
  Map<String, Value> values() {
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    return Map.copyOf(values);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }
}
