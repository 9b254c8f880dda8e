package io.voicebus.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A disk that is full: a file system in memory, of a megabyte. Needs Linux and root. */
final class EnduranceDisk implements AutoCloseable {
  private final Path mount;

  private EnduranceDisk(Path mount) {
    this.mount = mount;
  }

  /** Empty where none can be made. */
  static Optional<EnduranceDisk> in(Path folder) throws IOException {
    Path mount = Files.createDirectory(folder.resolve("disk"));
    int status =
        run(List.of("mount", "-t", "tmpfs", "-o", "size=1m", "voicebus", mount.toString()));
    return status == 0 ? Optional.of(new EnduranceDisk(mount)) : Optional.empty();
  }

  /** Where the server keeps speech. */
  Map<String, String> settings() {
    return Map.of("VOICEBUS_CACHE_DIRECTORY", mount.resolve("cache").toString());
  }

  Path file(String name) {
    return mount.resolve(name);
  }

  /** Takes what room there is. */
  void fill() throws IOException {
    byte[] block = new byte[4_096];
    try (OutputStream out = Files.newOutputStream(mount.resolve("filler"))) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      // as it should be
    }
  }

  /**
   * Has a sentence written to a file on it.
   *
   * @return what is wrong with how that ends; empty if it fails in words
   */
  String say(Path script) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                script.toAbsolutePath().toString(),
                "say",
                "-o",
                file("speech.wav").toString(),
                "There is no room for this sentence, nor for the next one.")
            .redirectErrorStream(true);
    LoadJvm.withoutSettings(builder.environment());
    builder.environment().put("VOICEBUS_ENGINE", "embedded");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "`say -o` does not end";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return process.exitValue() == 0 || !said.contains("cannot be written")
        ? "`say -o` ends with " + process.exitValue() + " and says: " + said.strip()
        : "";
  }

  private static int run(List<String> command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  @Override
  public void close() {
    run(List.of("umount", "-l", mount.toString()));
  }
}
