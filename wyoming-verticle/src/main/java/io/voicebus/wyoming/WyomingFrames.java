package io.voicebus.wyoming;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The protocol's bytes: a line of JSON with the event's type, then so many bytes of JSON as its
 * {@code data_length} says, which are added to its {@code data}, then so many bytes of samples as
 * its {@code payload_length} says. Read from the source of {@code OHF-Voice/wyoming}, 12 June 2026.
 * NOT thread safe.
 */
final class WyomingFrames {
  /** The longest line, in bytes. */
  static final int MAX_LINE = 64 * 1024;

  /** The longest data, and the most samples of one event, in bytes. */
  static final int MAX_PART = 1024 * 1024;

  private static final String DATA = "data";
  private static final String DATA_LENGTH = "data_length";
  private static final String PAYLOAD_LENGTH = "payload_length";

  /** The bytes are not of this protocol; the message says why. */
  static final class Malformed extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Malformed(String why) {
      super(why);
    }
  }

  private Buffer bytes = Buffer.buffer();

  /** Up to here there is no line end. */
  private int searched;

  /**
   * The events that are whole now.
   *
   * @throws Malformed if they are none; then nothing more can be read
   */
  List<WyomingEvent> accept(Buffer piece) {
    bytes.appendBuffer(piece);
    List<WyomingEvent> events = new ArrayList<>();
    int from = 0;
    while (true) {
      int line = lineEnd(from);
      if (line < 0) {
        break;
      }
      JsonObject head = json(from, line);
      int data = length(head, DATA_LENGTH);
      int payload = length(head, PAYLOAD_LENGTH);
      int end = line + 1 + data + payload;
      if (bytes.length() < end) {
        break;
      }
      events.add(event(head, line + 1, data, payload));
      from = end;
      searched = end;
    }
    if (from > 0) {
      bytes = bytes.getBuffer(from, bytes.length());
      searched = Math.max(0, searched - from);
    }
    return events;
  }

  private int lineEnd(int from) {
    for (int i = Math.max(from, searched); i < bytes.length(); i++) {
      if (bytes.getByte(i) == '\n') {
        searched = i;
        return i;
      }
    }
    searched = bytes.length();
    if (bytes.length() - from > MAX_LINE) {
      throw new Malformed("a line is longer than " + MAX_LINE + " bytes");
    }
    return -1;
  }

  private JsonObject json(int from, int to) {
    try {
      return new JsonObject(bytes.getString(from, to, StandardCharsets.UTF_8.name()));
    } catch (DecodeException notJson) {
      throw new Malformed("an event is a line with a JSON object");
    }
  }

  private static int length(JsonObject head, String name) {
    Object value = head.getValue(name);
    if (value == null) {
      return 0;
    }
    if (!(value instanceof Integer length) || length < 0 || length > MAX_PART) {
      throw new Malformed(name + " is not a number from 0 to " + MAX_PART);
    }
    return length;
  }

  private WyomingEvent event(JsonObject head, int at, int data, int payload) {
    if (!(head.getValue("type") instanceof String type)) {
      throw new Malformed("an event has a type");
    }
    JsonObject all = new JsonObject();
    if (head.getValue(DATA) instanceof JsonObject inHead) {
      all.mergeIn(inHead);
    }
    if (data > 0) {
      all.mergeIn(json(at, at + data));
    }
    byte[] samples = bytes.getBytes(at + data, at + data + payload);
    return new WyomingEvent(type, all, samples);
  }

  /** An event's bytes. */
  static Buffer encode(WyomingEvent event) {
    JsonObject head = new JsonObject().put("type", event.type());
    Buffer data = event.data().isEmpty() ? Buffer.buffer() : event.data().toBuffer();
    if (data.length() > 0) {
      head.put(DATA_LENGTH, data.length());
    }
    if (event.payload().length > 0) {
      head.put(PAYLOAD_LENGTH, event.payload().length);
    }
    return head.toBuffer().appendByte((byte) '\n').appendBuffer(data).appendBytes(event.payload());
  }
}
