package io.voicebus.bus;

import org.jspecify.annotations.Nullable;

/** Head of a test's stream; one called "local" opens it only in the same process. */
public record Hello(String name) implements Message {
  @Override
  public @Nullable Failure refusedFromElsewhere() {
    return name.equals("local")
        ? new Failure(Stage.PLAYBACK, FailureKind.INVALID_REQUEST, "only for the same process")
        : null;
  }
}
