package io.voicebus.launcher;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands in this process, and keeps what they write. */
abstract class CommandLineBench {
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final InputStream realIn = System.in;
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path directory;

  final int run(Map<String, String> environment, String... args) {
    return run(environment, out, args);
  }

  /** The same, with another standard output. */
  final int run(Map<String, String> environment, OutputStream sound, String... args) {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    Map<String, String> fast = new HashMap<>(environment);
    fast.putIfAbsent("VOICEBUS_READER_DELTAS_PER_SECOND", "0");
    return Main.run(args, fast, directory, sound);
  }

  final void input(String text) {
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  final String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  final String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @AfterEach
  void giveTheStreamsBack() {
    System.setOut(realOut);
    System.setErr(realErr);
    System.setIn(realIn);
  }
}
