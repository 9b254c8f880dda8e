package io.voicebus.contract;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A verticle's {@code config()}, read strictly: a value of the wrong type or out of range fails the
 * start with a message that names the key, the value and what is allowed. Values that come from the
 * environment are strings, and are taken for numbers and booleans where those are wanted.
 */
public final class Settings {
  private final String role;
  private final JsonObject values;
  private final Set<String> known = new TreeSet<>();

  /**
   * Settings of one role.
   *
   * @param role goes into error messages
   * @param values keys are lower-case-dashed
   */
  public Settings(String role, JsonObject values) {
    this.role = role;
    this.values = values;
  }

  /** A whole number between {@code min} and {@code max}. */
  public long number(String key, long fallback, long min, long max) {
    known.add(key);
    Object value = values.getValue(key);
    if (value == null) {
      return fallback;
    }
    String allowed = "a whole number from " + min + " to " + max;
    try {
      long number = Long.parseLong(value.toString().trim());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, value, allowed, e);
    }
    throw wrong(key, value, allowed, null);
  }

  /** Like {@link #number}, for sizes and counts. */
  public int integer(String key, int fallback, int min, int max) {
    return (int) number(key, fallback, min, max);
  }

  /** A number of milliseconds; the key says so with {@code -ms} at its end. */
  public Duration millis(String key, Duration fallback, long minMs, long maxMs) {
    return Duration.ofMillis(number(key, fallback.toMillis(), minMs, maxMs));
  }

  /** {@code true} or {@code false}, also {@code on} or {@code off}. */
  public boolean flag(String key, boolean fallback) {
    String word = choice(key, fallback ? "true" : "false", List.of("true", "false", "on", "off"));
    return word.equals("true") || word.equals("on");
  }

  /** One of some words. */
  public String choice(String key, String fallback, List<String> allowed) {
    String word = text(key, fallback);
    if (!allowed.contains(word)) {
      throw wrong(key, word, "one of " + String.join(", ", allowed), null);
    }
    return word;
  }

  /** Any text; empty counts as absent. */
  public String text(String key, String fallback) {
    known.add(key);
    Object value = values.getValue(key);
    return value == null || value.toString().isBlank() ? fallback : value.toString().trim();
  }

  /** Fails when there is a key that nobody has asked for: most likely a typing error. */
  public void rejectUnknown() {
    for (String key : values.fieldNames()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            role + " has no setting '" + key + "': it has " + String.join(", ", known));
      }
    }
  }

  private IllegalArgumentException wrong(
      String key, Object value, String allowed, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        role + " setting '" + key + "' is '" + value + "': it must be " + allowed, cause);
  }
}
