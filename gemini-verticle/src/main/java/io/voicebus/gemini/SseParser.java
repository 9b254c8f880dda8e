package io.voicebus.gemini;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Server-sent events from bytes, wherever those were cut: lines end with LF, CRLF or CR. Takes time
 * in proportion to the bytes; an event that came in one piece is handed on where it lies.
 *
 * <p>Some servers end an event with its line, without a blank one: a JSON object that is complete
 * is an event of its own where another follows, and so is the mark behind an answer. An object on a
 * line without a field's name is an event, too. Other lines that are no field of an event are kept
 * aside, as {@link #strays}: some answers and failures come as plain JSON.
 */
final class SseParser {
  /** The longest event, and the longest line. */
  static final int MAX_EVENT_BYTES = 4 * 1024 * 1024;

  /** How much of the lines that are no events is kept, in bytes. */
  static final int MAX_STRAY_BYTES = 1024 * 1024;

  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
  private static final byte[][] IGNORED = {
    "event".getBytes(StandardCharsets.US_ASCII),
    "id".getBytes(StandardCharsets.US_ASCII),
    "retry".getBytes(StandardCharsets.US_ASCII)
  };
  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEW_LINE = {'\n'};
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Events events;
  private final ByteArrayOutputStream strays = new ByteArrayOutputStream(0);

  /** The beginning of a line whose end has not arrived. */
  private byte[] begun = new byte[0];

  private int begunLength;

  /** Lines of data that could not stay where they lay. */
  private byte[] data = new byte[0];

  private int dataLength;
  private boolean hasData;

  /** The array with one line of data that was not copied; it has length 0 if there is none. */
  private byte[] lying = data;

  private int lyingFrom;
  private int lyingTo;
  private boolean afterCr;
  private boolean firstLine = true;

  /** Whether events have been seen that no blank line ended. */
  private boolean bare;

  /**
   * A parser at the start of a body.
   *
   * @param events takes the data of each event
   */
  SseParser(Events events) {
    this.events = events;
  }

  /** Takes events. */
  interface Events {
    /**
     * One event's data, lines separated by LF.
     *
     * @param bytes valid during the call only
     */
    void event(byte[] bytes, int from, int length);
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
    int at = 0;
    while (at < bytes.length) {
      byte b = bytes[at];
      if (b > '\r' || (b != '\n' && b != '\r')) {
        at++;
        continue;
      }
      if (b == '\n' && afterCr && at == from && begunLength == 0) {
        afterCr = false;
      } else {
        afterCr = b == '\r';
        wholeLine(bytes, from, at);
      }
      at++;
      from = at;
    }
    if (from < bytes.length) {
      afterCr = false;
      begin(bytes, from, bytes.length - from);
    }
    keepLying();
  }

  /** The body has ended: what is left counts as a line, and as an event. */
  void end() {
    if (begunLength > 0) {
      wholeLine(begun, 0, 0);
    }
    dispatch();
  }

  /** How much of it was no event, in bytes. */
  int strayBytes() {
    return strays.size();
  }

  /** What was no event, lines separated by LF; at most {@link #MAX_STRAY_BYTES}. */
  String strays() {
    return strays.toString(StandardCharsets.UTF_8);
  }

  private void begin(byte[] bytes, int from, int count) {
    checkRoom(begunLength + count);
    if (begunLength + count > begun.length) {
      begun = Arrays.copyOf(begun, Math.max(begunLength + count, 2 * begun.length));
    }
    System.arraycopy(bytes, from, begun, begunLength, count);
    begunLength += count;
  }

  private void checkRoom(int more) {
    if (dataLength + (lyingTo - lyingFrom) + more > MAX_EVENT_BYTES) {
      throw new TooLargeException();
    }
  }

  private void wholeLine(byte[] bytes, int from, int to) {
    if (begunLength == 0) {
      checkRoom(to - from);
      line(bytes, from, to);
    } else {
      begin(bytes, from, to - from);
      int length = begunLength;
      begunLength = 0;
      line(begun, 0, length);
      if (lying == begun) {
        keepLying();
      }
    }
  }

  private void line(byte[] bytes, int lineFrom, int to) {
    int from = lineFrom;
    if (firstLine && starts(BYTE_ORDER_MARK, bytes, from, to)) {
      from += BYTE_ORDER_MARK.length;
    }
    firstLine = false;
    if (from == to) {
      dispatch();
    } else if (isField(DATA, bytes, from, to)) {
      takeData(bytes, Math.min(to, from + DATA.length + 1), to);
    } else if (isWhole(bytes, from, to)) {
      dispatch();
      takeData(bytes, from, to);
      dispatch();
    } else if (bytes[from] != ':' && !isIgnored(bytes, from, to)) {
      keepAside(bytes, from, to);
    }
  }

  private void takeData(byte[] bytes, int afterColon, int to) {
    int from = afterColon < to && bytes[afterColon] == ' ' ? afterColon + 1 : afterColon;
    boolean done = starts(DONE, bytes, from, to);
    // No JSON has an object right behind another one.
    if (hasData && endsWith('}') && (done || (from < to && bytes[from] == '{'))) {
      bare = true;
      dispatch();
    }
    if (hasData) {
      keepLying();
      keep(NEW_LINE, 0, 1);
      keep(bytes, from, to - from);
    } else {
      hasData = true;
      lying = bytes;
      lyingFrom = from;
      lyingTo = to;
    }
    if (done || (bare && isWhole(bytes, from, to))) {
      dispatch();
    }
  }

  /** Whether the data so far ends like that. */
  private boolean endsWith(char last) {
    byte[] bytes = lyingTo > lyingFrom ? lying : data;
    int end = lyingTo > lyingFrom ? lyingTo : dataLength;
    while (end > 0 && bytes[end - 1] == ' ') {
      end--;
    }
    return end > 0 && bytes[end - 1] == last;
  }

  /** Whether a line looks like an object, or is the mark behind an answer. */
  private static boolean isWhole(byte[] bytes, int from, int lineTo) {
    int to = lineTo;
    while (to > from && bytes[to - 1] == ' ') {
      to--;
    }
    return starts(DONE, bytes, from, to)
        || (to - from > 1 && bytes[from] == '{' && bytes[to - 1] == '}');
  }

  /** What lies in bytes that will be gone is copied. */
  private void keepLying() {
    if (lyingTo > lyingFrom) {
      int from = lyingFrom;
      int length = lyingTo - lyingFrom;
      lyingTo = lyingFrom;
      keep(lying, from, length);
    }
    lying = data;
  }

  private void keep(byte[] bytes, int from, int count) {
    if (dataLength + count > data.length) {
      data = Arrays.copyOf(data, Math.max(dataLength + count, 2 * data.length));
    }
    System.arraycopy(bytes, from, data, dataLength, count);
    dataLength += count;
  }

  private void keepAside(byte[] bytes, int from, int to) {
    int room = MAX_STRAY_BYTES - strays.size();
    if (room > 0) {
      strays.write(bytes, from, Math.min(room - 1, to - from));
      strays.write('\n');
    }
  }

  private void dispatch() {
    int from = lyingFrom;
    int length = lyingTo - lyingFrom;
    byte[] bytes = lying;
    if (length == 0) {
      from = 0;
      length = dataLength;
      bytes = data;
    }
    hasData = false;
    lyingTo = lyingFrom;
    dataLength = 0;
    if (length > 0) {
      events.event(bytes, from, length);
    }
  }

  private static boolean isIgnored(byte[] bytes, int from, int to) {
    for (byte[] name : IGNORED) {
      if (isField(name, bytes, from, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isField(byte[] name, byte[] bytes, int from, int to) {
    int end = from + name.length;
    return starts(name, bytes, from, to) && (to == end || bytes[end] == ':');
  }

  private static boolean starts(byte[] prefix, byte[] bytes, int from, int to) {
    if (to - from < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
