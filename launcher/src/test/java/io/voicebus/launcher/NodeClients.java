package io.voicebus.launcher;

import java.nio.file.Files;
import java.nio.file.Path;

/** Published clients that Node runs. {@code ./check} installs them. */
final class NodeClients {
  private static final Path FOLDER = Path.of("..", "emulators", "src", "test", "js");

  private NodeClients() {}

  /** Where they are installed; fails in words where they are not. */
  static Path folder() {
    if (!Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))) {
      throw new AssertionError(
          "this test needs Node 20 or newer and published clients: run 'npm ci' in"
              + " emulators/src/test/js, as ./check does");
    }
    return FOLDER;
  }
}
