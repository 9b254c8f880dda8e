package io.voicebus.contract;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How one word is said.
 *
 * @param word a whole word, as {@link #WORD} has it; with a capital it matches only as it is
 *     written, else in any case
 * @param said what the voice is given in its place
 */
public record Pronunciation(String word, String said) {
  /** A word, with what may stand within one: "C++", "gRPC-Web", "O'Neil". */
  public static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'’+#-]*");

  /** Most entries that one turn may bring. */
  public static final int MAX_OF_A_TURN = 100;

  /** Most that all entries of a turn may have, in UTF-16 units: they travel with its prompt. */
  public static final int MAX_CHARS_OF_A_TURN = 4_096;

  /** What is wrong with the entries of a turn, in words for its caller; empty if nothing is. */
  public static Optional<String> fault(List<Pronunciation> entries) {
    if (entries.size() > MAX_OF_A_TURN) {
      return Optional.of(
          "there are %d pronunciations: a turn may bring %d"
              .formatted(entries.size(), MAX_OF_A_TURN));
    }
    int chars = entries.stream().mapToInt(e -> e.word().length() + e.said().length()).sum();
    if (chars > MAX_CHARS_OF_A_TURN) {
      return Optional.of(
          "the pronunciations have %d characters: those of a turn may have %d"
              .formatted(chars, MAX_CHARS_OF_A_TURN));
    }
    return entries.stream()
        .filter(entry -> !WORD.matcher(entry.word()).matches() || !isSpeakable(entry.said()))
        .findFirst()
        .map(
            entry ->
                "the pronunciation of '%s' must be of one word, and say it in plain text"
                    .formatted(entry.word()));
  }

  private static boolean isSpeakable(String said) {
    return !said.isBlank() && said.chars().noneMatch(Character::isISOControl);
  }
}
