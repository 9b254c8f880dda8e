package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./package} says and leaves, with a Maven that builds nothing. */
@Timeout(60)
class PackageScriptTest {
  private static final Path ROOT = Path.of("..");

  @TempDir private Path directory;
  private Path programs;
  private Path temporary;

  private record Result(int exit, String said) {}

  @BeforeEach
  void makeFolders() throws Exception {
    programs = Files.createDirectory(directory.resolve("programs"));
    temporary = Files.createDirectory(directory.resolve("temporary"));
  }

  /** A Maven whose jar is what a shell command writes. */
  private void maven(String jar) throws Exception {
    Path script = programs.resolve("mvn");
    Files.writeString(
        script, "#!/bin/sh\nmkdir -p launcher/target\n" + jar + " >launcher/target/voicebus.jar\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private Result run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("./package"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
    builder.environment().put("TMPDIR", temporary.toAbsolutePath().toString());
    builder
        .environment()
        .merge(
            "PATH",
            programs.toAbsolutePath().toString(),
            (old, own) -> own + File.pathSeparator + old);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), said);
  }

  @Test
  void twoBuildsThatAreTheSameAreASuccessThatLeavesNothing() throws Exception {
    Assumptions.assumeTrue(Files.exists(ROOT.resolve(".git")), "only what git has is built");
    maven("echo same");
    Result result = run("twice");
    assertThat(result.said()).startsWith("package: two builds are the same: ").hasLineCount(1);
    assertThat(result.exit()).isZero();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void twoBuildsThatDifferAreAFailureThatLeavesNothing() throws Exception {
    Assumptions.assumeTrue(Files.exists(ROOT.resolve(".git")), "only what git has is built");
    maven("pwd");
    Result result = run("twice");
    assertThat(result.said()).startsWith("package: two builds differ: ").hasLineCount(1);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void theChangelogOfAVersionIsPrintedAlsoToOneWhoReadsOnlyItsBeginning() throws Exception {
    assertThat(run("notes", "Unreleased").said()).contains("\n- ").doesNotContain("\n## ");
    Process cut =
        new ProcessBuilder("bash", "-c", "./package notes Unreleased | head -n 1")
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(cut.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .doesNotContain("has no section");
    Result none = run("notes", "9.9.9");
    assertThat(none.said()).isEqualTo("package: the changelog has no section '## 9.9.9'\n");
    assertThat(none.exit()).isEqualTo(1);
  }
}
