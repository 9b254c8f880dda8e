package io.voicebus.chunker;

import io.voicebus.contract.ChunkEnd;

/** Text without Markdown: only its line ends mean something. */
final class PlainTextFilter implements TextFilter {
  private final SpokenText out;
  private boolean lineEnded;
  private long lineEnd;

  PlainTextFilter(SpokenText out) {
    this.out = out;
  }

  @Override
  public void accept(int cp, long end) {
    if (cp == '\n') {
      if (lineEnded) {
        out.blockBreak(ChunkEnd.PARAGRAPH);
      }
      lineEnded = true;
      lineEnd = end;
    } else if (!lineEnded) {
      out.text(cp, end, false);
    } else if (!Marks.isSpace(cp)) {
      lineEnded = false;
      out.lineBreak(lineEnd);
      out.text(cp, end, false);
    }
  }

  @Override
  public void flush() {}
}
