package io.voicebus.chunker;

import java.util.Set;

/** Decides what is said for the pictures of a text. */
final class Pictures {
  /** After these a heart is a verb: "I ❤ it". */
  private static final Set<String> LOVERS =
      Set.of("i", "we", "you", "they", "to", "still", "really");

  private final boolean named;
  private boolean within;
  private int first;

  /**
   * No picture has come.
   *
   * @param named whether each is said by its name
   */
  Pictures(boolean named) {
    this.named = named;
  }

  /** Whether a code point is a picture or a part of one; to be asked of each. */
  boolean accept(int cp) {
    within = cp >= 0x200D && Emoji.is(cp, within);
    return within;
  }

  /**
   * What is said for a picture, perhaps nothing.
   *
   * @param cell whether it stands in a table
   * @param lastWord the word before it, in small letters
   */
  String said(int cp, boolean cell, String lastWord) {
    if (cell && Emoji.isAnswer(cp)) {
      return Character.toString(cp);
    }
    if (named) {
      return Emoji.name(cp);
    }
    if (Emoji.isHeart(cp) && LOVERS.contains(lastWord)) {
      return "love";
    }
    first = first == 0 ? cp : first;
    return "";
  }

  /** The name of the first of those that were not said; empty if there was none. */
  String firstName() {
    return first == 0 ? "" : Emoji.name(first);
  }
}
