package io.voicebus.chunker;

/**
 * The line that a filter holds until it knows what the line is, and those before it that wait with
 * it; what is text goes on to the next filter. Not thread-safe.
 */
final class HeldLine {
  private final TextFilter next;
  private final Fences fences = new Fences();
  private final HeldText held = new HeldText();
  private final StringBuilder line = new StringBuilder();
  private boolean text;

  HeldLine(TextFilter next) {
    this.next = next;
  }

  /** Whether the line is passed on as it comes. */
  boolean isText() {
    return text;
  }

  /** Whether the line is within a block of code that has fences. */
  boolean inFence() {
    return fences.inFence();
  }

  void hold(int cp, long end) {
    held.add(cp, end);
    line.appendCodePoint(cp);
  }

  /** The line so far. */
  CharSequence line() {
    return line;
  }

  /** How long the line is so far, in UTF-16 units. */
  int length() {
    return line.length();
  }

  /** The line without the line feed that it ends with. */
  String written() {
    return line.substring(0, line.length() - 1);
  }

  /** How many code points are held, of all lines. */
  int size() {
    return held.size();
  }

  /** Where what is held begins, in UTF-16 units of the text. */
  long start() {
    return held.end(0) - Character.charCount(held.codePoint(0));
  }

  /** Where what is held ends. */
  long end() {
    return held.end(held.size() - 1);
  }

  /** Another line begins, which is held; those before it stay held. */
  void begin() {
    line.setLength(0);
    text = false;
  }

  /** Releases what is held, whose last line has ended. */
  HeldText take() {
    line.setLength(0);
    return held.take();
  }

  /** Releases what is held, and the rest of the line is passed on as it comes. */
  HeldText takeAsText() {
    text = true;
    return take();
  }

  /** Passes text on. */
  void pass(int cp, long end) {
    fences.accept(cp);
    if (cp == '\n') {
      begin();
    }
    next.accept(cp, end);
  }
}
