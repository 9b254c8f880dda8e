package io.voicebus.chunker.spoken;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of the spoken forms as a sign of their language: what is counted, measured and
 * shortened in it. A word of several languages is a sign of none.
 */
public final class Vocabulary {
  private static final int MIN_LETTERS = 4;

  /** "Woche", "cucharadas" of a list. */
  private static final Pattern WORD = Pattern.compile("\\p{L}{" + MIN_LETTERS + ",30}+");

  private static final String SEVERAL = "";

  private static final Map<String, String> LANGUAGES = new HashMap<>();

  static {
    for (String language : SpokenForms.LANGUAGES) {
      for (String list : new Words(language).all()) {
        Matcher words = WORD.matcher(list);
        while (words.find()) {
          LANGUAGES.merge(
              words.group().toLowerCase(Locale.ROOT),
              language,
              (known, other) -> known.equals(other) ? known : SEVERAL);
        }
      }
    }
    LANGUAGES.values().removeIf(SEVERAL::equals);
  }

  private Vocabulary() {}

  /** The language of a word in small letters; empty for one that several have, or none. */
  public static Optional<String> languageOf(String word) {
    return Optional.ofNullable(LANGUAGES.get(word));
  }
}
