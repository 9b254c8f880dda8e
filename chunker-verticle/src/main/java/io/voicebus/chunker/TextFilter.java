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

  /**
   * The writer of the text ends a chunk here: text that is held until its line shows what it is
   * goes on as text.
   */
  default void cut() {}

  /** Ends the text: what is held back is passed on. */
  void flush();

  /**
   * The parts that were not passed on although nothing closed them, in order; complete after {@link
   * #flush}.
   */
  default List<UnspokenText> unspoken() {
    return List.of();
  }

  /** The parts that neither the next filter nor this one passed on, in order. */
  static List<UnspokenText> inOrder(TextFilter next, List<UnspokenText> own) {
    List<UnspokenText> all = new ArrayList<>(next.unspoken());
    all.addAll(own);
    all.sort(Comparator.comparingLong(UnspokenText::sourceStart));
    return all;
  }
}
