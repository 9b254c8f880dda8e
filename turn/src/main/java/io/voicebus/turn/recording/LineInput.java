package io.voicebus.turn.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Whole lines of a stream of UTF-8, none longer than a bound. NOT thread safe. */
final class LineInput {
  /** A line is over the bound. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;
  }

  private final InputStream in;
  private final int most;
  private boolean cut;

  LineInput(InputStream in, int most) {
    this.in = in;
    this.most = most;
  }

  /** The next line without its end; null where there is none that is whole. */
  @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int one;
    while ((one = in.read()) >= 0) {
      if (one == '\n') {
        return line.toString(StandardCharsets.UTF_8);
      }
      if (line.size() == most) {
        throw new TooLongException();
      }
      line.write(one);
    }
    cut = line.size() > 0;
    return null;
  }

  /** Whether something came after the last whole line. */
  boolean isCut() {
    return cut;
  }
}
