package io.voicebus.emulators;

import java.nio.charset.StandardCharsets;

/**
 * How events are put into bytes, and bytes into the pieces that are written.
 *
 * @param lineEnd Gemini ends lines with CRLF, proxies and most others with LF
 * @param cutBytes bytes of one piece, wherever that cuts lines and characters; 0 for whole events
 * @param comments whether a comment line comes before each event
 * @param spaced whether a space follows {@code data:}
 * @param manyLines whether an event's JSON is spread over several {@code data:} lines
 * @param closed whether a blank line follows the last event
 * @param emptyData whether an event with an empty {@code data:} line comes before each event
 */
public record SseFraming(
    LineEnd lineEnd,
    int cutBytes,
    boolean comments,
    boolean spaced,
    boolean manyLines,
    boolean closed,
    boolean emptyData) {

  /** What ends a line. */
  public enum LineEnd {
    CRLF("\r\n"),
    LF("\n"),
    CR("\r");

    private final String text;

    LineEnd(String text) {
      this.text = text;
    }
  }

  /** As Gemini does it. */
  public static final SseFraming CRLF =
      new SseFraming(LineEnd.CRLF, 0, false, true, false, true, false);

  /** As OpenAI and most others do it. */
  public static final SseFraming LF = CRLF.withLineEnd(LineEnd.LF);

  public SseFraming withLineEnd(LineEnd other) {
    return new SseFraming(other, cutBytes, comments, spaced, manyLines, closed, emptyData);
  }

  public SseFraming withCutBytes(int bytes) {
    return new SseFraming(lineEnd, bytes, comments, spaced, manyLines, closed, emptyData);
  }

  public SseFraming withComments() {
    return new SseFraming(lineEnd, cutBytes, true, spaced, manyLines, closed, emptyData);
  }

  public SseFraming withoutSpace() {
    return new SseFraming(lineEnd, cutBytes, comments, false, manyLines, closed, emptyData);
  }

  public SseFraming withManyLines() {
    return new SseFraming(lineEnd, cutBytes, comments, spaced, true, closed, emptyData);
  }

  public SseFraming withEmptyData() {
    return new SseFraming(lineEnd, cutBytes, comments, spaced, manyLines, closed, true);
  }

  public SseFraming withoutLastBlankLine() {
    return new SseFraming(lineEnd, cutBytes, comments, spaced, manyLines, false, emptyData);
  }

  /**
   * One event.
   *
   * @param json may have several lines, separated by LF
   */
  byte[] event(String json, boolean last) {
    StringBuilder lines = new StringBuilder(json.length() + 64);
    if (comments) {
      lines.append(": keep-alive").append(lineEnd.text);
    }
    if (emptyData) {
      lines.append("data:").append(lineEnd.text).append(lineEnd.text);
    }
    String field = spaced ? "data: " : "data:";
    for (String line : manyLines ? json.split("\n", -1) : new String[] {json}) {
      lines.append(field).append(line).append(lineEnd.text);
    }
    if (closed || !last) {
      lines.append(lineEnd.text);
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Lines that are no event. */
  byte[] raw(String text) {
    return text.replace("\n", lineEnd.text).getBytes(StandardCharsets.UTF_8);
  }
}
