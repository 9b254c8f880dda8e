package io.voicebus.mcp;

import java.util.Locale;

/** Where the sound of {@code say} goes. */
public enum Output {
  /** The sound card of the machine that speaks. */
  SPEAKER,
  /** A part of the answer. */
  AUDIO,
  /** A file of the machine that speaks. */
  FILE;

  /** As the argument names it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
