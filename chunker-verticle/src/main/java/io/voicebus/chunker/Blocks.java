package io.voicebus.chunker;

import io.voicebus.contract.ChunkEnd;

/** Where the blocks of a text begin and end: paragraphs, headings, list items, quotes. */
final class Blocks {
  private final SpokenText out;
  private final InlineFilter inline;
  private ChunkEnd endsAs = ChunkEnd.PARAGRAPH;
  private boolean afterLine;
  private boolean inBlock;
  private boolean quoted;
  private boolean lastQuoted;
  private long lineEnd;

  Blocks(SpokenText out, InlineFilter inline) {
    this.out = out;
    this.inline = inline;
  }

  /** A line of text begins: a block, or the next line of one. */
  void text() {
    if (quoted != lastQuoted) {
      end();
    } else if (afterLine && inBlock) {
      out.lineBreak(lineEnd);
    }
    lastQuoted = quoted;
    inBlock = true;
  }

  /** Text that was first taken for the start of another block belongs to this one. */
  void goOn() {
    inBlock = true;
  }

  /** A block begins that ends as an item or a heading. */
  void start(ChunkEnd as) {
    end();
    endsAs = as;
    lastQuoted = quoted; // its text is in the block that begins, not in the quote before
  }

  /** Whether a line that begins is within an item of a list. */
  boolean inItem() {
    return inBlock && endsAs == ChunkEnd.ITEM;
  }

  /** The line begins with the mark of a quote. */
  void quote() {
    quoted = true;
  }

  /** An empty line. */
  void blank() {
    end();
    quoted = false;
  }

  /** A line of text has ended. */
  void endLine(long end) {
    afterLine = true;
    lineEnd = end;
  }

  /** Text from that offset on is read again: no line has ended after it. */
  void readAgain(long start) {
    lineEnd = Math.min(lineEnd, start);
  }

  void startLine() {
    lastQuoted = quoted;
    quoted = false;
  }

  /** The block ends as one of another kind than it began. */
  void end(ChunkEnd as) {
    endsAs = as;
    end();
  }

  /** The block ends, if there is one. */
  void end() {
    inline.endBlock();
    out.blockBreak(endsAs);
    endsAs = ChunkEnd.PARAGRAPH;
    inBlock = false;
    afterLine = false;
  }
}
