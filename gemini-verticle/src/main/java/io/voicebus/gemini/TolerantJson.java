package io.voicebus.gemini;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads JSON that may be anything: what is missing or of another type counts as empty. */
final class TolerantJson {
  private static final JsonObject NOTHING = new JsonObject();

  private TolerantJson() {}

  /** An object, or the first of an array of objects. */
  static Optional<JsonObject> parse(String text) {
    Object value;
    try {
      value = Json.decodeValue(text);
    } catch (DecodeException e) {
      return Optional.empty();
    }
    if (value instanceof JsonArray array && !array.isEmpty()) {
      value = array.getValue(0);
    }
    return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  /** The object that begins a line, whatever comes before it; what follows must belong to it. */
  static Optional<JsonObject> findIn(String lines) {
    for (int at = 0; at >= 0 && at < lines.length(); ) {
      char first = lines.charAt(at);
      if (first == '{' || first == '[') {
        return parse(lines.substring(at));
      }
      int end = lines.indexOf('\n', at);
      at = end < 0 ? -1 : end + 1;
    }
    return Optional.empty();
  }

  /** What begins a line like JSON: an object, or all objects of an array; as bytes again. */
  static List<byte[]> objectsIn(String lines) {
    int at = lines.startsWith("{") || lines.startsWith("[") ? 0 : lines.indexOf("\n{") + 1;
    if (at == 0 && !lines.startsWith("{") && !lines.startsWith("[")) {
      return List.of();
    }
    Object value;
    try {
      value = Json.decodeValue(lines.substring(at));
    } catch (DecodeException e) {
      return List.of();
    }
    JsonArray all = value instanceof JsonArray array ? array : new JsonArray().add(value);
    return all.stream()
        .filter(JsonObject.class::isInstance)
        .map(one -> ((JsonObject) one).encode().getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  static JsonObject object(JsonObject of, String key) {
    return of.getValue(key) instanceof JsonObject object ? object : NOTHING;
  }

  static List<JsonObject> objects(JsonObject of, String key) {
    if (of.getValue(key) instanceof JsonArray array) {
      return array.stream()
          .filter(JsonObject.class::isInstance)
          .map(JsonObject.class::cast)
          .toList();
    }
    return List.of();
  }

  static String text(JsonObject of, String key) {
    return of.getValue(key) instanceof String text ? text : "";
  }

  static int number(JsonObject of, String key) {
    return of.getValue(key) instanceof Number number ? number.intValue() : 0;
  }

  static boolean flag(JsonObject of, String key) {
    return Boolean.TRUE.equals(of.getValue(key));
  }
}
