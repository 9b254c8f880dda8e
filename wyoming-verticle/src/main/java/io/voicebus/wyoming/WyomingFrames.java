package io.voicebus.wyoming;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Utf8Pieces;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

  /**
   * The first byte of a client that speaks TLS (RFC 8446, section 5.1). A line's end may never come
   * in what it sends, and no event begins so.
   */
  private static final byte TLS_HANDSHAKE = 22;

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

  /** What the line says that begins an event. */
  private record Head(String type, JsonObject inLine, int data, int payload) {}

  private Buffer bytes = Buffer.buffer();

  /** Of the event whose data or samples have not all come. */
  private @Nullable Head head;

  /** Up to here there is no line end. */
  private int searched;

  /**
   * Hands on the events that are whole now.
   *
   * @throws Malformed once those before it are handed on, if what follows is none; then nothing
   *     more can be read
   */
  void accept(Buffer piece, Consumer<WyomingEvent> events) {
    bytes.appendBuffer(piece);
    int from = 0;
    while (true) {
      Head begun = head;
      if (begun == null) {
        if (from < bytes.length() && bytes.getByte(from) == TLS_HANDSHAKE) {
          throw new Malformed("this port has no TLS");
        }
        int line = lineEnd(from);
        if (line < 0) {
          break;
        }
        begun = head(from, line);
        from = line + 1;
      }
      int end = from + begun.data + begun.payload;
      searched = from;
      if (bytes.length() < end) {
        head = begun;
        break;
      }
      head = null;
      events.accept(event(begun, from));
      from = end;
      searched = end;
    }
    if (from > 0) {
      bytes = bytes.getBuffer(from, bytes.length());
      searched -= from;
    }
  }

  private int lineEnd(int from) {
    int at = Math.max(from, searched);
    while (at < bytes.length() && at - from <= MAX_LINE && bytes.getByte(at) != '\n') {
      at++;
    }
    if (at - from > MAX_LINE) {
      throw new Malformed("a line is longer than " + MAX_LINE + " bytes");
    }
    searched = at;
    return at < bytes.length() ? at : -1;
  }

  private Head head(int from, int to) {
    JsonObject line = json(from, to);
    if (!(line.getValue("type") instanceof String type)) {
      throw new Malformed("an event has a type");
    }
    return new Head(type, line, length(line, DATA_LENGTH), length(line, PAYLOAD_LENGTH));
  }

  private JsonObject json(int from, int to) {
    Utf8Pieces text = new Utf8Pieces();
    String json = text.accept(bytes.getBytes(from, to));
    text.end();
    if (text.isMalformed()) {
      throw new Malformed("an event is " + text.fault());
    }
    try {
      return new JsonObject(json);
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

  private WyomingEvent event(Head head, int at) {
    JsonObject all = new JsonObject();
    Object given = head.inLine.getValue(DATA);
    if (given instanceof JsonObject inLine) {
      all.mergeIn(inLine);
    } else if (given != null) {
      throw new Malformed("the data of an event is no object");
    }
    int payload = at + head.data;
    if (head.data > 0) {
      all.mergeIn(json(at, payload));
    }
    return new WyomingEvent(head.type, all, bytes.getBytes(payload, payload + head.payload));
  }

  /** An event's bytes, with a mark in place of halves of characters, which no bytes stand for. */
  static Buffer encode(WyomingEvent event) {
    JsonObject head = new JsonObject().put("type", event.type());
    Buffer data = event.data().isEmpty() ? Buffer.buffer() : utf8(event.data());
    if (data.length() > 0) {
      head.put(DATA_LENGTH, data.length());
    }
    if (event.payload().length > 0) {
      head.put(PAYLOAD_LENGTH, event.payload().length);
    }
    return utf8(head).appendByte((byte) '\n').appendBuffer(data).appendBytes(event.payload());
  }

  private static Buffer utf8(JsonObject json) {
    return Buffer.buffer(json.encode());
  }
}
