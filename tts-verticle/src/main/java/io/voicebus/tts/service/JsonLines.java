package io.voicebus.tts.service;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * JSON objects out of a body that has one on each line, bare or as the {@code data} of server-sent
 * events, wherever the bytes were cut. Comments, blank lines, other fields of events and the {@code
 * [DONE]} of some servers are passed over. Speech services write each event's data on one line. NOT
 * thread-safe.
 */
public final class JsonLines {
  /** The longest line: five minutes of audio in base64. */
  static final int MAX_LINE_BYTES = 32 << 20;

  private final Consumer<String> objects;
  private ByteArrayOutputStream line = new ByteArrayOutputStream(1024);

  /** At the beginning of an answer, of which each object is told. */
  public JsonLines(Consumer<String> objects) {
    this.objects = objects;
  }

  /**
   * The next bytes.
   *
   * @throws IllegalArgumentException if a line is longer than {@link #MAX_LINE_BYTES}
   */
  public void feed(byte[] bytes) {
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        line.write(bytes, from, i - from);
        from = i + 1;
        take();
      }
    }
    line.write(bytes, from, bytes.length - from);
    if (line.size() > MAX_LINE_BYTES) {
      throw new IllegalArgumentException("a line is longer than " + MAX_LINE_BYTES + " bytes");
    }
  }

  /** The body has ended, perhaps without a last line feed. */
  public void end() {
    take();
    line = new ByteArrayOutputStream(0); // a watch of the request may hold this for a while
  }

  private void take() {
    String text = line.toString(StandardCharsets.UTF_8).strip();
    line.reset();
    if (text.startsWith("data:")) {
      text = text.substring(5).strip();
    } else if (text.startsWith("error:")) { // of some servers, in place of data
      text = text.substring(6).strip();
    }
    if (text.startsWith("{")) {
      objects.accept(text);
    }
  }
}
