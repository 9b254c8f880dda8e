package io.voicebus.tts.service;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads JSON objects that carry sound as base64 from bytes that may be cut anywhere. The sound,
 * which is most of the data, is decoded in one pass, without a parser, a string or a second copy.
 * NOT thread-safe.
 */
public final class SoundedJson {
  /** The longest object: five minutes of sound. */
  static final int MAX_BYTES = 32 << 20;

  /** The largest array that is kept for the sound of the next object. */
  private static final int KEPT_BYTES = 256 * 1024;

  private static final byte[] NONE = {};

  /** The name of the string with the sound, with its quotes, in two protocols. */
  private static final byte[] NAME = "\"audio\"".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] LONG_NAME = "\"audio_base64\"".getBytes(StandardCharsets.US_ASCII);

  /** What each byte of base64 stands for; negative for one that it does not have. */
  private static final int[] SIXTETS = sixtets();

  private static final int HEX_DIGITS = 4;

  /** Bytes of a buffer that are looked at together. */
  private static final int WINDOW_BYTES = 16 * 1024;

  /**
   * One object.
   *
   * @param json its text, with an empty string in place of the sound
   * @param sound an array whose first {@code soundLength} bytes are the decoded sound; it is
   *     overwritten by the next call of {@link #feed}
   * @param soundLength length of the sound in bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record Message(String json, byte[] sound, int soundLength) {}

  /** Access to bytes, such as those of a buffer. */
  @FunctionalInterface
  public interface Bytes {
    /** Copies those from {@code from} to before {@code to} into an array, from {@code at} on. */
    void copy(int from, int to, byte[] into, int at);
  }

  /** Where the next byte is. */
  private enum Place {
    TEXT,
    SOUND,
    /** In the sound, behind a backslash. */
    ESCAPE,
    /** In the sound, in the digits of an escaped char. */
    HEX
  }

  private final boolean byLine;
  private final Consumer<Message> messages;
  private Place place = Place.TEXT;
  private byte[] text = new byte[1024];
  private int textLength;
  private byte[] window = NONE;
  private byte[] sound = NONE;
  private int soundLength;
  private boolean sounded;

  /** The chars of an incomplete group of four, which make three bytes. */
  private int group;

  private int grouped;

  /** Whether a sign of padding has come. */
  private boolean padded;

  /** The digits of an escaped char that have come. */
  private int hex;

  private int hexDigits;

  private SoundedJson(boolean byLine, Consumer<Message> messages) {
    this.byLine = byLine;
    this.messages = messages;
  }

  /**
   * A reader for a body with one object on each line, bare or as the {@code data} of server-sent
   * events. It skips comments, blank lines, other fields of events and the {@code [DONE]} of some
   * servers. Speech services write each event's data on one line.
   */
  public static SoundedJson lines(Consumer<Message> messages) {
    return new SoundedJson(true, messages);
  }

  /**
   * A reader for the messages of a WebSocket, each of which is one object. Call {@link #end} after
   * each.
   */
  public static SoundedJson whole(Consumer<Message> messages) {
    return new SoundedJson(false, messages);
  }

  private static int[] sixtets() {
    int[] sixtets = new int[256];
    Arrays.fill(sixtets, -1);
    String chars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < chars.length(); i++) {
      sixtets[chars.charAt(i)] = i;
    }
    return sixtets;
  }

  /**
   * Takes the next bytes.
   *
   * @throws IllegalArgumentException if the sound is no base64, or an object has more than {@link
   *     #MAX_BYTES}; nothing may follow
   */
  public void feed(Bytes bytes, int length) {
    if (window.length < Math.min(length, WINDOW_BYTES)) {
      window = new byte[Math.min(length, WINDOW_BYTES)];
    }
    for (int from = 0; from < length; from += window.length) {
      int to = Math.min(length, from + window.length);
      bytes.copy(from, to, window, 0);
      read(window, to - from);
    }
    if (textLength + soundLength > MAX_BYTES) {
      throw new IllegalArgumentException("an object is longer than " + MAX_BYTES + " bytes");
    }
  }

  private void read(byte[] bytes, int end) {
    int at = 0;
    while (at < end) {
      at = place == Place.TEXT ? text(bytes, at, end) : sound(bytes, at, end);
    }
  }

  /**
   * Ends a message or the body, whose last line may lack its line feed.
   *
   * @throws IllegalArgumentException if it has ended within its sound
   */
  public void end() {
    if (place != Place.TEXT) {
      throw new IllegalArgumentException("it ends within its sound");
    }
    take();
    if (byLine) {
      text = NONE; // a watch of the request may hold these for a while
      sound = NONE;
      window = NONE;
    }
  }

  /** Reads up to the sound, or to the end of a line; returns where it has come. */
  private int text(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      byte next = bytes[i];
      if (next == '\n' && byLine) {
        add(bytes, from, i);
        take();
        return i + 1;
      }
      if (next == '"' && (i == from || bytes[i - 1] == ':' || isBlank(bytes[i - 1]))) {
        add(bytes, from, i + 1);
        if (!sounded && soundFollows()) {
          sounded = true;
          place = Place.SOUND;
        }
        return i + 1;
      }
    }
    add(bytes, from, end);
    return end;
  }

  private void add(byte[] bytes, int from, int to) {
    if (textLength + to - from > text.length) {
      text = Arrays.copyOf(text, 2 * (textLength + to - from));
    }
    System.arraycopy(bytes, from, text, textLength, to - from);
    textLength += to - from;
  }

  /**
   * Whether the quote that has just come begins the sound. A quote that follows a name's last
   * letter without a backslash ends that name, so that nothing within a string looks like it.
   */
  private boolean soundFollows() {
    int colon = beforeBlanks(textLength - 2);
    int name = beforeBlanks(colon - 1) + 1;
    return colon > 0 && text[colon] == ':' && (endsWith(NAME, name) || endsWith(LONG_NAME, name));
  }

  private boolean endsWith(byte[] part, int end) {
    int from = end - part.length;
    return from >= 0 && Arrays.equals(text, from, end, part, 0, part.length);
  }

  private int beforeBlanks(int last) {
    int at = last;
    while (at >= 0 && isBlank(text[at])) {
      at--;
    }
    return at;
  }

  private static boolean isBlank(byte one) {
    return one == ' ' || one == '\t' || one == '\r' || one == '\n';
  }

  /** Decodes as far as this can be done four by four, and one byte more. */
  private int sound(byte[] bytes, int from, int end) {
    int at = from;
    if (place == Place.SOUND && grouped == 0 && !padded) {
      room(end - from);
      int[] sixtets = SIXTETS;
      byte[] out = sound;
      int to = soundLength;
      for (int last = end - 4; at <= last; at += 4) {
        int three =
            (sixtets[bytes[at] & 0xff] << 18)
                | (sixtets[bytes[at + 1] & 0xff] << 12)
                | (sixtets[bytes[at + 2] & 0xff] << 6)
                | sixtets[bytes[at + 3] & 0xff];
        if (three < 0) {
          break;
        }
        out[to] = (byte) (three >> 16);
        out[to + 1] = (byte) (three >> 8);
        out[to + 2] = (byte) three;
        to += 3;
      }
      soundLength = to;
    }
    if (at < end) {
      step(bytes[at]);
      at++;
    }
    return at;
  }

  private void room(int chars) {
    int needed = soundLength + chars / 4 * 3 + 3;
    if (needed > sound.length) {
      sound = Arrays.copyOf(sound, 2 * needed);
    }
  }

  private void step(byte next) {
    if (place == Place.ESCAPE) {
      escaped((char) (next & 0xff));
    } else if (place == Place.HEX) {
      hex = 16 * hex + digit(next);
      hexDigits++;
      if (hexDigits == HEX_DIGITS) {
        place = Place.SOUND;
        character((char) hex);
      }
    } else if (next == '"') {
      endGroup();
      place = Place.TEXT;
      add(new byte[] {next}, 0, 1);
    } else if (next == '\\') {
      place = Place.ESCAPE;
    } else {
      character((char) (next & 0xff));
    }
  }

  private static int digit(byte hexDigit) {
    int digit = Character.digit(hexDigit, 16);
    if (digit < 0) {
      throw notBase64();
    }
    return digit;
  }

  private void escaped(char next) {
    if (next == 'u') {
      place = Place.HEX;
      hex = 0;
      hexDigits = 0;
    } else {
      place = Place.SOUND;
      character("nrt".indexOf(next) < 0 ? next : ' ');
    }
  }

  private void character(char next) {
    int sixtet = next < SIXTETS.length ? SIXTETS[next] : -1;
    if (next == ' ') {
      return; // of a line that was broken
    }
    if (next == '=' && (padded || grouped > 1)) {
      endGroup();
      padded = true;
    } else if (sixtet < 0 || padded) {
      throw notBase64();
    } else {
      group = (group << 6) | sixtet;
      grouped++;
      if (grouped == 4) {
        endGroup();
      }
    }
  }

  /** Four chars are three bytes, three are two, and two are one. */
  private void endGroup() {
    if (grouped == 1) {
      throw notBase64();
    }
    room(4);
    int bits = group << (6 * (4 - grouped));
    for (int i = 1; i < grouped; i++) {
      sound[soundLength] = (byte) (bits >> 16);
      soundLength++;
      bits <<= 8;
    }
    group = 0;
    grouped = 0;
  }

  private static IllegalArgumentException notBase64() {
    return new IllegalArgumentException("the sound is no base64");
  }

  private void take() {
    String json = new String(text, 0, textLength, StandardCharsets.UTF_8).strip();
    byte[] itsSound = sound;
    int itsLength = soundLength;
    sound = sound.length > KEPT_BYTES ? NONE : sound;
    textLength = 0;
    soundLength = 0;
    sounded = false;
    padded = false;
    if (byLine) {
      if (json.startsWith("data:")) {
        json = json.substring(5).strip();
      } else if (json.startsWith("error:")) { // of some servers, in place of data
        json = json.substring(6).strip();
      }
      if (!json.startsWith("{")) {
        return;
      }
    }
    messages.accept(new Message(json, itsSound, itsLength));
  }
}
