package io.voicebus.launcher;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether a person looks at what is written, or types what is read. */
final class Terminal {
  /** Told by the start script, which can ask: {@code terminal} or {@code other}. */
  private static final String OUTPUT = "voicebus.stdout";

  private static final String INPUT = "voicebus.stdin";

  private static final String ERROR = "voicebus.stderr";

  private Terminal() {}

  /** Whether standard output is a terminal. Without the script: if standard input is, too. */
  static boolean isStandardOutput() {
    return is(OUTPUT);
  }

  /** Whether standard input is a terminal. Without the script: if standard output is, too. */
  static boolean isStandardInput() {
    return is(INPUT);
  }

  /** Whether standard error is a terminal. Without the script: if standard input and output are. */
  static boolean isStandardError() {
    return is(ERROR);
  }

  @SuppressWarnings("SystemConsoleNull") // handled below
  private static boolean is(String property) {
    String told = System.getProperty(property, "");
    if (!told.isEmpty()) {
      return told.equals("terminal");
    }
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From Java 22 on there is a console for everything, and it says what it is.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
