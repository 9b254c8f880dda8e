package io.voicebus.chunker;

/**
 * Follows the fences of blocks of code, as {@link CodeBlock} does: one opens at the start of a line
 * or behind text, and ends with a line of marks, with marks behind code, or before a blank and
 * text.
 */
final class Fences {
  /** The mark of the open block; 0 outside of one. */
  private int fence;

  /** Of the line: its last code point, and how many marks alike it ends with. */
  private int before;

  private int run;

  /** How many runs of three marks the line has, and the mark of the first. */
  private int runs;

  private int opener;

  /** Whether text is before the first run, a blank after it, and no text after the last. */
  private boolean text;

  private boolean spaced;
  private boolean last;

  /** Whether the line that begins is within a block. */
  boolean inFence() {
    return fence != 0;
  }

  /** Takes a code point of the text. */
  void accept(int cp) {
    if (cp == '\n') {
      endLine();
      return;
    }
    boolean mark = fence == 0 ? cp == '`' || (cp == '~' && !text) : cp == fence;
    boolean space = Marks.isSpace(cp);
    if (mark) {
      run = cp == before ? run + 1 : 1;
      if (run == 3) {
        runs++;
        opener = runs == 1 ? cp : opener;
        last = true;
      }
    } else {
      spaced |= runs == 1 && run >= 3 && space && !text;
      text |= !space;
      last &= space;
      run = 0;
    }
    before = cp;
  }

  private void endLine() {
    if (runs % 2 == 1) {
      fence = fence == 0 ? opener : last || spaced ? 0 : fence;
    }
    before = 0;
    run = 0;
    runs = 0;
    text = false;
    spaced = false;
    last = false;
  }
}
