package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process of its own that has no memory left, started without any option of Java's for it. */
@Timeout(60)
class OutOfMemoryTest {
  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "timer", "netty", "thread"})
  void endsTheProcessWhereverItIsMet(String where) throws Exception {
    assertEndsInWords(run("24m", OutOfMemoryMain.class, where), "out of memory", "(-Xmx)");
  }

  @Test
  void saysWhatToDoWhereTheSystemLetsNoThreadStart() throws Exception {
    assertEndsInWords(run("24m", OutOfMemoryMain.class, "no-thread"), "thread", "(ulimit -u)");
  }

  @Test
  void endsTheServer() throws Exception {
    assertEndsInWords(run("14m", Main.class, "serve", "--port", "0"), "out of memory", "(-Xmx)");
  }

  private static void assertEndsInWords(Process process, String... words) throws Exception {
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.SECONDS)).isTrue();
      assertThat(said).contains(words);
      assertThat(process.exitValue()).isEqualTo(OutOfMemory.STATUS);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process run(String heap, Class<?> main, String... arguments) throws IOException {
    // Not as a ChildJvm: with so little heap not even all jars could be opened on the way to Main.
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
