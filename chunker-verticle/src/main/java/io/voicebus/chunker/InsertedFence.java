package io.voicebus.chunker;

import io.voicebus.contract.UnspokenText;
import java.util.ArrayList;
import java.util.List;

/** Writes the fences that code lacks around it, and keeps account of it. Not thread-safe. */
final class InsertedFence {
  private final TextFilter next;
  private final List<UnspokenText> unspoken = new ArrayList<>();
  private long start;

  InsertedFence(TextFilter next) {
    this.next = next;
  }

  /** Code begins at an offset in UTF-16 units. */
  void begin(long at) {
    start = at;
    write(at);
  }

  /** The code has ended there. */
  void end(long at) {
    unspoken.add(new UnspokenText(start, at, UnspokenText.Content.CODE));
    write(at);
  }

  private void write(long at) {
    "```\n".chars().forEach(mark -> next.accept(mark, at));
  }

  /** What is between the fences, and what the next filter did not pass on. */
  List<UnspokenText> unspoken() {
    return TextFilter.inOrder(next, unspoken);
  }
}
