package io.voicebus.http.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.StrictUtf8;
import java.util.Optional;

/**
 * A request's body, or an object in it. Unknown fields are ignored, since clients send fields of
 * their own. {@code null} counts as absent.
 */
public final class RequestJson {
  private final JsonObject json;
  private final String path;

  private RequestJson(JsonObject json, String path) {
    this.json = json;
    this.path = path;
  }

  /**
   * Parses a body.
   *
   * @throws ProblemException 400
   */
  public static RequestJson parse(String body) {
    try {
      return new RequestJson(new JsonObject(body), "");
    } catch (DecodeException e) {
      throw JsonFields.invalid(
          "the body must be a JSON object"
              + (body.stripLeading().startsWith("{")
                      && e.getCause() instanceof JsonProcessingException why
                  ? ": " + JsonFields.fault(why)
                  : ""));
    }
  }

  /** An object that is an item of a list. */
  public static RequestJson item(Object value, String path) {
    if (value instanceof JsonObject object) {
      return new RequestJson(object, path + ".");
    }
    throw Invalid.field(path, "invalid_type", "'" + path + "' must be an object");
  }

  /** The path of a field, for errors. */
  public String path(String name) {
    return path + name;
  }

  /** The value of a field, of any type. */
  public Optional<Object> value(String name) {
    return Optional.ofNullable(json.getValue(name));
  }

  /** A field's string; empty if it is absent. */
  public String text(String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return whole(path(name), text);
    }
    throw type(name, "a string");
  }

  /** Checks that a string has no lone surrogates. */
  public static String whole(String path, String text) {
    if (StrictUtf8.length(text) < 0) {
      throw Invalid.field(path, "'" + path + "' has half of a surrogate pair");
    }
    return text;
  }

  /** A field's boolean; false if it is absent. Other values are errors. */
  public boolean flag(String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw type(name, "true or false");
  }

  /** A field's object. */
  public Optional<RequestJson> object(String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof JsonObject object) {
      return Optional.of(new RequestJson(object, path(name) + "."));
    }
    throw type(name, "an object");
  }

  /** A field's list; empty if it is absent. */
  public JsonArray list(String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return new JsonArray();
    }
    if (value instanceof JsonArray list) {
      return list;
    }
    throw type(name, "a list");
  }

  /** The voice: its name, or {@code {"id": name}}; empty if it is absent. */
  public String voice() {
    Object value = json.getValue(Invalid.VOICE);
    if (value instanceof JsonObject) {
      return object(Invalid.VOICE).map(object -> object.text("id")).orElse("");
    }
    if (value != null && !(value instanceof String)) {
      throw type(Invalid.VOICE, "a string, or an object with an id");
    }
    return text(Invalid.VOICE);
  }

  private ProblemException type(String name, String wanted) {
    return Invalid.field(path(name), "invalid_type", "'" + path(name) + "' must be " + wanted);
  }
}
