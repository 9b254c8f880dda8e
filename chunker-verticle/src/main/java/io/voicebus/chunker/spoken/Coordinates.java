package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import io.voicebus.chunker.spoken.Numbers.Written;
import java.util.List;
import java.util.Map;

/** Places on the globe: degrees, minutes and seconds, with a point of the compass. */
final class Coordinates {
  private Coordinates() {}

  static void add(Rules rules, Language language) {
    Map<String, String> compass = language.words().map("compass");
    rules.define("POINT", "(?: \\h? (?<dir> " + Words.anyOf(compass.keySet()) + " ) )");
    rules.define("PART", "\\d{1,2}+ (?: [.,]\\d{1,4}+ )?+");
    // 51°30′26″N, 40° 26' 46" N, 51°30′
    rules.add(
        "°",
        "<B> (?<d> \\d{1,3}+ ) ° \\h? (?<m> <PART> ) \\h? ['′’] (?: \\h? (?<s> <PART> ) \\h? (?: [\"″”] | '' | ′′ ) )?+ <POINT>?+ (?! [\\p{L}\\p{N}] )",
        m ->
            unit(m.of("d"), "degree", language)
                + " "
                + unit(m.of("m"), "minute", language)
                + (m.has("s") ? " " + unit(m.of("s"), "second", language) : "")
                + (m.has("dir") ? " " + compass.get(m.of("dir")) : ""));
    // 40.7128° N
    rules.add(
        "°",
        "<B> (?<d> \\d{1,3}+ (?: [.,]\\d{1,8}+ )?+ ) \\h? ° <POINT> (?! [\\p{L}\\p{N}] )",
        m -> unit(m.of("d"), "degree", language) + " " + compass.get(m.of("dir")));
  }

  private static String unit(String written, String unit, Language language) {
    Written number = language.numbers().read(written);
    List<String> own = language.words().list("unit." + unit);
    return own.isEmpty()
        ? language.numbers().unit(number, unit)
        : language.numbers().say(number, Gender.NONE) + " " + own.get(number.isOne() ? 0 : 1);
  }
}
