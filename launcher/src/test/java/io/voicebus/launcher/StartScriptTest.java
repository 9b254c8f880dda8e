package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code voicebus} in a folder of its own, with stand-ins for Java and Maven. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
  private static final Path SCRIPT = Path.of("..", "voicebus").toAbsolutePath().normalize();

  @TempDir Path directory;

  private final List<Process> processes = new ArrayList<>();
  private Path home;

  /** What the last process that was started has written. */
  private Path said;

  private Path bin;

  @BeforeEach
  void makeAProject() throws IOException {
    said = directory;
    home = Files.createDirectories(directory.resolve("a home")); // with a blank
    bin = Files.createDirectories(directory.resolve("bin"));
    Files.copy(SCRIPT, home.resolve("voicebus"));
    program(home.resolve("voicebus"), Files.readString(SCRIPT));
    Files.createDirectories(home.resolve("launcher/src/main"));
    Files.writeString(home.resolve("pom.xml"), "");
    Files.writeString(home.resolve("launcher/pom.xml"), "");
    program(
        bin.resolve("java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
        echo "java $*"
        """);
    maven("");
  }

  @AfterEach
  void endAll() throws Exception {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    awaitArchives();
  }

  /** Waits for the process that makes the archive of classes beside the command. */
  private void awaitArchives() throws Exception {
    OtherProcess.until(() -> !isMakingArchives());
  }

  private boolean isMakingArchives() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.anyMatch(
          file -> file.getFileName().toString().matches("archive\\..*|.*\\.jsa\\.lock"));
    } catch (UncheckedIOException e) { // a folder went while it was looked into
      return true;
    }
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** A Maven that counts its runs, does something, and makes the jar. */
  private void maven(String work) throws IOException {
    program(
        bin.resolve("mvn"),
        "#!/bin/sh\necho run >> '"
            + directory
            + "/runs'\n"
            + work
            + "\nmkdir -p launcher/target && echo jar > launcher/target/voicebus.jar\n");
  }

  private Process start(Path script, Map<String, String> more, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(File.createTempFile("said", "", directory.toFile()));
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
    builder.environment().putAll(more);
    said = builder.redirectOutput().file().toPath();
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private String run(Path script, String... arguments) throws Exception {
    return outputOf(start(script, Map.of(), arguments));
  }

  private String runWith(Map<String, String> more, String... arguments) throws Exception {
    return outputOf(start(home.resolve("voicebus"), more, arguments));
  }

  private String outputOf(Process process) throws Exception {
    assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    awaitArchives();
    return Files.readString(said);
  }

  private static void await(Path file, String text) throws Exception {
    OtherProcess.until(() -> Files.exists(file) && Files.readString(file).contains(text));
  }

  @Test
  void buildsOnceAndRuns() throws Exception {
    assertThat(run(home.resolve("voicebus"), "say", "a b"))
        .contains("voicebus: building", "voicebus: built")
        .containsPattern("java .*-jar .*/a home/launcher/target/voicebus.jar say a b");
    assertThat(run(home.resolve("voicebus"), "voices")).doesNotContain("building");
  }

  /** Maven writes into the file that is there, as the stand-in does. */
  @Test
  void aServerThatRunsKeepsTheJarThatItHasOpenedWhenAnotherCommandBuilds() throws Exception {
    // given
    run(home.resolve("voicebus"), "--version");
    Path jar = home.resolve("launcher/target/voicebus.jar");
    try (InputStream opened = Files.newInputStream(jar)) {
      // when
      maven("printf other > launcher/target/voicebus.jar; exit");
      Files.setLastModifiedTime(
          home.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(10)));
      run(home.resolve("voicebus"), "--version");
      // then
      assertThat(jar).hasContent("other");
      assertThat(new String(opened.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("jar\n");
    }
  }

  /** Java would take letters beyond ASCII for unreadable, in arguments and in variables. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void textsAreUtf8WhereTheLocaleSaysNothingElse() throws Exception {
    program(
        bin.resolve("java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
        echo "locale ${LC_ALL:-of the user}"
        """);
    assertThat(inLocale("C")).contains("locale C.UTF-8");
    assertThat(inLocale("")).contains("locale C.UTF-8");
    assertThat(inLocale("xx_YY.UTF-8")).as("which is not installed").contains("locale C.UTF-8");
    assertThat(inLocale("xx_YY.utf8")).contains("locale C.UTF-8");
    assertThat(inLocale("xx_YY")).contains("locale C.UTF-8");
    assertThat(inLocale("xx_YY@euro")).contains("locale C.UTF-8");
    assertThat(inLocale("C.UTF-8")).contains("locale C.UTF-8");
    assertThat(inLocale("de_DE.ISO-8859-1")).contains("locale de_DE.ISO-8859-1");
  }

  private String inLocale(String locale) throws Exception {
    Map<String, String> none = Map.of("LC_ALL", locale, "LC_CTYPE", "", "LANG", "");
    Process process = start(home.resolve("voicebus"), none, "voices");
    return outputOf(process);
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX"})
  @EnabledOnOs(OS.LINUX)
  void aFolderMayHaveAnyNameInALocaleWithoutUtf8(String locale) throws Exception {
    // given: programs that write down the locale in which they run
    maven("echo \"maven in ${LC_ALL:-none}\" >> '" + directory + "/locales'");
    program(
        bin.resolve("java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
        echo "java in ${LC_ALL:-none}" >> '%s/locales'
        """
            .formatted(directory));
    // when: it builds, prepares its archive, and runs
    runWith(Map.of("LC_ALL", locale, "LC_CTYPE", "", "LANG", ""), "say", "Hello.");
    // then
    assertThat(Files.readAllLines(directory.resolve("locales")))
        .contains("maven in C.UTF-8", "java in C.UTF-8")
        .allMatch(line -> line.endsWith(" in C.UTF-8"));
  }

  /** Java would take its own jar, which it opens next, for the text that is to be spoken. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aStandardInputThatIsClosedIsAnEmptyOne() throws Exception {
    program(
        bin.resolve("java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
        echo "input $(readlink /proc/$$/fd/0)"
        """);
    Path closed = directory.resolve("closed");
    program(closed, "#!/bin/sh\nexec \"$1\" say - <&-\n");
    assertThat(run(closed, home.resolve("voicebus").toString())).contains("input /dev/null");
  }

  @Test
  void classesAreSharedOnceForEachBuildAndJava() throws Exception {
    // given: a Java that can make an archive
    program(
        bin.resolve("java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo "openjdk version \\"$RELEASE\\"" >&2; exit; fi
        for option; do
          case "$option" in
            -Xshare:dump) dump=yes ;;
            -XX:SharedArchiveFile=*) [ -z "$dump" ] || echo classes >"${option#*=}" ;;
          esac
        done
        echo "java $*"
        """);
    // when
    String first = runOn("17.0.1");
    String second = runOn("17.0.1");
    // then: beside the first command, for the second
    assertThat(first)
        .contains("preparing quick starts in the background", "java ")
        .doesNotContain("-XX:SharedArchiveFile");
    assertThat(second).contains("voicebus-17.0.1.jsa").doesNotContain("preparing");
    assertThat(runOn("25")).contains("preparing");
    assertThat(home.resolve("launcher/target/voicebus-25.jsa")).exists();
    maven("");
    Files.setLastModifiedTime(
        home.resolve("launcher/target/voicebus.jar"), FileTime.from(Instant.now().plusSeconds(9)));
    assertThat(runOn("17.0.1")).contains("preparing");
  }

  /** Of a file that was not on the disk when the power failed, only a part may be there. */
  @Test
  void theArchiveIsOnTheDiskBeforeItHasItsName() throws Exception {
    // given
    program(
        bin.resolve("sync"),
        "#!/bin/sh\nls '%s' >>'%s/synced'\n".formatted(home.resolve("launcher/target"), directory));
    // when
    runWith(Map.of(), "--version");
    // then
    assertThat(Files.readString(directory.resolve("synced")))
        .contains("archive.")
        .doesNotContain("voicebus-17.0.1.jsa\n");
  }

  @Test
  void aCommandDoesNotWaitForTheArchiveButItsVersionDoes() throws Exception {
    // given: a Java that needs a sign to go on with the archive
    program(
        bin.resolve("java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
        case "$*" in
          *DumpLoadedClassList*) while [ ! -e '%s/go' ]; do sleep 0.1; done ;;
          *) echo "java $*" ;;
        esac
        """
            .formatted(directory));
    // when
    Process first = start(home.resolve("voicebus"), Map.of(), "voices");
    // then
    assertThat(first.waitFor(50, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(said)).contains("in the background", "voicebus.jar voices");
    // and another one neither waits nor makes a second archive
    Process second = start(home.resolve("voicebus"), Map.of(), "voices");
    assertThat(second.waitFor(50, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(said)).contains("voicebus.jar voices").doesNotContain("preparing");
    // but a script can wait for it
    Process waiting = start(home.resolve("voicebus"), Map.of(), "--version");
    await(said, "preparing quick starts (only");
    Files.createFile(directory.resolve("go"));
    assertThat(outputOf(waiting)).contains("voicebus.jar --version");
    assertThat(home.resolve("launcher/target/voicebus-17.0.1.jsa")).exists();
  }

  private String runOn(String release) throws Exception {
    Process process = start(home.resolve("voicebus"), Map.of("RELEASE", release), "voices");
    return outputOf(process);
  }

  @Test
  void aJavaThatHasAFileThatSaysWhatItIsIsNotStartedToBeAsked() throws Exception {
    // given: through a link, as distributions have it
    Path jdk = directory.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    program(
        jdk.resolve("bin/java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo "asked" >&2; exit 1; fi
        echo "java $*"
        """);
    Files.writeString(
        jdk.resolve("release"), "JAVA_RUNTIME_VERSION=\"21+9\"\r\nJAVA_VERSION=\"21.0.2\"\r\n");
    Files.delete(bin.resolve("java"));
    Files.createSymbolicLink(bin.resolve("java"), Path.of("../jdk/bin/java"));
    // when
    String said = run(home.resolve("voicebus"), "voices");
    // then
    assertThat(said).contains("voicebus.jar voices").doesNotContain("asked");
    assertThat(home.resolve("launcher/target/voicebus-21.0.2.jsa")).exists();
    // and one that is too old is refused
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    assertThat(run(home.resolve("voicebus"), "voices")).contains("newer is needed, this is 11");
  }

  @Test
  void withoutAnArchiveItStartsAllTheSame() throws Exception {
    // given: a Java that makes none
    assertThat(run(home.resolve("voicebus"), "voices"))
        .contains("preparing", "voicebus.jar voices");
    // then
    assertThat(run(home.resolve("voicebus"), "voices"))
        .contains("voicebus.jar voices")
        .doesNotContain("preparing", "SharedArchiveFile");
  }

  @Test
  void aPackageRunsWithItsOwnJavaAndBuildsNothing() throws Exception {
    // given: neither sources, nor a Java or a Maven that would do
    Path unpacked = Files.createDirectories(directory.resolve("a package"));
    program(unpacked.resolve("voicebus"), Files.readString(SCRIPT));
    Files.createDirectories(unpacked.resolve("lib"));
    Files.writeString(unpacked.resolve("lib/voicebus.jar"), "jar");
    Files.createDirectories(unpacked.resolve("runtime/bin"));
    program(unpacked.resolve("runtime/bin/java"), "#!/bin/sh\necho \"own java $*\"\n");
    Files.writeString(unpacked.resolve("runtime/release"), "JAVA_VERSION=\"17.0.9\"\n");
    program(bin.resolve("java"), "#!/bin/sh\necho another java\n");
    maven("echo built");
    // when
    Process process =
        start(unpacked.resolve("voicebus"), Map.of("JAVA_HOME", "/no/such/jdk"), "say", "a b");
    // then
    String output = outputOf(process);
    assertThat(process.exitValue()).isZero();
    assertThat(output)
        .containsPattern("own java .*-jar .*/a package/lib/voicebus.jar say a b")
        .doesNotContain("another java", "building");
    assertThat(unpacked.resolve("lib/voicebus-17.0.9.jsa")).exists();
    assertThat(directory.resolve("runs")).doesNotExist();
    // and one of which a part is lacking says so
    Files.delete(unpacked.resolve("runtime/bin/java"));
    assertThat(run(unpacked.resolve("voicebus"), "say", "a b"))
        .contains("unpack the whole package");
  }

  @Test
  void aServerThatHasNoMemoryLeftEnds() throws Exception {
    assertThat(run(home.resolve("voicebus"), "serve")).contains(" -XX:+ExitOnOutOfMemoryError ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"VOICEBUS_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"})
  void aCollectorOfTheUsersIsTaken(String variable) throws Exception {
    // Java does not start with two
    assertThat(runWith(Map.of(variable, "-Xmx1g -XX:+UseZGC"), "serve"))
        .contains("-XX:+ExitOnOutOfMemoryError")
        .doesNotContain("-XX:+UseParallelGC");
    // but what only sounds like one is none
    assertThat(runWith(Map.of(variable, "-XX:+UseGCOverheadLimit"), "serve"))
        .contains(" -XX:+UseParallelGC ");
  }

  /** Standard output may be audio, or a protocol: a SIGQUIT writes a dump of all threads. */
  @Test
  void whatJavaItselfSaysIsNotOnStandardOutput() throws Exception {
    for (String command : List.of("serve", "say", "mcp")) {
      assertThat(runWith(Map.of(), command))
          .contains("-XX:+DisplayVMOutputToStderr", "-Xlog:disable -Xlog:all=error:stderr");
    }
  }

  @Test
  void isFoundThroughLinksToItsOwnFolder() throws Exception {
    // given: a link to a relative link
    Files.createSymbolicLink(home.resolve("vb"), Path.of("voicebus"));
    Path link = Files.createSymbolicLink(bin.resolve("voicebus"), Path.of("../a home/vb"));
    // then
    assertThat(run(link, "version")).contains("/a home/launcher/target/voicebus.jar version");
  }

  @Test
  void twoFirstBuildsWaitForEachOther() throws Exception {
    // given
    maven("while [ ! -e '" + directory + "/go' ]; do sleep 0.1; done");
    Process first = start(home.resolve("voicebus"), Map.of(), "version");
    await(directory.resolve("runs"), "run");
    Process second = start(home.resolve("voicebus"), Map.of(), "version");
    Path secondSaid = said;
    // when
    await(secondSaid, "waiting for another build");
    Files.createFile(directory.resolve("go"));
    // then
    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertThat(Files.readAllLines(directory.resolve("runs"))).hasSize(1);
    assertThat(Files.readString(secondSaid)).doesNotContain("building").contains("java ");
  }

  @Test
  void isStoppedInItsFirstBuildWithOneLineAndTheStatusOfASignal() throws Exception {
    // given
    maven("exec sleep 50");
    Process building = start(home.resolve("voicebus"), Map.of(), "version");
    await(directory.resolve("runs"), "run");
    // when: SIGTERM, since a process in the background inherits that SIGINT is ignored
    await(said, "still building (5 s)");
    new ProcessBuilder("kill", "-TERM", Long.toString(building.pid())).start().waitFor();
    // then
    assertThat(building.waitFor()).isEqualTo(143);
    assertThat(Files.readString(said)).endsWith("voicebus: stopped\n").doesNotContain("failed");
    // and the next one builds
    maven("");
    assertThat(run(home.resolve("voicebus"), "version")).contains("voicebus: built");
  }

  @Test
  void aBuildThatFailsShowsItsOutput() throws Exception {
    maven("echo why it failed; exit 1");
    assertThat(run(home.resolve("voicebus"), "version"))
        .contains("why it failed", "the build failed; its output is above");
  }

  @Test
  void aWrongJavaHomeIsNamed() throws Exception {
    // when
    Process process =
        start(home.resolve("voicebus"), Map.of("JAVA_HOME", "/no/such/jdk"), "version");
    // then
    assertThat(process.waitFor()).isEqualTo(5);
    assertThat(Files.readString(said)).contains("JAVA_HOME is '/no/such/jdk'");
  }
}
