package io.voicebus.tts.elevenlabs;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The long base64 string of a JSON message, taken out before the rest is parsed: a parser looks at
 * each of its characters, and that was a quarter of what the event loops did for a turn.
 *
 * @param rest the message with that string left empty
 * @param bytes what it stands for
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record AudioField(String rest, byte[] bytes) {
  private static final String NAME = "\"audio";
  private static final String LONG_NAME = "\"audio_base64\"";

  /** Shorter ones are left to the parser. */
  private static final int LEAST_CHARS = 64;

  /** Most that a thread keeps for the next message: of longer ones the chars go to the garbage. */
  private static final int KEPT_CHARS = 64 * 1024;

  private static final ThreadLocal<byte[]> CHARS = ThreadLocal.withInitial(() -> new byte[16_384]);

  /**
   * Finds the value of {@code audio} or {@code audio_base64}. In JSON, a quote that follows a
   * name's last letter without a backslash ends that name, so that nothing else looks like it.
   *
   * @return null when there is none, or none that this can read: a parser decides then
   */
  static @Nullable AudioField find(String json) {
    int name = json.indexOf(NAME);
    if (name < 0) {
      return null;
    }
    int end = name + (json.startsWith(LONG_NAME, name) ? LONG_NAME.length() : NAME.length() + 1);
    int colon = afterBlanks(json, end);
    int quote = afterBlanks(json, colon + 1);
    if (!is(json, end - 1, '"') || !is(json, colon, ':') || !is(json, quote, '"')) {
      return null;
    }
    int close = json.indexOf('"', quote + 1);
    if (close - quote <= LEAST_CHARS) {
      return null;
    }
    try {
      String rest = json.substring(0, quote + 1).concat(json.substring(close));
      return new AudioField(rest, decoded(json, quote + 1, close));
    } catch (IllegalArgumentException e) { // an escaped slash, say
      return null;
    }
  }

  /**
   * What a part of a text stands for. Most of what a turn's messages take is this: no char is
   * copied more than once.
   *
   * @throws IllegalArgumentException if it is no base64
   */
  @SuppressWarnings("deprecation") // of chars beyond Latin-1, which base64 has none of
  private static byte[] decoded(String json, int from, int to) {
    int length = to - from;
    byte[] chars = CHARS.get();
    if (length > chars.length) {
      chars = new byte[length];
      if (length <= KEPT_CHARS) {
        CHARS.set(chars);
      }
    }
    json.getBytes(from, to, chars, 0);
    ByteBuffer bytes = Base64.getDecoder().decode(ByteBuffer.wrap(chars, 0, length));
    return bytes.remaining() == bytes.array().length
        ? bytes.array()
        : Arrays.copyOf(bytes.array(), bytes.remaining());
  }

  private static int afterBlanks(String json, int from) {
    int at = from;
    while (is(json, at, ' ') || is(json, at, '\n') || is(json, at, '\t') || is(json, at, '\r')) {
      at++;
    }
    return at;
  }

  private static boolean is(String json, int at, char wanted) {
    return at < json.length() && json.charAt(at) == wanted;
  }
}
