package io.voicebus.launcher;

import java.util.regex.Pattern;

/**
 * Text that others wrote, as a terminal may show it: what a model or a server sends must not move
 * the cursor, set the title or answer for the person at the keyboard.
 */
final class TerminalText {
  /** C0 but for tab and line feed, delete, and C1 (ECMA-48), which is the same in one character. */
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F]");

  private TerminalText() {}

  /** The text without control characters. */
  static String of(String text) {
    return CONTROL.matcher(text).replaceAll("");
  }
}
