package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What published clients of another service's API, unmodified, receive of {@code voicebus serve}.
 * They are run by Node, and installed with {@code npm ci} in the emulators' {@code src/test/js}, as
 * {@code ./check} does, which also installs the ffmpeg that some tests need.
 */
final class PublishedClients {
  private static final int PATIENCE_SECONDS = 120;

  private final Map<String, JsonObject> received = new LinkedHashMap<>();

  private PublishedClients() {}

  /**
   * Runs a script.
   *
   * @param speech what the clients have spoken
   * @param out where the script writes to
   */
  static PublishedClients run(String script, String url, String speech, Path out) throws Exception {
    ProcessBuilder node =
        new ProcessBuilder("node", script)
            .directory(NodeClients.folder().toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    node.environment().put("VOICEBUS_URL", url);
    node.environment().put("SPEECH", speech);
    node.environment().put("OUT", out.toAbsolutePath().toString());
    await(node.start());
    PublishedClients clients = new PublishedClients();
    for (String line : Files.readAllLines(out)) {
      JsonObject received = new JsonObject(line);
      clients.received.put(received.getString("case"), received);
    }
    return clients;
  }

  /** Waits for a process, which is ended if it takes too long. */
  static void await(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** What a case has received; fails where it has failed. */
  JsonObject of(String name) {
    assertThat(received).containsKey(name);
    JsonObject found = received.getOrDefault(name, new JsonObject());
    assertThat(found.getString("failed")).isNull();
    return found;
  }

  byte[] audio(String name) {
    return Base64.getDecoder().decode(of(name).getString("audio"));
  }

  String text(String name) {
    return of(name).getString("text");
  }
}
