package io.voicebus.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a person has written, as UTF-8: settings, a key, a list of words. */
public final class TextFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /**
   * Its text, without the mark that some editors begin UTF-8 with.
   *
   * @throws IOException if it cannot be read, or is not UTF-8
   */
  public static String read(Path file) throws IOException {
    String text = Files.readString(file);
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
  }
}
