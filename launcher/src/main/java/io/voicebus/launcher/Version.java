package io.voicebus.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.Set;
import picocli.CommandLine.IVersionProvider;

/** {@code voicebus version}: the project's version, as Maven has it, and Java's. */
final class Version extends Command implements IVersionProvider {
  private static final Set<String> FLAGS = Set.of("-v", "-V", "--version");

  Version() {
    super("version", "Show the version.");
  }

  /** Whether an argument of the whole command line asks for it. */
  static boolean isAskedBy(String argument) {
    return FLAGS.contains(argument);
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "voicebus " + number(), "Java " + System.getProperty("java.version", "unknown")
    };
  }

  /** Written by the build, which filters the resource. */
  static String number() {
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Integer call() {
    for (String line : getVersion()) {
      spec().commandLine().getOut().println(line);
    }
    spec().commandLine().getOut().flush();
    return 0;
  }
}
