package io.voicebus.http.wire;

import io.voicebus.bus.FailureKind;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 strictly: malformed bytes are an error, never a replacement character. */
public final class StrictUtf8 {
  private StrictUtf8() {}

  /**
   * Decodes a text, and removes the byte order mark that some editors write.
   *
   * @throws ProblemException with the position of the first malformed byte
   */
  public static String decode(byte[] bytes) {
    return decode(bytes, "the body");
  }

  /**
   * The same.
   *
   * @param what it is, as errors call it
   */
  static String decode(byte[] bytes, String what) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw ProblemMapping.of(
              FailureKind.INVALID_REQUEST,
              what + " is not UTF-8: byte " + in.position() + " begins no valid character")
          .toException();
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The length in bytes of UTF-8; -1 if the text has a lone surrogate. */
  public static long length(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        return -1;
      }
    }
    return bytes;
  }
}
