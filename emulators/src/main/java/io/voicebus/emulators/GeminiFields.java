package io.voicebus.emulators;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One object of a request, read strictly: unknown names and wrong types are refused. */
final class GeminiFields {
  private static final Pattern SNAKE = Pattern.compile("_([a-z])");

  private final JsonObject values;
  private final String path;

  private GeminiFields(JsonObject values, String path) {
    this.values = values;
    this.path = path;
  }

  /** The whole body, names turned into camelCase. */
  static GeminiFields parse(Buffer body) {
    Object value;
    try {
      value = Json.decodeValue(body);
    } catch (DecodeException e) {
      throw GeminiRejection.invalid("Invalid JSON payload received. Unexpected token.");
    }
    if (value instanceof JsonObject object) {
      return new GeminiFields(camelCase(object), "");
    }
    throw GeminiRejection.invalid(
        "Invalid JSON payload received. Unknown name \"\": Root element must be a message.");
  }

  private static JsonObject camelCase(JsonObject object) {
    JsonObject camel = new JsonObject();
    for (Map.Entry<String, Object> entry : object) {
      String name =
          SNAKE
              .matcher(entry.getKey())
              .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
      camel.put(name, camelCase(entry.getValue()));
    }
    return camel;
  }

  private static @Nullable Object camelCase(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      return camelCase(object);
    }
    if (value instanceof JsonArray array) {
      JsonArray camel = new JsonArray();
      array.forEach(item -> camel.add(camelCase(item)));
      return camel;
    }
    return value;
  }

  JsonObject values() {
    return values;
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  void allow(Set<String> names) {
    for (String name : values.fieldNames()) {
      if (!names.contains(name)) {
        throw new GeminiRejection(GeminiError.unknownField(name, path));
      }
    }
  }

  boolean has(String name) {
    return values.getValue(name) != null;
  }

  /** The object of this name; empty when there is none. */
  GeminiFields object(String name) {
    Object value = values.getValue(name);
    if (value == null) {
      return new GeminiFields(new JsonObject(), path(name));
    }
    return object(value, path(name));
  }

  /** The objects of the array of this name; none when there is none. */
  List<GeminiFields> objects(String name) {
    Object value = values.getValue(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof JsonArray array) {
      return IntStream.range(0, array.size())
          .mapToObj(i -> object(array.getValue(i), path(name) + "[" + i + "]"))
          .toList();
    }
    throw wrong(name, value);
  }

  private static GeminiFields object(@Nullable Object value, String path) {
    if (value instanceof JsonObject object) {
      return new GeminiFields(object, path);
    }
    throw GeminiRejection.invalid("Invalid value at '" + path + "': it must be an object.");
  }

  /** A string, or nothing. */
  @Nullable String text(String name) {
    Object value = values.getValue(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw wrong(name, value);
  }

  /** A number in a range, or absent. */
  void number(String name, double min, double max) {
    Object value = values.getValue(name);
    if (value == null) {
      return;
    }
    if (!(value instanceof Number number)) {
      throw wrong(name, value);
    }
    if (number.doubleValue() < min || number.doubleValue() > max) {
      throw GeminiRejection.invalid(
          "Unable to submit request because "
              + path(name)
              + " must be in the range ["
              + min
              + ", "
              + max
              + "], but is "
              + number
              + ".");
    }
  }

  /** A whole number in a range, or absent. */
  void whole(String name, int min, int max) {
    Object value = values.getValue(name);
    if (value != null && !(value instanceof Integer) && !(value instanceof Long)) {
      throw wrong(name, value);
    }
    number(name, min, max);
  }

  /** A boolean, or absent. */
  void flag(String name) {
    Object value = values.getValue(name);
    if (value != null && !(value instanceof Boolean)) {
      throw wrong(name, value);
    }
  }

  /** One of some words, or absent. */
  void word(String name, Set<String> words) {
    String value = text(name);
    if (value != null && !words.contains(value)) {
      throw wrong(name, value);
    }
  }

  GeminiRejection wrong(String name, Object value) {
    return GeminiRejection.invalid("Invalid value at '" + path(name) + "': \"" + value + "\"");
  }
}
