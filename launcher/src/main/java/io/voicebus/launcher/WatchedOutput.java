package io.voicebus.launcher;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, which remembers that it could not be written: a {@code PrintStream} tells
 * nobody. A reader that has gone, such as {@code head}, has what it wanted.
 */
final class WatchedOutput extends FilterOutputStream {
  private volatile @Nullable String fault;

  WatchedOutput(OutputStream out) {
    super(out);
  }

  /** Why not all could be written; empty if all was, or if the reader wanted no more. */
  Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (!why.toLowerCase(Locale.ROOT).contains("pipe")) {
        fault = why;
      }
      throw e;
    }
  }
}
