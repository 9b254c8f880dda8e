package io.voicebus.chunker;

import io.voicebus.contract.ChunkEnd;

/** Takes text from which Markdown has been removed, one code point at a time. */
interface SpokenText {
  /**
   * A code point to speak.
   *
   * @param end offset in the written text after it, in UTF-16 units
   * @param verbatim whether it is part of code or a list number, in which no mark ends a sentence
   */
  void text(int codePoint, long end, boolean verbatim);

  /** A line ends inside a paragraph: white space, or the end of a verse or an address line. */
  void lineBreak(long end);

  /** The text wants a pause here, though it may have no mark. */
  void pause();

  /** One table cell ends and another follows. */
  void cellBreak(long end);

  /**
   * A block ends.
   *
   * @param end paragraph, heading or item
   */
  void blockBreak(ChunkEnd end);
}
