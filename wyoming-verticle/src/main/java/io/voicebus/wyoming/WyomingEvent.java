package io.voicebus.wyoming;

import io.vertx.core.json.JsonObject;

/**
 * One event of the protocol.
 *
 * @param type what it is, such as {@code synthesize}
 * @param data what it says; empty for nothing
 * @param payload samples; empty for none; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record WyomingEvent(String type, JsonObject data, byte[] payload) {
  private static final byte[] NOTHING = {};

  /** One without samples. */
  WyomingEvent(String type, JsonObject data) {
    this(type, data, NOTHING);
  }

  /** A text of its data; empty where there is none, or something else. */
  String text(String name) {
    return data.getValue(name) instanceof String text ? text : "";
  }

  /** An object of its data; empty where there is none, or something else. */
  JsonObject object(String name) {
    return data.getValue(name) instanceof JsonObject object ? object : new JsonObject();
  }
}
