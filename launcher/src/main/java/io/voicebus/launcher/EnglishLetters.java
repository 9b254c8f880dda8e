package io.voicebus.launcher;

import java.util.Locale;

/**
 * Makes small letters English for the whole process. FreeTTS writes words in small letters by the
 * default locale; in Turkish and Azeri the small letter of I is one that no English word has, so
 * that the embedded voice would leave words out or say others.
 */
final class EnglishLetters {
  private EnglishLetters() {}

  /** Changes the default locale if its small letters are not those of English. */
  static void use() {
    Locale own = Locale.getDefault();
    if (!"I".toLowerCase(own).equals("i")) {
      Locale.setDefault(Locale.ENGLISH);
    }
  }
}
