package io.voicebus.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

  /**
   * The value, or else the default.
   *
   * @throws IllegalArgumentException for a value that is not allowed
   * @throws IllegalStateException for a setting without a default that is not set: see {@link
   *     #find}
   */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .or(setting::fallback)
        .orElseThrow(() -> new IllegalStateException(setting + " has no default"));
  }

  /**
   * The value, if one is set; blank counts as not set.
   *
   * @throws IllegalArgumentException for a value that is not allowed
   */
  public <T> Optional<T> find(Setting<T> setting) {
    known.add(setting.key());
    String text = text(values.getValue(setting.key()));
    if (text.isBlank()) {
      return Optional.empty();
    }
    Optional<T> read = setting.parse(text);
    if (read.isEmpty()) {
      throw new IllegalArgumentException(
          setting.fault(role + " setting '" + setting.key() + "'", text).orElseThrow());
    }
    return read;
  }

  /** Lists may be JSON arrays, too. */
  private static String text(@Nullable Object value) {
    if (value instanceof JsonArray items) {
      return items.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return value == null ? "" : value.toString();
  }

  /** Whether it is set, to whatever. */
  public boolean has(Setting<?> setting) {
    return find(setting).isPresent();
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
}
