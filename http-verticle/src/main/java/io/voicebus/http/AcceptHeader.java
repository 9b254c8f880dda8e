package io.voicebus.http;

import java.util.Locale;
import java.util.Set;

/** Reads an {@code Accept} header. */
final class AcceptHeader {
  private AcceptHeader() {}

  /**
   * The quality of the most specific range that matches; 0 for none.
   *
   * @param accept the header's value
   * @param names of the media type, all in the same group, such as {@code audio}
   */
  static double quality(String accept, Set<String> names) {
    String group = names.iterator().next().split("/", 2)[0] + "/*";
    double quality = 0;
    int specific = -1;
    for (String range : accept.split(",", -1)) {
      String[] parts = range.split(";", -1);
      String name = parts[0].trim().toLowerCase(Locale.ROOT);
      int level = names.contains(name) ? 2 : name.equals(group) ? 1 : name.equals("*/*") ? 0 : -1;
      if (level > specific) {
        specific = level;
        quality = quality(parts);
      } else if (level >= 0 && level == specific) {
        quality = Math.max(quality, quality(parts));
      }
    }
    return quality;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim().toLowerCase(Locale.ROOT);
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
