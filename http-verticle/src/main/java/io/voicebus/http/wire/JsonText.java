package io.voicebus.http.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes one flat or nested JSON object, on one line. */
public final class JsonText {
  private final StringBuilder text = new StringBuilder("{");

  /** An object without members yet. */
  public static JsonText object() {
    return new JsonText();
  }

  /** Adds a string. */
  public JsonText put(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  /** Adds a whole number. */
  public JsonText put(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  /** Adds true or false. */
  public JsonText put(String name, boolean value) {
    name(name);
    text.append(value);
    return this;
  }

  /** Adds an object. */
  public JsonText put(String name, JsonText value) {
    name(name);
    text.append(value);
    return this;
  }

  /** Adds a member whose value is JSON already. */
  public JsonText putJson(String name, String json) {
    name(name);
    text.append(json);
    return this;
  }

  /** Adds a duration in milliseconds, to the microsecond; leaves out a negative one. */
  public JsonText putMs(String name, long nanos) {
    if (nanos >= 0) {
      name(name);
      long micros = nanos / 1000;
      text.append(micros / 1000).append('.');
      text.append(String.valueOf(1000 + micros % 1000), 1, 4);
    }
    return this;
  }

  private void name(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(name);
    text.append(':');
  }

  private void quote(String value) {
    quote(value, text);
  }

  private static void quote(String value, StringBuilder text) {
    text.append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, text);
    text.append('"');
  }

  /** A string as JSON writes it, with its quotes. */
  public static String quoted(String value) {
    StringBuilder text = new StringBuilder(value.length() + 2);
    quote(value, text);
    return text.toString();
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
