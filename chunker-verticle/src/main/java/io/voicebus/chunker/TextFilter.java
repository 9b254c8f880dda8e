package io.voicebus.chunker;

import io.voicebus.contract.UnspokenText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes the text as it was written, and passes on what of it is spoken. */
interface TextFilter {
  /**
   * Takes the next code point.
   *
   * @param end offset after it, in UTF-16 units
   */
  void accept(int cp, long end);

  /** What is held back only until its line shows what it is, is text: its writer says so. */
  default void cut() {}

  /** Ends the text: what is held back is passed on. */
  void flush();

  /** What was not passed on although nothing closed it, in order; whole after {@link #flush}. */
  default List<UnspokenText> unspoken() {
    return List.of();
  }

  /** What the next filter did not pass on, and what this one did not, in order. */
  static List<UnspokenText> inOrder(TextFilter next, List<UnspokenText> own) {
    List<UnspokenText> all = new ArrayList<>(next.unspoken());
    all.addAll(own);
    all.sort(Comparator.comparingLong(UnspokenText::sourceStart));
    return all;
  }
}
