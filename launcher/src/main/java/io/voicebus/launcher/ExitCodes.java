package io.voicebus.launcher;

import io.voicebus.bus.FailureKind;
import java.util.Map;
import java.util.TreeMap;

/** What the command line answers to scripts: 0 for success, else by kind of failure. */
final class ExitCodes {
  /** Wrong use or wrong settings; the same as picocli's. */
  static final int USAGE = 2;

  /** What each means, in the order of the codes. */
  static final Map<Integer, String> MEANINGS = meanings();

  private ExitCodes() {}

  private static Map<Integer, String> meanings() {
    Map<Integer, String> meanings = new TreeMap<>();
    meanings.put(0, "Success.");
    meanings.put(1, "Something broke in Voicebus, or was lost in the middle of a turn.");
    meanings.put(
        USAGE, "Wrong use: an argument, a setting, or a request that cannot be served as it is.");
    meanings.put(3, "A key or a token is missing or wrong.");
    meanings.put(4, "Too much at once, or paid credits are used up.");
    meanings.put(
        5,
        "Something needed is missing or does not answer: a service, a sound card, room on a disk,"
            + " Java, Maven.");
    meanings.put(6, "A service refused the content.");
    meanings.put(130, "It was stopped by Ctrl-C; 143 by SIGTERM.");
    return meanings;
  }

  static int of(FailureKind kind) {
    return switch (kind) {
      case INTERNAL, LOST -> 1;
      case INVALID_REQUEST, NOT_FOUND, TOO_LARGE -> USAGE;
      case UNAUTHENTICATED -> 3;
      case QUOTA, RATE_LIMITED -> 4;
      case UNAVAILABLE, TIMEOUT -> 5;
      case BLOCKED -> 6;
      case CANCELLED -> 130;
    };
  }
}
