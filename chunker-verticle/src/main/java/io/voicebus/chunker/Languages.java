package io.voicebus.chunker;

import java.util.List;

/** Sets of languages as bits of a number. */
final class Languages {
  /** The languages that have lists here; the order is that of the bits. */
  static final List<String> CODES =
      List.of(
          "en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "sv", "da", "nb", "fi", "cs", "sk",
          "hu", "ro", "id", "vi", "hr", "ca", "ru", "uk", "bg", "kk", "el", "hy", "ar", "he", "hi");

  static final long ALL = -1;
  static final long ENGLISH = of("en");

  /** Languages that write an ordinal number with a full stop: "3. Oktober". */
  static final long ORDINAL_STOPS = of("de", "pl", "tr", "da", "nb", "fi", "cs", "sk", "hu", "hr");

  /** Languages whose script tells them apart, so that their lists of words count in any text. */
  private static final List<String> OWN_SCRIPT = List.of("el", "hy", "ar", "he", "hi", "fa", "ko");

  private Languages() {}

  /** The languages that a text may be guessed to have when a list of this language counts. */
  static long ofList(String code) {
    return OWN_SCRIPT.contains(code) ? ALL : of(code);
  }

  static long of(String... codes) {
    long set = 0;
    for (String code : codes) {
      int index = CODES.indexOf(code);
      if (index < 0) {
        throw new IllegalArgumentException("there are no lists for the language " + code);
      }
      set |= 1L << index;
    }
    return set;
  }

  /** The commonest language of a letter's script, as a two-letter code. */
  static String ofScript(int letter) {
    return switch (Character.UnicodeScript.of(letter)) {
      case CYRILLIC -> "ru";
      case GREEK -> "el";
      case ARABIC -> "ar";
      case DEVANAGARI -> "hi";
      case HEBREW -> "he";
      case ARMENIAN -> "hy";
      default -> "en";
    };
  }

  static boolean all(long languages, long of) {
    return (languages & ~of) == 0;
  }

  static boolean any(long languages, long of) {
    return (languages & of) != 0;
  }
}
