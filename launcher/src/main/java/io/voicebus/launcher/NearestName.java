package io.voicebus.launcher;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The existing name that is most similar to an unknown one. */
final class NearestName {
  /** Of a name's characters, the share that may be mistyped: beyond it a guess misleads. */
  private static final double MISTYPED = 0.34;

  private NearestName() {}

  /**
   * Finds it: the nearest by typing errors; else one that has all of its words, as {@code
   * openai-api-key} has those of {@code OPENAI_KEY}, or all of whose words it has, as {@code
   * VOICE_ID} has those of {@code voice}.
   *
   * @return empty when none is near
   */
  static Optional<String> of(String wrong, Collection<String> names) {
    String typed = plain(wrong);
    Optional<String> near =
        names.stream().min(Comparator.comparingInt(name -> distance(typed, plain(name))));
    int errors = near.map(name -> distance(typed, plain(name))).orElse(Integer.MAX_VALUE);
    if (errors <= 2 && errors < typed.length()) {
      return near;
    }
    Set<String> words = words(typed);
    Optional<String> longer =
        names.stream()
            .filter(name -> words(plain(name)).containsAll(words))
            .min(Comparator.comparingInt(String::length));
    Optional<String> shorter =
        names.stream()
            .filter(name -> words.containsAll(words(plain(name))))
            .max(Comparator.comparingInt(String::length));
    return longer
        .or(() -> shorter)
        .or(() -> near.filter(name -> errors <= typed.length() * MISTYPED));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
  }

  private static Set<String> words(String plain) {
    return new TreeSet<>(List.of(plain.split("-", -1)));
  }

  /** Insertions, deletions, replacements, and two neighbours exchanged (Damerau, restricted). */
  static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    int[] last = new int[other.length() + 1];
    Arrays.setAll(last, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[other.length()];
  }
}
