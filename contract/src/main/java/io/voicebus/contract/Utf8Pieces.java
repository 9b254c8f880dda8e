package io.voicebus.contract;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 that comes in pieces, cut anywhere, and never puts a replacement character for what
 * is none: it stops there. NOT thread safe.
 */
public final class Utf8Pieces {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final long NONE = -1;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  /** The beginning of a character whose rest has not come. */
  private byte[] rest = new byte[0];

  private long read;
  private long malformedAt = NONE;
  private boolean begun;

  /**
   * The whole characters so far, without the byte order mark that some editors put before a text;
   * of a piece that {@link #isMalformed}, those before the fault, and nothing after it.
   */
  public String accept(byte[] piece) {
    if (isMalformed()) {
      return "";
    }
    byte[] bytes = piece;
    if (rest.length > 0) {
      bytes = new byte[rest.length + piece.length];
      System.arraycopy(rest, 0, bytes, 0, rest.length);
      System.arraycopy(piece, 0, bytes, rest.length, piece.length);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    boolean malformed = decoder.decode(in, out, false).isError();
    read += in.position();
    if (malformed) {
      malformedAt = read;
    }
    rest = new byte[malformed ? 0 : in.remaining()];
    in.get(rest);
    String text = out.flip().toString();
    if (!begun && !text.isEmpty()) {
      begun = true;
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
    return text;
  }

  /** Nothing more comes: the beginning of a character without its rest is malformed. */
  public void end() {
    if (rest.length > 0) {
      malformedAt = read;
    }
  }

  /** Whether something has come that is not UTF-8. */
  public boolean isMalformed() {
    return malformedAt != NONE;
  }

  /** What is wrong with the text, in words, if it {@link #isMalformed}. */
  public String fault() {
    return "not UTF-8: byte " + malformedAt + " begins no valid character";
  }
}
