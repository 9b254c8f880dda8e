package io.voicebus.launcher;

import io.voicebus.bus.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processes that tests start: JVMs like this one, with its class path, which start quickly. The
 * classes of the libraries come from an archive (class-data sharing) that the first of them makes;
 * a node of a cluster loads some ten thousand.
 */
final class ChildJvm {
  private static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** Making the archive ends after so long, and the JVMs start without one. */
  private static final int ARCHIVE_SECONDS = 60;

  /** Jars before folders: an archive holds classes of jars alone, and of the first on the path. */
  private static final List<String> JARS = entries(true);

  private static final String CLASS_PATH = join(JARS) + File.pathSeparator + join(entries(false));
  private static final List<String> ARCHIVE = archive();

  private ChildJvm() {}

  /**
   * A command that runs a class.
   *
   * @param heap for example {@code 256m}
   */
  static List<String> command(String heap, Class<?> main, List<String> arguments) {
    List<String> command = plain(List.of("-Xmx" + heap));
    command.addAll(ARCHIVE);
    command.addAll(List.of("-cp", CLASS_PATH, main.getName()));
    command.addAll(arguments);
    return command;
  }

  private static List<String> plain(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    return command;
  }

  private static List<String> entries(boolean jars) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> entry.endsWith(".jar") == jars)
        .toList();
  }

  private static String join(List<String> entries) {
    return String.join(File.pathSeparator, entries);
  }

  /** The options that use it; none where it could not be made. */
  private static List<String> archive() {
    try {
      Path target = Path.of("target").toAbsolutePath();
      Path archive = target.resolve("libraries-" + Runtime.version().feature() + ".jsa");
      if (!isNewer(archive)) {
        Path folder = Files.createTempDirectory(target, "archive");
        make(folder);
        Files.move(folder.resolve("archive"), archive, StandardCopyOption.REPLACE_EXISTING);
      }
      return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=error:stderr");
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static boolean isNewer(Path archive) throws IOException {
    if (!Files.exists(archive)) {
      return false;
    }
    long made = Files.getLastModifiedTime(archive).toMillis();
    return JARS.stream().allMatch(jar -> new File(jar).lastModified() < made);
  }

  private static void make(Path folder) throws IOException {
    Path classes = folder.resolve("classes");
    List<String> node = plain(List.of("-Xmx256m"));
    node.add("-XX:DumpLoadedClassList=" + classes);
    node.addAll(List.of("-cp", CLASS_PATH, Main.class.getName(), "serve", "--port", "0"));
    String port = Integer.toString(FreePorts.range(20));
    node.addAll(List.of("--cluster", "--cluster-port", port, "--node", "archive"));
    try (ServeJvm running = ServeJvm.of(node, Map.of("VOICEBUS_ENGINE", "scripted"))) {
      running.address();
      running.stop();
      running.ended(ARCHIVE_SECONDS);
    }
    List<String> dump = plain(List.of("-Xshare:dump", "-Xlog:disable"));
    dump.add("-XX:SharedClassListFile=" + classes);
    dump.add("-XX:SharedArchiveFile=" + folder.resolve("archive"));
    dump.addAll(List.of("-cp", join(JARS)));
    Process process =
        new ProcessBuilder(dump)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      if (!process.waitFor(ARCHIVE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new AssertionError(e);
    }
  }
}
