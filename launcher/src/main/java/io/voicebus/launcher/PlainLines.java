package io.voicebus.launcher;

import io.voicebus.contract.Utf8Pieces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of a program, or of a terminal that cannot move its cursor. NOT thread safe. */
final class PlainLines implements ChatLines {
  /** A character for each byte: a line that is not UTF-8 is refused, and not altered. */
  private static final Charset BYTES = StandardCharsets.ISO_8859_1;

  private final BufferedReader lines;
  private final PrintWriter shown;

  PlainLines(InputStream in, PrintWriter shown) {
    lines = new BufferedReader(new InputStreamReader(in, BYTES));
    this.shown = shown;
  }

  @Override
  public Optional<ChatLine> next() throws IOException {
    String bytes = lines.readLine();
    if (bytes == null) {
      return Optional.empty();
    }
    Utf8Pieces pieces = new Utf8Pieces();
    String line = pieces.accept(bytes.getBytes(BYTES));
    pieces.end();
    return Optional.of(new ChatLine(line, pieces.isMalformed() ? pieces.fault() : ""));
  }

  /** Ctrl-C ends the process. */
  @Override
  public boolean isInterrupted() {
    return false;
  }

  @Override
  public void echo(String question) {}

  @Override
  public PrintWriter shown() {
    return shown;
  }

  @Override
  public void close() {}
}
