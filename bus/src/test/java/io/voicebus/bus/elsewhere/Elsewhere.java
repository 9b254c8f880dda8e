package io.voicebus.bus.elsewhere;

import io.voicebus.bus.Message;

/** Types of another package. */
public final class Elsewhere {
  private Elsewhere() {}

  private record Hidden(String text) implements Message {}

  /** One that only its own package can make and read. */
  public static Class<? extends Record> hidden() {
    return Hidden.class;
  }
}
