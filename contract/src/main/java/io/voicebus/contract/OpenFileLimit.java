package io.voicebus.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files this process may have open at once. Connections count, too. */
public final class OpenFileLimit {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String NAME = "Max open files";

  private static final int NOW = read();

  private OpenFileLimit() {}

  /** How many; {@link Integer#MAX_VALUE} for any number, and where the system does not say. */
  public static int files() {
    return NOW;
  }

  /**
   * What may be had of them for one purpose.
   *
   * @param share one of so many equal parts
   */
  public static int share(int share) {
    return NOW == Integer.MAX_VALUE ? NOW : Math.max(1, NOW / share);
  }

  private static int read() {
    try {
      return of(Files.readAllLines(LIMITS));
    } catch (IOException notLinux) {
      return Integer.MAX_VALUE;
    }
  }

  /** In a table of limits as Linux has it: name, of now, hard, unit. */
  static int of(List<String> table) {
    for (String line : table) {
      if (line.startsWith(NAME)) {
        String now = line.substring(NAME.length()).strip().split("\\s+")[0];
        try {
          return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(now));
        } catch (NumberFormatException unlimited) {
          return Integer.MAX_VALUE;
        }
      }
    }
    return Integer.MAX_VALUE;
  }
}
