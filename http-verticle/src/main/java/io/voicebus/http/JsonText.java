package io.voicebus.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes one flat or nested JSON object, on one line. */
final class JsonText {
  private final StringBuilder text = new StringBuilder("{");

  static JsonText object() {
    return new JsonText();
  }

  JsonText put(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  JsonText put(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  JsonText put(String name, boolean value) {
    name(name);
    text.append(value);
    return this;
  }

  JsonText put(String name, JsonText value) {
    name(name);
    text.append(value);
    return this;
  }

  /** Adds what is JSON already. */
  JsonText putJson(String name, String json) {
    name(name);
    text.append(json);
    return this;
  }

  /** Adds a duration in milliseconds, to the microsecond; leaves out a negative one. */
  JsonText putMs(String name, long nanos) {
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
    text.append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, text);
    text.append('"');
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
