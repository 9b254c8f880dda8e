package io.voicebus.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code voicebus version}: the project's version, as Maven has it, and Java's. */
@Command(name = "version", description = "Show the version.", mixinStandardHelpOptions = true)
final class Version implements IVersionProvider, Callable<Integer> {
  @Spec private CommandSpec spec;

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
      spec.commandLine().getOut().println(line);
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
