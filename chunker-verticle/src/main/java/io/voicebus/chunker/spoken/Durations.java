package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Written;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long something takes: "7h 30m", "38:24 min", the time of a lap. */
final class Durations {
  /** "2h", "1.5 hours" of a duration. */
  private static final Pattern PART =
      Pattern.compile("(?<n>\\d{1,4}(?:[.,]\\d{1,3})?)\\h?(?<u>\\p{L}{1,8})\\.?");

  private final Language language;

  Durations(Language language) {
    this.language = language;
  }

  static void add(Rules rules, Language language) {
    Durations durations = new Durations(language);
    if (language.is("en")) {
      // "100s of reasons", "1000s of users"
      rules.add(
          "s",
          "<B> (?<n> 1000? ) s (?= \\h of (?!\\p{L}) )",
          m -> m.of("n").length() == 3 ? "hundreds" : "thousands");
    }
    // 7h 30m, 2m 30s, 1 h 45 min, 1h30m, 2d 4h, 3 Std. 20 Min.
    rules.define(
        "TU",
        "(?: hours? | hrs?\\.? | Std\\.? | Stunden? | [hHdms] | mins?\\.? | Min\\.? | secs?\\.? | Sek\\.? | ms | u )");
    // 7h 30m, 1 h 45 min, 3 Std. 20 Min.
    rules.add(
        "0",
        "<B> (?: \\d{1,4} \\h? <TU> (?!\\p{L}) ,? \\h? ){1,3} (?<!,\\h) \\d{1,4}+ \\h? (?: m | s | min | mins | Min\\.? | min\\. | sec | secs | Sek\\.? | ms ) (?: \\. (?= [,;:)] ) )? (?! [\\p{L}\\p{N}/²³] )",
        m -> durations.say(m.all()));
    // 1:32.608, 1:31:44.742: how long a lap or a race took
    rules.add(
        ":",
        "(?<![\\p{L}\\p{N}:.,-]) (?: (?<h> \\d{1,2} ) : )? (?<m> \\d{1,2} ) : (?<s> <M> ) (?<part> [.,] \\d{1,3} ) (?! [\\p{L}\\p{N}] | [.,:]\\p{N} ) (?: \\h (?: [Mm]in | Std | h ) (?!\\p{L}) (?: \\. (?! $ ) )? )?",
        durations::lap);
    if (language.is("en")) {
      // 5m ago, 2h later, a 5m read
      rules.add(
          "0",
          "<B> \\d{1,4}+ [hmds] (?= \\h (?: ago | later | read | left | remaining | from\\hnow ) (?!\\p{L}) )",
          m -> durations.say(m.all()));
    }
    // 38:24 min, 4:34 Std., 1:45 hrs: how long
    rules.add(
        ":",
        "(?<![\\p{L}\\p{N}:.,-]) (?<a> \\d{1,3} ) : (?<b> <M> ) \\h (?: (?<min> [Mm]in(?:s|uten|utes|uti|utos|uten)?\\.? ) | Std\\.? | Stunden | hrs?\\.? | hours ) (?! [\\p{L}\\p{N}] )",
        durations::lasting);
  }

  private String lasting(Match m) {
    Written first = new Written(m.of("a"), "");
    Written second = new Written(String.valueOf(m.integer("b")), "");
    boolean minutes = m.has("min");
    String stop = m.all().endsWith(".") && m.end() == m.text().length() ? "." : "";
    return language.numbers().unit(first, minutes ? "minute" : "hour")
        + (m.integer("b") == 0
            ? ""
            : " " + language.numbers().unit(second, minutes ? "second" : "minute"))
        + stop;
  }

  private @Nullable String lap(Match m) {
    char mark = language.is("en") ? '.' : ',';
    boolean scale = (mark == '.' && m.of("part").startsWith(",")) || m.of("part").endsWith("000");
    if (scale || language.talksOf("ratios", m)) {
      return null; // "1:50.000"
    }
    boolean padded = m.of("s").startsWith("0");
    String seconds =
        (padded ? m.of("s").substring(1) : m.of("s")) + mark + m.of("part").substring(1);
    String hours = m.has("h") ? m.integer("h") + "h " : "";
    return say(hours + m.integer("m") + "m " + seconds + "s");
  }

  /** A duration in parts: "7h 30m"; null if one of them is none. */
  @Nullable String say(String written) {
    StringBuilder said = new StringBuilder();
    Matcher parts = PART.matcher(written);
    while (parts.find()) {
      String unit =
          switch (parts.group("u").toLowerCase(Locale.ROOT)) {
            case "d" -> "day";
            case "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "u" -> "hour";
            case "m", "min", "mins" -> "minute";
            case "s", "sec", "secs", "sek" -> "second";
            case "ms" -> "millisecond";
            default -> "";
          };
      if (unit.isEmpty()) {
        return null;
      }
      boolean last = parts.end() >= written.stripTrailing().length();
      boolean and = last && Set.of("es", "it", "pt").contains(language.words().language);
      said.append(said.isEmpty() ? "" : and ? " " + language.of("and") + " " : " ")
          .append(language.numbers().unit(language.numbers().read(parts.group("n")), unit));
    }
    return said.toString();
  }
}
