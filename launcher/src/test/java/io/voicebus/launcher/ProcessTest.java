package io.voicebus.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Tests that start Voicebus as people do, as a process of its own; none outlives its test. */
abstract class ProcessTest {
  /** The status of a process that SIGTERM has ended. */
  static final int BY_TERM = 128 + 15;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endAll() {
    processes.forEach(Process::destroyForcibly);
  }

  final Process process(Map<String, String> settings, String... arguments) throws IOException {
    return start(builder(settings, arguments));
  }

  static ProcessBuilder builder(Map<String, String> settings, String... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(ChildJvm.command("512m", Main.class, List.of(arguments)));
    builder.environment().putAll(settings);
    return builder;
  }

  final Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  /** Not SIGINT: a process that is started in the background inherits that it is ignored. */
  static void signal(Process process) throws Exception {
    new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
  }

  static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
