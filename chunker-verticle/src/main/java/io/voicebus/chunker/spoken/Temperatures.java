package io.voicebus.chunker.spoken;

/** Two temperatures with a slash between: by day and by night. */
final class Temperatures {
  private Temperatures() {}

  static void add(Rules rules, Language language) {
    // 24/17°C, 18° / -3 °C; of 4°C/39°F each has its own unit
    rules.add(
        "°℃℉",
        """
        <B> (?<neg> (?<![\\p{L}\\p{N})\\]]) [-−] )? (?<a> \\d{1,3} ) \\h? (?: ° (?: C (?= [^CF]* C ) | F (?= [^CF]* F ) )? \\h? )? /
        \\h? (?<low> [-−] )? (?<b> \\d{1,3} ) \\h? (?: (?<u> [°º]\\h?[CF] | ℃ | ℉ ) (?! [\\p{L}\\p{N}] ) )
        """,
        m -> {
          String unit = m.of("u").endsWith("F") || m.of("u").equals("℉") ? "fahrenheit" : "celsius";
          return sign(m.has("neg"), language)
              + language.numbers().say(m.of("a"))
              + ", "
              + sign(m.has("low"), language)
              + language.numbers().unit(language.numbers().read(m.of("b")), unit);
        });
  }

  private static String sign(boolean minus, Language language) {
    return minus ? language.of("minus") + " " : "";
  }
}
