package io.voicebus.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric of a process, which may be divided by labels. A module declares its own once, as
 * constants.
 *
 * @param name dotted words, such as {@code voicebus.engine.requests}
 * @param kind how it changes
 * @param help what it counts, in one sentence, for people
 * @param labels its labels, whose values are words of a small, fixed set, never ids, texts or
 *     voices
 */
public record Meter(String name, Kind kind, String help, List<String> labels) {
  /** How a figure changes. */
  public enum Kind {
    /** It only grows. */
    COUNTER,
    /** It goes up and down. */
    LEVEL
  }

  public Meter {
    labels = List.copyOf(labels);
  }

  // By hand, as in all records that a first turn compares: the JVM links the parts of those
  // that the compiler makes at their first use, which takes a tenth of a cold start.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Meter that
        && name.equals(that.name)
        && kind == that.kind
        && help.equals(that.help)
        && labels.equals(that.labels);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** One that only grows. */
  public static Meter counter(String name, String help, String... labels) {
    return new Meter(name, Kind.COUNTER, help, List.of(labels));
  }

  /** One that goes up and down. */
  public static Meter level(String name, String help, String... labels) {
    return new Meter(name, Kind.LEVEL, help, List.of(labels));
  }
}
