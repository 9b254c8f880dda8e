package io.voicebus.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A JVM that this one has started; see {@link LoadConsole}. For one thread. */
final class LoadJvm implements AutoCloseable {
  /** As the start script runs a server on a machine of 5.25 GiB or more. */
  static final List<String> AS_SERVED =
      List.of(
          "-XX:+UseParallelGC",
          "-XX:GCTimeRatio=4",
          "-XX:MinHeapFreeRatio=20",
          "-XX:MaxHeapFreeRatio=40",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xmx1344m");

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final BufferedWriter commands;
  private final String where;

  /**
   * Starts one, and waits until it is ready.
   *
   * @param options of the JVM
   * @param main whose {@code main} calls {@link LoadConsole#serve}
   */
  LoadJvm(List<String> options, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    withoutSettings(builder.environment());
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "load-stop"));
    Thread reader = new Thread(this::read, "load-output");
    reader.setDaemon(true);
    reader.start();
    commands = process.outputWriter(StandardCharsets.UTF_8);
    where = answer(LoadConsole.READY);
  }

  /** Keys of real services are no business of a benchmark. */
  static void withoutSettings(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(
            name ->
                name.startsWith("VOICEBUS_")
                    || name.startsWith("GEMINI_")
                    || name.startsWith("OPENAI_")
                    || name.startsWith("ELEVENLABS_"));
  }

  /** What it said when it was ready. */
  String where() {
    return where;
  }

  long pid() {
    return process.pid();
  }

  /** What it has used so far. */
  LoadUsage usage() {
    return ask(LoadConsole.ASK_USAGE);
  }

  /** The same, after a collection of its garbage. */
  LoadUsage live() {
    return ask(LoadConsole.ASK_LIVE);
  }

  private LoadUsage ask(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return LoadUsage.parse(answer(LoadConsole.USAGE));
  }

  /** Answers are kept for their caller; other lines are its log. */
  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(LoadConsole.READY) || line.startsWith(LoadConsole.USAGE)) {
          answers.add(line);
        } else {
          System.err.println(line);
        }
      }
    } catch (IOException e) {
      System.err.println("the output of a JVM of the benchmark has broken off: " + e.getMessage());
    }
  }

  private String answer(String prefix) {
    try {
      String line = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line != null && line.startsWith(prefix)) {
        return line.substring(prefix.length());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("a JVM of the benchmark does not answer; its output is above");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
