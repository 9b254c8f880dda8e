package io.voicebus.emulators;

import java.nio.charset.StandardCharsets;

/**
 * How events are put into bytes, and bytes into the pieces that are written.
 *
 * @param lineEnd the real service ends lines with CRLF, proxies use LF
 * @param cutBytes bytes of one piece, wherever that cuts lines and characters; 0 for whole events
 * @param comments whether a comment line comes before each event
 * @param spaced whether a space follows {@code data:}
 * @param manyLines whether an event's JSON is spread over several {@code data:} lines
 * @param closed whether a blank line follows the last event
 */
public record GeminiFraming(
    LineEnd lineEnd,
    int cutBytes,
    boolean comments,
    boolean spaced,
    boolean manyLines,
    boolean closed) {

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

  /** As the real service does it. */
  public static final GeminiFraming REAL =
      new GeminiFraming(LineEnd.CRLF, 0, false, true, false, true);

  public GeminiFraming withLineEnd(LineEnd other) {
    return new GeminiFraming(other, cutBytes, comments, spaced, manyLines, closed);
  }

  public GeminiFraming withCutBytes(int bytes) {
    return new GeminiFraming(lineEnd, bytes, comments, spaced, manyLines, closed);
  }

  public GeminiFraming withComments() {
    return new GeminiFraming(lineEnd, cutBytes, true, spaced, manyLines, closed);
  }

  public GeminiFraming withoutSpace() {
    return new GeminiFraming(lineEnd, cutBytes, comments, false, manyLines, closed);
  }

  public GeminiFraming withManyLines() {
    return new GeminiFraming(lineEnd, cutBytes, comments, spaced, true, closed);
  }

  public GeminiFraming withoutLastBlankLine() {
    return new GeminiFraming(lineEnd, cutBytes, comments, spaced, manyLines, false);
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
