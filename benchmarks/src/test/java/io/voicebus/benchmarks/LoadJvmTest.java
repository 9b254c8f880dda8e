package io.voicebus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadJvmTest {
  private static final String MIB = "-Xmx%dm";

  /** By default Java's heap takes so much of the memory. */
  private static final int PART = 4;

  @Test
  void aServerThatIsMeasuredHasTheOptionsOfTheStartScript() throws IOException {
    // given
    String script = Files.readString(Path.of("..", "voicebus"));
    String serve =
        script.substring(script.indexOf("\n  serve)\n"), script.indexOf("\n  *) options"));
    List<String> options =
        Pattern.compile("-XX:(?!MaxRAM)[^ )\n]+")
            .matcher(serve.replaceAll("(?m)^ *#.*$", ""))
            .results()
            .map(MatchResult::group)
            .toList();
    int mib =
        Pattern.compile("-XX:MaxRAM=(\\d+)m")
            .matcher(serve)
            .results()
            .mapToInt(found -> Integer.parseInt(found.group(1)))
            .findFirst()
            .orElseThrow();
    // then
    assertThat(options).hasSizeGreaterThan(3);
    assertThat(LoadJvm.AS_SERVED)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(options.stream(), Stream.of(MIB.formatted(mib / PART))).toList());
  }
}
