package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class LoggingTest {
  @Test
  void aLineForProgramsIsJsonWithItsTurn() throws Exception {
    // given
    PrintStream err = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      LoggerContext context = new LoggerContext();
      context.setMDCAdapter(new LogbackMDCAdapter());
      LogSetup.apply(context);
      Logging.forPrograms(context);
      // when
      context
          .getLogger("io.voicebus.turns")
          .atWarn()
          .addKeyValue("turn", "t1")
          .addKeyValue("kind", "quota")
          .log("turn t1 failed: \u001b[31mno credits");
      context.stop();
    } finally {
      System.setErr(err);
    }
    // then
    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).doesNotContain("\u001b");
    JsonObject line = new JsonObject(lines.get(0));
    assertThat(line.getString("level")).isEqualTo("WARN");
    assertThat(line.getString("loggerName")).isEqualTo("io.voicebus.turns");
    assertThat(line.getString("formattedMessage")).startsWith("turn t1 failed");
    assertThat(line.getJsonArray("kvpList"))
        .containsExactly(new JsonObject().put("turn", "t1"), new JsonObject().put("kind", "quota"));
    assertThat(line.getLong("timestamp")).isPositive();
  }

  /** As beside a command that was mistyped: it ends while its Vert.x is being made. */
  @Test
  void aProcessThatIsEndingMaySetItsLogUp() throws Exception {
    Process ending =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LogsAtItsEnd.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(ending.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).doesNotContain("Exception").contains("set up");
  }

  static final class LogsAtItsEnd {
    private LogsAtItsEnd() {}

    public static void main(String[] args) {
      Runtime.getRuntime().addShutdownHook(new Thread(LogsAtItsEnd::set));
    }

    private static void set() {
      LogSetup.apply(new LoggerContext());
      System.out.println("set up");
    }
  }
}
