package io.voicebus.emulators;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One object of a request, read strictly: wrong types and values are refused by name. */
final class OpenAiFields {
  private final JsonObject values;
  private final String path;

  private OpenAiFields(JsonObject values, String path) {
    this.values = values;
    this.path = path;
  }

  /** The whole body. */
  static OpenAiFields parse(Buffer body) {
    try {
      if (Json.decodeValue(body) instanceof JsonObject object) {
        return new OpenAiFields(object, "");
      }
    } catch (DecodeException e) {
      // the same answer
    }
    throw new OpenAiRejection(
        OpenAiError.invalid("We could not parse the JSON body of your request."));
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
        throw OpenAiRejection.invalid(
            "unknown_parameter", path(name), "Unknown parameter: '" + path(name) + "'.");
      }
    }
  }

  boolean has(String name) {
    return values.getValue(name) != null;
  }

  void require(String name) {
    if (!has(name)) {
      throw new OpenAiRejection(OpenAiError.missing(path(name)));
    }
  }

  /** A string, or nothing. */
  @Nullable String text(String name) {
    Object value = values.getValue(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw wrongType(name, "a string", value);
  }

  /** A string that must be there. */
  String requiredText(String name) {
    require(name);
    return String.valueOf(text(name));
  }

  /** One of some words, or the fallback. */
  String word(String name, Collection<String> words, String fallback) {
    String value = text(name);
    if (value == null) {
      return fallback;
    }
    if (!words.contains(value)) {
      String known =
          new TreeSet<>(words).stream().map(w -> "'" + w + "'").collect(Collectors.joining(", "));
      throw OpenAiRejection.invalid(
          "invalid_value",
          path(name),
          "Invalid value: '" + value + "'. Supported values are: " + known + ".");
    }
    return value;
  }

  /** A boolean, false when absent. */
  boolean flag(String name) {
    Object value = values.getValue(name);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw wrongType(name, "a boolean", value);
  }

  /** A number in a range, or absent. */
  void number(String name, double min, double max) {
    Object value = values.getValue(name);
    if (value == null) {
      return;
    }
    if (!(value instanceof Number number)) {
      throw wrongType(name, "a decimal", value);
    }
    range(name, number, "decimal", min, max);
  }

  /** A whole number in a range, or the fallback. */
  int whole(String name, int min, int max, int fallback) {
    Object value = values.getValue(name);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof Integer) && !(value instanceof Long)) {
      throw wrongType(name, "an integer", value);
    }
    range(name, (Number) value, "integer", min, max);
    return ((Number) value).intValue();
  }

  private void range(String name, Number value, String type, double min, double max) {
    boolean below = value.doubleValue() < min;
    if (below || value.doubleValue() > max) {
      throw OpenAiRejection.invalid(
          type + (below ? "_below_min_value" : "_above_max_value"),
          path(name),
          "Invalid '"
              + path(name)
              + "': "
              + type
              + (below ? " below minimum value. Expected a value >= " : " above maximum value.")
              + (below ? String.valueOf(min) : " Expected a value <= " + max)
              + ", but got "
              + value
              + " instead.");
    }
  }

  /** The object of this name; empty when there is none. */
  OpenAiFields object(String name) {
    Object value = values.getValue(name);
    if (value == null) {
      return new OpenAiFields(new JsonObject(), path(name));
    }
    if (value instanceof JsonObject object) {
      return new OpenAiFields(object, path(name));
    }
    throw wrongType(name, "an object", value);
  }

  /** The objects of the array of this name; none when there is none. */
  List<OpenAiFields> objects(String name) {
    Object value = values.getValue(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonArray array)) {
      throw wrongType(name, "an array of objects", value);
    }
    return IntStream.range(0, array.size())
        .mapToObj(
            i -> {
              if (array.getValue(i) instanceof JsonObject object) {
                return new OpenAiFields(object, path(name) + "[" + i + "]");
              }
              throw wrongType(name + "[" + i + "]", "an object", array.getValue(i));
            })
        .toList();
  }

  OpenAiRejection wrongType(String name, String expected, @Nullable Object value) {
    return OpenAiRejection.invalid(
        "invalid_type",
        path(name),
        "Invalid type for '"
            + path(name)
            + "': expected "
            + expected
            + ", but got "
            + typeOf(value)
            + " instead.");
  }

  private static String typeOf(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String) {
      return "a string";
    }
    if (value instanceof Boolean) {
      return "a boolean";
    }
    if (value instanceof JsonArray) {
      return "an array";
    }
    if (value instanceof JsonObject) {
      return "an object";
    }
    return value instanceof Integer || value instanceof Long ? "an integer" : "a decimal";
  }
}
