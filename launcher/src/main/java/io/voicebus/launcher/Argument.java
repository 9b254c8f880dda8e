package io.voicebus.launcher;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/**
 * An option or a parameter of a command, and what was given for it.
 *
 * @param <T> what its text is read as
 */
final class Argument<T> {
  private final ArgSpec spec;
  private final T otherwise;

  /**
   * An argument that picocli reads.
   *
   * @param otherwise its value where it is not given
   */
  Argument(ArgSpec spec, T otherwise) {
    this.spec = spec;
    this.otherwise = otherwise;
  }

  /** Whether it was given; known once the command line is read. */
  boolean isGiven() {
    return spec.getValue() != null;
  }

  /** What was given; known once the command line is read. */
  T value() {
    @Nullable T given = spec.getValue();
    return given == null ? otherwise : given;
  }
}
