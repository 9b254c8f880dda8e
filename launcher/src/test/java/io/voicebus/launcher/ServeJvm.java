package io.voicebus.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code voicebus serve} as a process of its own, which a test may kill, freeze and stop. */
final class ServeJvm implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("speaks at (http://[^ ]+)");
  private static final Pattern READY = Pattern.compile("node ([^ ]+) is ready");

  private record Awaited(String text, CompletableFuture<String> line) {}

  private final Process process;
  private final CompletableFuture<String> address = new CompletableFuture<>();
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final Queue<Awaited> awaited = new ConcurrentLinkedQueue<>();
  private final Queue<String> said = new ConcurrentLinkedQueue<>();

  private ServeJvm(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "serve-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts one; the environment's settings are those given and no others. */
  static ServeJvm start(Map<String, String> settings, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("serve"));
    all.addAll(arguments);
    return of(ChildJvm.command("256m", Main.class, all), settings);
  }

  /** Starts a command that does the same. */
  static ServeJvm of(List<String> command, Map<String, String> settings) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("VOICEBUS_")
                    || name.startsWith("GEMINI_")
                    || name.startsWith("OPENAI_")
                    || name.startsWith("ELEVENLABS_"));
    // Keys that all tests share, and not the user's own.
    builder
        .environment()
        .put("XDG_STATE_HOME", Path.of("target", "state").toAbsolutePath().toString());
    builder.environment().putAll(settings);
    try {
      return new ServeJvm(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        for (Awaited each : awaited) {
          if (line.contains(each.text())) {
            each.line().complete(line);
          }
        }
        Matcher at = ADDRESS.matcher(line);
        if (at.find()) {
          address.complete(at.group(1));
        }
        Matcher who = READY.matcher(line);
        if (who.find()) {
          ready.complete(who.group(1));
        }
      }
    } catch (IOException e) {
      // A process that has ended may have its pipe closed by this JVM, which is nothing that it
      // said.
      if (process.isAlive()) {
        said.add(e.toString());
      }
    }
    AssertionError over = new AssertionError("the process has ended:\n" + said());
    address.completeExceptionally(over);
    ready.completeExceptionally(over);
  }

  /** Where its HTTP server is; waits for it. */
  String address() {
    return HeardTurn.get(address);
  }

  /** Waits until its roles of a cluster are deployed; its name. */
  String ready() {
    return HeardTurn.get(ready);
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Completes when it writes a line with this text, from now on. */
  CompletableFuture<String> says(String text) {
    Awaited next = new Awaited(text, new CompletableFuture<>());
    awaited.add(next);
    return next.line();
  }

  /** What it has written so far. */
  String said() {
    return String.join("\n", said);
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /**
   * SIGTERM, and nothing else: {@link Process#destroy} closes the pipe, and last words are lost.
   */
  void stop() {
    signal("TERM");
  }

  /** SIGSTOP. */
  void freeze() {
    signal("STOP");
  }

  /** SIGCONT. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("cannot send " + name + " to " + process.pid());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether it has ended by itself within so many seconds. */
  boolean ended(long seconds) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends it, whatever state it is in, and waits until it has ended. */
  @Override
  public void close() {
    process.destroyForcibly();
    ended(30);
  }
}
