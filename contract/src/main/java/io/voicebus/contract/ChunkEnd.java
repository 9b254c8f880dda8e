package io.voicebus.contract;

/** What ended a chunk, which tells how long a pause after it is natural. */
public enum ChunkEnd {
  /** A full stop, an exclamation mark or an ellipsis. */
  SENTENCE,
  /** A question mark. */
  QUESTION,
  /** A comma, a semicolon or a dash. */
  CLAUSE,
  /** A colon: what it announces follows. */
  COLON,
  /** No mark: the text goes on in the next chunk. */
  PHRASE,
  /** The end of a list's item, or of a table's row. */
  ITEM,
  /** The end of a heading. */
  HEADING,
  /** The end of a paragraph, or of the whole text. */
  PARAGRAPH
}
