package io.voicebus.launcher;

/**
 * What was found out about one thing that Voicebus may need.
 *
 * @param what it is
 * @param detail what was found, or what is missing and how to get it
 * @param exitCode for scripts; 0 unless what was set up does not work
 */
record Finding(String what, State state, String detail, int exitCode) {
  /** How it is. */
  enum State {
    WORKS("ok"),
    /** Not there, and not asked for: it can be added. */
    MISSING("-"),
    /** Asked for by the settings, and does not work. */
    BROKEN("NO");

    private final String word;

    State(String word) {
      this.word = word;
    }
  }

  static Finding works(String what, String detail) {
    return new Finding(what, State.WORKS, detail, 0);
  }

  static Finding missing(String what, String detail) {
    return new Finding(what, State.MISSING, detail, 0);
  }

  static Finding broken(String what, String detail, int exitCode) {
    return new Finding(what, State.BROKEN, detail, exitCode);
  }

  /** As a line of a terminal, or several. */
  String line() {
    return String.format(
        "%-3s %-9s %s", state.word, what, detail.replace("\n", "\n              "));
  }
}
