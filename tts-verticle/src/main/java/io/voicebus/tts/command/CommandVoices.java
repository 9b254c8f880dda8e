package io.voicebus.tts.command;

import io.voicebus.tts.engine.Voice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The voices that a program lists. */
final class CommandVoices {
  /** A list is no longer than this. */
  private static final int MAX_BYTES = 256 * 1024;

  /** A program lists them at once, or not at all. */
  private static final int MAX_SECONDS = 3;

  private CommandVoices() {}

  /** Runs a program that lists its voices; blocks. Empty if it lists none. */
  static List<Voice> list(List<String> command) {
    try {
      Process process =
          CommandEnvironment.withoutKeys(new ProcessBuilder(command))
              .redirectErrorStream(true)
              .start();
      return read(output(process));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** What a program writes until its end; it is killed when it takes too long. Blocks. */
  static String output(Process process) throws IOException {
    try {
      process.getOutputStream().close();
      // One that has ended is left alone: to destroy it would close its output, which may not have
      // been read yet.
      process
          .onExit()
          .orTimeout(MAX_SECONDS, TimeUnit.SECONDS)
          .whenComplete(
              (ended, late) -> {
                if (late != null) {
                  process.destroyForcibly();
                }
              });
      return new String(process.getInputStream().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * Reads what flite says, names after a colon, or espeak-ng, a table whose second column is the
   * language by which a voice is asked for, and whose fourth is a name for people.
   */
  static List<Voice> read(String said) {
    List<Voice> voices = new ArrayList<>();
    for (String line : said.split("\\R", -1)) {
      String[] words = line.strip().split("\\s+", -1);
      if (line.startsWith("Voices available:")) {
        for (int i = 2; i < words.length; i++) {
          voices.add(new Voice(words[i], words[i], "en"));
        }
      } else if (words.length >= 5 && words[0].matches("\\d+")) {
        voices.add(new Voice(id(words), words[3].replace('_', ' '), words[1].split("-", -1)[0]));
      }
    }
    return voices;
  }

  /** Whether a voice is among these; espeak-ng takes a variant after a plus, and languages. */
  static boolean have(List<Voice> voices, String asked) {
    String voice = asked.replaceFirst("\\+.*", "");
    return voices.stream()
        .anyMatch(
            one ->
                one.id().equalsIgnoreCase(voice)
                    || one.language().equalsIgnoreCase(voice)
                    || one.name().replace(' ', '_').equalsIgnoreCase(voice));
  }

  /** The language; one that has more than small letters, espeak-ng knows by its file only. */
  private static String id(String[] words) {
    return words[1].chars().anyMatch(Character::isUpperCase)
        ? words[4].substring(words[4].lastIndexOf('/') + 1)
        : words[1];
  }
}
