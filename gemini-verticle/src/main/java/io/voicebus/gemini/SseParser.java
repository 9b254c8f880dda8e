package io.voicebus.gemini;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Server-sent events from bytes, wherever those were cut: lines end with LF, CRLF or CR, and are
 * decoded only once they are whole. Takes time in proportion to the bytes.
 *
 * <p>Lines that are no field of an event are kept aside, as {@link #strays}: some failures come as
 * plain JSON in the middle of a stream.
 */
final class SseParser {
  /** The longest event, and the longest line. */
  static final int MAX_EVENT_BYTES = 4 * 1024 * 1024;

  /** So much of what is no event is kept. */
  static final int MAX_STRAY_BYTES = 64 * 1024;

  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
  private static final byte[][] IGNORED = {
    "event".getBytes(StandardCharsets.US_ASCII),
    "id".getBytes(StandardCharsets.US_ASCII),
    "retry".getBytes(StandardCharsets.US_ASCII)
  };
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Consumer<String> events;
  private final ByteArrayOutputStream strays = new ByteArrayOutputStream(0);
  private byte[] line = new byte[1024];
  private int length;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream(1024);
  private boolean hasData;
  private boolean afterCr;
  private boolean firstLine = true;

  /**
   * A parser at the start of a body.
   *
   * @param events takes the data of each event
   */
  SseParser(Consumer<String> events) {
    this.events = events;
  }

  /** An event is longer than {@link #MAX_EVENT_BYTES}. */
  static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("an event is longer than " + MAX_EVENT_BYTES + " bytes", null, false, false);
    }
  }

  /**
   * The next bytes of the body.
   *
   * @throws TooLargeException once an event is too long
   */
  void feed(byte[] bytes) {
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == '\n' && afterCr) {
        afterCr = false;
        from = i + 1;
      } else if (b == '\n' || b == '\r') {
        afterCr = b == '\r';
        append(bytes, from, i - from);
        from = i + 1;
        line();
      } else {
        afterCr = false;
      }
    }
    append(bytes, from, bytes.length - from);
  }

  /** The body has ended: what is left counts as a line, and as an event. */
  void end() {
    if (length > 0) {
      line();
    }
    dispatch();
  }

  /** What was no event, lines separated by LF; at most {@link #MAX_STRAY_BYTES}. */
  String strays() {
    return strays.toString(StandardCharsets.UTF_8);
  }

  private void append(byte[] bytes, int from, int count) {
    if (data.size() + length + count > MAX_EVENT_BYTES) {
      throw new TooLargeException();
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
    }
    System.arraycopy(bytes, from, line, length, count);
    length += count;
  }

  private void line() {
    int from = firstLine && starts(BYTE_ORDER_MARK, 0) ? BYTE_ORDER_MARK.length : 0;
    firstLine = false;
    if (length == from) {
      dispatch();
    } else if (isField(DATA, from)) {
      takeData(from + DATA.length);
    } else if (line[from] != ':' && !isIgnored(from)) {
      keepAside(from);
    }
    length = 0;
  }

  private void takeData(int colon) {
    int from = Math.min(length, colon + 1);
    if (from < length && line[from] == ' ') {
      from++;
    }
    if (hasData) {
      data.write('\n');
    }
    data.write(line, from, length - from);
    hasData = true;
  }

  private void keepAside(int from) {
    int room = MAX_STRAY_BYTES - strays.size();
    if (room > 0) {
      strays.write(line, from, Math.min(room - 1, length - from));
      strays.write('\n');
    }
  }

  private void dispatch() {
    if (data.size() > 0) {
      String event = data.toString(StandardCharsets.UTF_8);
      data.reset();
      hasData = false;
      events.accept(event);
    }
    hasData = false;
  }

  private boolean isIgnored(int from) {
    for (byte[] name : IGNORED) {
      if (isField(name, from)) {
        return true;
      }
    }
    return false;
  }

  private boolean isField(byte[] name, int from) {
    int end = from + name.length;
    return starts(name, from) && (length == end || line[end] == ':');
  }

  private boolean starts(byte[] prefix, int from) {
    if (length < from + prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (line[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
