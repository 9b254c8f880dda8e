package io.voicebus.launcher;

import io.voicebus.bus.FailureKind;

/** What the command line answers to scripts: 0 for success, else by kind of failure. */
final class ExitCodes {
  /** Wrong use or wrong settings; the same as picocli's. */
  static final int USAGE = 2;

  private ExitCodes() {}

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
