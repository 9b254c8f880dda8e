package io.voicebus.benchmarks;

import io.voicebus.bus.Clock;
import io.voicebus.launcher.Main;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code voicebus serve} in a JVM of its own, which ends when this one does. */
final class ScaleJvm implements AutoCloseable {
  private static final String ADDRESS = "speaks at ";
  private static final String READY = " is ready: ";

  /** What Infinispan says when nodes have come or gone. */
  private static final String VIEW = "ISPN000094";

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final String node;
  private final long startedAt = Clock.system().nanoTime();
  private final CompletableFuture<String> address = new CompletableFuture<>();
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private final List<Long> views = new ArrayList<>();

  private ScaleJvm(Process process, String node) {
    this.process = process;
    this.node = node;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "scale-stop"));
    Thread reader = new Thread(this::read, "scale-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts one, with these settings and no others. */
  static ScaleJvm start(Map<String, String> settings, List<String> arguments) {
    return start(List.of(), settings, arguments);
  }

  /**
   * The same.
   *
   * @param within the command that becomes the process, such as one that enters a network
   */
  static ScaleJvm start(List<String> within, Map<String, String> settings, List<String> arguments) {
    return start(within, "-Xmx300m", settings, arguments);
  }

  /**
   * The same.
   *
   * @param heap Java's option for how large its heap may grow
   */
  static ScaleJvm start(
      List<String> within, String heap, Map<String, String> settings, List<String> arguments) {
    List<String> command = new ArrayList<>(within);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(heap, "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "serve"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    LoadJvm.withoutSettings(builder.environment());
    builder.environment().putAll(settings);
    builder.environment().put("VOICEBUS_LOG_LEVEL", "INFO");
    try {
      int name = arguments.indexOf("--node") + 1;
      return new ScaleJvm(builder.start(), name == 0 ? "" : arguments.get(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.contains(VIEW)) {
          viewed();
        } else if (line.contains(READY)) {
          ready.complete(Clock.system().nanoTime());
        } else if (line.contains(ADDRESS)) {
          address.complete(line.substring(line.indexOf(ADDRESS) + ADDRESS.length()));
        }
      }
    } catch (IOException e) {
      said.append(e);
    }
    IllegalStateException over = new IllegalStateException("a JVM has ended:\n" + said);
    address.completeExceptionally(over);
    ready.completeExceptionally(over);
  }

  private synchronized void viewed() {
    views.add(Clock.system().nanoTime());
  }

  /** When its cluster changed first after this time; -1 if it has not since. */
  synchronized long viewAfter(long nanos) {
    return views.stream().filter(at -> at > nanos).findFirst().orElse(-1L);
  }

  /** Its name in the cluster; empty when it was given none. */
  String node() {
    return node;
  }

  String address() {
    return get(address);
  }

  /** When it was ready; waits for it. */
  long readyAt() {
    return get(ready);
  }

  /** From the start of the process until it was ready. */
  Duration joined() {
    return Duration.ofNanos(readyAt() - startedAt);
  }

  /** Waits until the process has ended. */
  void gone() {
    get(process.onExit());
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Of a process that has ended. */
  int exitStatus() {
    return process.exitValue();
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      throw new IllegalStateException("nothing more from a JVM of the benchmark: " + e, e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
