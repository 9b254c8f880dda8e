package io.voicebus.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./voicebus serve} as people run it, in a process of its own and a folder of its own. */
final class ServeProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("speaks at (http://[^ /]+)");

  private final Process process;
  private final CompletableFuture<String> address = new CompletableFuture<>();

  /**
   * Starts one.
   *
   * @param script the start script
   * @param settings by their variables; there are no others
   */
  ServeProcess(Path script, Path folder, Map<String, String> settings) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(script.toAbsolutePath().toString(), "serve", "--port", "0"));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    LoadJvm.withoutSettings(builder.environment());
    builder.environment().putAll(settings);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "serve-stop"));
    Thread reader = new Thread(this::read, "serve-output");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher found = ADDRESS.matcher(line);
        if (found.find()) {
          address.complete(found.group(1));
        }
        if (line.contains("emory") || line.contains("rror") || line.contains("failed:")) {
          System.err.println(line);
        }
      }
    } catch (IOException e) {
      System.err.println("the server's output has broken off: " + e.getMessage());
    }
    address.completeExceptionally(new IllegalStateException("the server has ended"));
  }

  /** Where it is, once it is ready. */
  String address() {
    return address.orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** Waits for the server's end, but no longer than this. */
  boolean ended(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** The most memory that it has had so far, in MiB; -1 where the system does not tell. */
  long peakMib() {
    return ProcessFigures.peakMib(pid());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
