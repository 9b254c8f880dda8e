package io.voicebus.chunker;

/**
 * Finds the line that closes a fenced code block: the same marks, at least as many, nothing else.
 */
final class FenceEnd {
  private int mark;
  private int length;
  private int run;
  private boolean only;

  void open(int mark, int length) {
    this.mark = mark;
    this.length = length;
    startLine();
  }

  int mark() {
    return mark;
  }

  /** Whether this code point ends the closing line. */
  boolean accept(int cp) {
    if (cp == '\n') {
      boolean closing = only && run >= length;
      startLine();
      return closing;
    }
    if (cp == mark) {
      run++;
    } else if (!Marks.isSpace(cp) && (cp != '>' || run > 0)) {
      only = false;
    }
    return false;
  }

  private void startLine() {
    run = 0;
    only = true;
  }
}
