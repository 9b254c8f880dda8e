package io.voicebus.http;

import io.voicebus.bus.FailureKind;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 that comes in pieces, cut anywhere, and never puts a replacement character for what
 * is none. NOT thread safe.
 */
final class Utf8Pieces {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  /** The beginning of a character whose rest has not come. */
  private byte[] rest = new byte[0];

  private long read;
  private boolean begun;

  /**
   * The whole characters so far, without the byte order mark that some editors put before a text.
   *
   * @throws ProblemException with the place of the first byte that is not UTF-8
   */
  String accept(byte[] piece) {
    byte[] bytes = piece;
    if (rest.length > 0) {
      bytes = new byte[rest.length + piece.length];
      System.arraycopy(rest, 0, bytes, 0, rest.length);
      System.arraycopy(piece, 0, bytes, rest.length, piece.length);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (decoder.decode(in, out, false).isError()) {
      throw malformed(read + in.position());
    }
    read += in.position();
    rest = new byte[in.remaining()];
    in.get(rest);
    String text = out.flip().toString();
    if (!begun && !text.isEmpty()) {
      begun = true;
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
    return text;
  }

  /**
   * Nothing more comes.
   *
   * @throws ProblemException when a character has no end
   */
  void end() {
    if (rest.length > 0) {
      throw malformed(read);
    }
  }

  private static ProblemException malformed(long at) {
    return ProblemMapping.of(
            FailureKind.INVALID_REQUEST,
            "the body is not UTF-8: byte " + at + " begins no valid character")
        .toException();
  }
}
