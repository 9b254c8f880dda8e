package io.voicebus.launcher;

import io.voicebus.contract.FileTrouble;
import io.voicebus.contract.TextFile;
import io.voicebus.http.door.DoorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a command sends to a server that has the same settings: its first access token. */
final class OwnToken {
  private OwnToken() {}

  /**
   * The first token of {@code access-token}, or else of {@code access-token-file}.
   *
   * @throws IllegalArgumentException for a file that cannot be read
   */
  static Optional<String> of(Configuration configuration) {
    return configuration
        .value(DoorConfig.ACCESS_TOKEN)
        .or(() -> configuration.value(DoorConfig.ACCESS_TOKEN_FILE).map(OwnToken::read))
        .flatMap(OwnToken::first);
  }

  private static String read(String file) {
    try {
      return TextFile.read(Path.of(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the access-token-file "
              + file
              + ": "
              + FileTrouble.inWords(Path.of(file), e),
          e);
    }
  }

  /** Entries are {@code TOKEN} or {@code NAME:TOKEN}; a token has no colon in it. */
  private static Optional<String> first(String tokens) {
    return tokens
        .lines()
        .filter(line -> !line.strip().startsWith("#"))
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .map(entry -> entry.substring(entry.indexOf(':') + 1))
        .findFirst();
  }
}
