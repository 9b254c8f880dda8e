package io.voicebus.chunker;

import io.voicebus.contract.UnspokenText;

/**
 * Text that is not for the ear, up to its closing mark. It is kept for a while, since without the
 * mark it is text after all.
 */
final class SilentSpan {
  /** What the text so far is. */
  enum State {
    OPEN,
    /** The closing mark has come. */
    CLOSED,
    /** The mark did not come: {@link #prose()} is text again. */
    TEXT
  }

  /** After so many code points without its closing mark, what reads as prose is text again. */
  static final int MAX_LENGTH = 2_000;

  private final HeldText held = new HeldText();
  private String terminator = "";
  private boolean endless;
  private int matched;
  private long start;
  private long end;
  private int prose;

  /**
   * Begins.
   *
   * @param closing what ends it, in small letters
   * @param endless whether it never becomes text again, as a model's reasoning
   * @param at where it starts in the written text
   */
  void open(String closing, boolean endless, long at) {
    terminator = closing;
    this.endless = endless;
    matched = 0;
    start = at;
    end = at;
    held.clear();
  }

  boolean isThought() {
    return endless;
  }

  /** Takes a code point. */
  State accept(int cp, long at) {
    end = at;
    int lower = Character.toLowerCase(cp);
    if (lower == terminator.charAt(matched)) {
      matched++;
    } else if (lower != '-' || matched != 2) { // "--->" ends a comment too
      matched = lower == terminator.charAt(0) ? 1 : 0;
    }
    if (matched == terminator.length()) {
      return State.CLOSED;
    }
    if (!endless) {
      held.add(cp, at);
    }
    if (held.size() < MAX_LENGTH) {
      return State.OPEN;
    }
    State state = end();
    if (state == State.OPEN) {
      held.clear();
    }
    return state;
  }

  /** What the text is if nothing more comes. */
  State end() {
    prose = Prose.start(held, terminator.equals("-->"));
    return prose < held.size() ? State.TEXT : State.OPEN;
  }

  /** What is not spoken of it, in the written text. */
  UnspokenText unspoken() {
    long to = prose == held.size() ? end : prose == 0 ? start : held.end(prose - 1);
    return new UnspokenText(
        start, to, endless ? UnspokenText.Content.THOUGHT : UnspokenText.Content.MARKUP);
  }

  /** What is text again; valid once. */
  HeldText prose() {
    return held.range(prose, held.size());
  }
}
