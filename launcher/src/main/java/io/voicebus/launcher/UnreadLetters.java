package io.voicebus.launcher;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Letters of arguments and variables that Java could not read. In a locale that has none beyond
 * ASCII, as a container's and a cron job's mostly is, "Gr\u00fc\u00dfe" comes as "Gr????e", and
 * nobody would be told that something else is spoken than was written. The start script and the
 * image have a locale in UTF-8 in its place; who starts Java otherwise is told.
 */
final class UnreadLetters {
  /** What stands for a byte that means nothing. */
  private static final char REPLACEMENT = '\ufffd';

  private UnreadLetters() {}

  /**
   * What to tell the person, if there are any.
   *
   * @param encoding by which Java has read them
   */
  static Optional<String> in(String[] args, Map<String, String> environment, String encoding) {
    boolean utf8 = encoding.equalsIgnoreCase(StandardCharsets.UTF_8.name());
    return Stream.concat(
            Stream.of(args)
                .filter(UnreadLetters::isUnread)
                .map(arg -> "the argument '" + arg + "'"),
            environment.entrySet().stream()
                .filter(each -> EnvironmentVariables.isOurs(each.getKey()))
                .filter(each -> isUnread(each.getValue()))
                .map(each -> each.getKey() + " in the environment"))
        .findFirst()
        .map(what -> what + (utf8 ? " is not UTF-8: write it in UTF-8" : unread(encoding)));
  }

  private static String unread(String encoding) {
    return " has letters that Java cannot read in this locale ("
        + encoding
        + "): set LC_ALL=C.UTF-8, or another one in UTF-8 that is installed here";
  }

  private static boolean isUnread(String text) {
    return text.indexOf(REPLACEMENT) >= 0;
  }
}
