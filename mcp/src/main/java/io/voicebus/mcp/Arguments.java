package io.voicebus.mcp;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The arguments that a model passes to a tool. A mistake is an {@link IllegalArgumentException},
 * whose message tells the model how to correct it.
 */
final class Arguments {
  private static final int SHOWN = 40;

  private final String tool;
  private final Map<String, Object> given;

  /**
   * Arguments.
   *
   * @param known those that the tool has
   */
  Arguments(String tool, Map<String, Object> given, Map<String, ?> known) {
    this.tool = tool;
    this.given = given;
    for (String name : given.keySet()) {
      if (!known.containsKey(name)) {
        throw new IllegalArgumentException(
            known.isEmpty()
                ? tool + " takes no arguments, and was given " + show(name)
                : tool
                    + " has no argument "
                    + show(name)
                    + ": it has "
                    + String.join(", ", new TreeSet<>(known.keySet())));
      }
    }
  }

  /** A text, trimmed of nothing; empty where none is given. */
  Optional<String> text(String name) {
    Object value = given.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      if (text.codePoints().anyMatch(one -> Character.getType(one) == Character.SURROGATE)) {
        throw new IllegalArgumentException(
            tool + ": " + name + " has half of a surrogate pair, which is no character");
      }
      return Optional.of(text);
    }
    throw wrong(name, "a string");
  }

  /** A flag; false where none is given. */
  boolean flag(String name) {
    Object value = given.get(name);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "true or false");
  }

  /** A number; empty where none is given. */
  Optional<Double> number(String name) {
    Object value = given.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Number number) {
      return Optional.of(number.doubleValue());
    }
    throw wrong(name, "a number");
  }

  /** What to say of an argument that is not what it must be. */
  IllegalArgumentException wrong(String name, String expected) {
    return new IllegalArgumentException(
        tool
            + ": "
            + name
            + " must be "
            + expected
            + ", not "
            + show(String.valueOf(given.get(name))));
  }

  private static String show(String text) {
    return "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "'";
  }
}
