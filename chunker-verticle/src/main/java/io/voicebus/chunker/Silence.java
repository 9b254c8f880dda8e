package io.voicebus.chunker;

/** What a tag begins that is not for the ear, until it is closed or turns out to be text. */
final class Silence {
  private final SilentSpan span = new SilentSpan();
  private final Unclosed unclosed;
  private boolean open;

  Silence(Unclosed unclosed) {
    this.unclosed = unclosed;
  }

  boolean isOpen() {
    return open;
  }

  /**
   * Begins, but not where text is read for the second time, since nothing closed it.
   *
   * @param tag what begins it
   * @param textStart whether nothing was spoken before it
   */
  void open(TagReader tag, boolean textStart) {
    long start = tag.held().end(0) - 1;
    if (unclosed.isLiteral()) {
      return;
    }
    if (tag.isCall()) {
      unclosed.call();
    }
    open = true;
    span.open(tag.terminator(), tag.isThought() && textStart, start);
  }

  /** Takes a code point of it. */
  void accept(int cp, long end) {
    become(span.accept(cp, end));
  }

  /** The text ends. Text in an open silence is reported as unspoken. */
  void endText() {
    become(span.end());
    if (open) {
      unclosed.tell(span.unspoken());
      open = false;
    }
  }

  private void become(SilentSpan.State state) {
    open = state == SilentSpan.State.OPEN;
    if (state == SilentSpan.State.TEXT) {
      unclosed.tell(span.unspoken());
      unclosed.read(span.prose());
    }
  }
}
