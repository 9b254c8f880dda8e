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
 * @param parted whether a blank line follows each event, as it must
 * @param escaped whether characters beyond ASCII are written as {@code \\u} and four digits, and
 *     text is cut within surrogate pairs
 * @param after what becomes of the body once the answer is complete
 */
public record SseFraming(
    LineEnd lineEnd,
    int cutBytes,
    boolean comments,
    boolean spaced,
    boolean manyLines,
    boolean closed,
    boolean emptyData,
    boolean parted,
    boolean escaped,
    After after) {

  /** What becomes of the body once the answer is complete. */
  public enum After {
    /** It ends. */
    END,
    /** It stays open, and nothing comes. */
    OPEN,
    /** It stays open, and a comment comes every {@value EventStream#HEARTBEAT_MS} ms. */
    HEARTBEATS
  }

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
      new SseFraming(LineEnd.CRLF, 0, false, true, false, true, false, true, false, After.END);

  /** As OpenAI and most others do it. */
  public static final SseFraming LF = CRLF.withLineEnd(LineEnd.LF);

  public SseFraming withLineEnd(LineEnd other) {
    return new SseFraming(
        other, cutBytes, comments, spaced, manyLines, closed, emptyData, parted, escaped, after);
  }

  public SseFraming withCutBytes(int bytes) {
    return new SseFraming(
        lineEnd, bytes, comments, spaced, manyLines, closed, emptyData, parted, escaped, after);
  }

  public SseFraming withComments() {
    return new SseFraming(
        lineEnd, cutBytes, true, spaced, manyLines, closed, emptyData, parted, escaped, after);
  }

  public SseFraming withoutSpace() {
    return new SseFraming(
        lineEnd, cutBytes, comments, false, manyLines, closed, emptyData, parted, escaped, after);
  }

  public SseFraming withManyLines() {
    return new SseFraming(
        lineEnd, cutBytes, comments, spaced, true, closed, emptyData, parted, escaped, after);
  }

  public SseFraming withEmptyData() {
    return new SseFraming(
        lineEnd, cutBytes, comments, spaced, manyLines, closed, true, parted, escaped, after);
  }

  public SseFraming withoutLastBlankLine() {
    return new SseFraming(
        lineEnd, cutBytes, comments, spaced, manyLines, false, emptyData, parted, escaped, after);
  }

  /** Events end with their line. */
  public SseFraming withoutBlankLines() {
    return new SseFraming(
        lineEnd, cutBytes, comments, spaced, manyLines, closed, emptyData, false, escaped, after);
  }

  /** As Python writes JSON. */
  public SseFraming withEscapes() {
    return new SseFraming(
        lineEnd, cutBytes, comments, spaced, manyLines, closed, emptyData, parted, true, after);
  }

  /** Once the answer is complete. */
  public SseFraming keptOpen(After other) {
    return new SseFraming(
        lineEnd, cutBytes, comments, spaced, manyLines, closed, emptyData, parted, escaped, other);
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
    String written = escaped ? escape(json) : json;
    for (String line : manyLines ? written.split("\n", -1) : new String[] {written}) {
      lines.append(field).append(line).append(lineEnd.text);
    }
    if (parted && (closed || !last)) {
      lines.append(lineEnd.text);
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String escape(String json) {
    StringBuilder ascii = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      ascii.append(c < 0x7F ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return ascii.toString();
  }

  /** Where an event that begins here ends, see {@link TextPace#eventEnd}. */
  int eventEnd(TextPace pace, String text, int from, int tokensLeft) {
    int end = pace.eventEnd(text, from, tokensLeft);
    return escaped && end < text.length() && Character.isHighSurrogate(text.charAt(end))
        ? end + 1
        : end;
  }

  /** Lines that are no event. */
  byte[] raw(String text) {
    return text.replace("\n", lineEnd.text).getBytes(StandardCharsets.UTF_8);
  }
}
