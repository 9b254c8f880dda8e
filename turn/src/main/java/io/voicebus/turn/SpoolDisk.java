package io.voicebus.turn;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Where a {@link Spool} has its files. Everything here blocks. Thread-safe. */
interface SpoolDisk {
  /** Opens a new, empty file for reading and writing, which goes away when it is closed. */
  FileChannel open() throws IOException;

  /** How many files may be open at once before turns that have ended give theirs back. */
  int mostFiles();

  /**
   * Makes sure that there is room for so much more.
   *
   * @throws IOException there is not; says so for a person
   */
  void require(long bytes) throws IOException;
}
