package io.voicebus.launcher;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether a person looks at what is written. */
final class Terminal {
  /** Told by the start script, which can ask: {@code terminal} or {@code other}. */
  private static final String PROPERTY = "voicebus.stdout";

  private Terminal() {}

  /** Whether standard output is a terminal. Without the script: if standard input is, too. */
  @SuppressWarnings("SystemConsoleNull") // handled below
  static boolean isStandardOutput() {
    String told = System.getProperty(PROPERTY, "");
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
