package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Written;
import java.util.List;
import java.util.regex.Pattern;

/** Units without a number of their own, and those within compounds. */
final class LoneUnits {
  /** "½", and no "2½". */
  private static final Pattern ONE_OR_LESS = Pattern.compile("(?<!\\d)(?<!\\d\\h)[½¼¾]$");

  private LoneUnits() {}

  static void add(Rules rules, Language language, UnitNames units) {
    // "120/80 mmHg"
    rules.add(
        "m",
        "(?<= \\d{2} / \\d{2,3} \\h ) mmHg (?![\\p{L}\\p{N}])",
        m -> language.numbers().unitName("millimeter-ofhg", new Written("2", "")));
    // "hab./km²", "1/2 kg"
    rules.add(
        "²",
        "(?<= [\\p{L}.] ) / (?<u> k?m ) ² (?! [\\p{L}\\p{N}] )",
        m ->
            " "
                + (language.is("it") ? "per" : language.of("per"))
                + " "
                + language
                    .numbers()
                    .unitName("square-" + units.id(m.of("u"), ""), new Written("1", "")));
    // "5,690/km²"
    rules.add(
        "²",
        "(?<= \\p{N} ) / (?= k?m² (?! [\\p{L}\\p{N}] ) )",
        m -> " " + (language.is("it") ? "per" : language.of("per")) + " ");
    // "9.46 trillion km", "3 Mio. t", "2 millones de km²"
    rules.add(
        "",
        "(?<= \\p{N} [\\h-]? (?= \\p{L}{3} ) <SCALE> \\h (?: d[ei]\\h )? ) (?<u> (?! min (?!\\p{L}) ) <U> ) (?<= \\p{L} ) (?<pow> <POW> )? <UEND>",
        m -> language.numbers().unitName(units.id(m.of("u"), m.of("pow")), new Written("2", "")));
    // ½ kg, 2½ kg, 1/2 kg, 30 × 20 cm, 10+ s
    rules.add(
        "/½¼¾⅓⅔×x+",
        "(?<= (?<two> [x×] \\h? [\\d.,]{1,8} | \\d\\+ | \\d\\h?[½¼¾⅓⅔] | \\d\\h[1-7]/[2-8] ) | (?<! \\d ) (?<! \\d\\h ) [½¼¾⅓⅔] | (?<! \\p{N} | \\d\\h ) [1-7]/[2-8] ) \\h (?<u> Std|Min|Sek|hrs?|mins|secs?|sec|gal|qt|yd|mL|V|W|kW|Hz|lbs|kg|g|l|L|ml|cl|km|m|cm|mm|mi|ft|lb|oz|cup|h|s|min|tsp|tbsp|GB|MB|TB|[TE]L|[te]l|cdt?a|c\\.\\hà\\h[cs]\\. ) (?: \\. (?= \\h\\p{Ll} ) )? (?! [\\p{L}\\p{N}/²³'’] )",
        m ->
            units.isKnown(m.of("u"))
                ? " "
                    + language
                        .numbers()
                        .unitName(
                            units.id(m.of("u"), ""),
                            new Written(isSeveral(m, language) ? "2" : "1", ""))
                : null);
    if (language.is("en")) {
      // 1/2" thick, ¾" wide, 10 x 5 in.,
      rules.add(
          "\"″",
          "(?<= (?<!\\p{N}) [1-9]/(?: 2|4|8|16 ) | [½¼¾] ) [\"″] (?= \\h \\p{L} )",
          m -> " inch");
      // measuring 20½ in.
      rules.add(
          "½¼¾",
          "(?<= [½¼¾] ) \\h in (?: \\. (?= \\h\\p{Ll} | [,;)] ) | (?= \\.? $ | [,;)] ) )",
          m -> m.follows(ONE_OR_LESS) ? " inch" : " inches");
      rules.add(
          "i",
          "(?<= [x×] \\h? [\\d.]{1,8} ) \\h in (?: \\.? (?= [,;)] ) | (?= \\.? $ ) )",
          m -> " inches");
    }
    // 1.5×10⁸ km, 3 × 10^8 m/s
    rules.add(
        "⁰¹²³⁴⁵⁶⁷⁸⁹^eE",
        "(?<= 10 [⁻−]? [⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3} \\h? | 10\\^\\{?-?\\d{1,3}\\}? \\h? | \\d[eE][+−-]?\\d{1,3} \\h ) (?<u> <U> ) (?<pow> <POW> )? (?: / (?<per> <U> ) (?<ppow> <POW> )? )? <UEND>",
        m -> {
          String id = units.id(m.of("u"), m.of("pow"));
          String per = m.has("per") ? "-per-" + units.id(m.of("per"), m.of("ppow")) : "";
          return language.numbers().unitName(id + per, new Written("2", ""));
        });
    // 6.6 × 10⁻³⁴ J·s
    rules.add(
        "⁰¹²³⁴⁵⁶⁷⁸⁹^",
        "(?<= 10 [⁻−]? [⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3} \\h | 10\\^\\{?-?\\d{1,3}\\}? \\h ) (?<u> <OWN> ) (?! [\\p{L}\\p{N}] )",
        m -> language.words().map("own-units").getOrDefault(m.of("u"), m.of("u")));
    // "33⅓ %"
    rules.add("%", "(?<= [½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞] ) \\h? %", m -> " " + language.of("percent"));
    if (language.is("de")) {
      // ein 10-km-Lauf, eine 1-TB-SSD, 1,5-l-Flaschen, eine 20-min-Pause
      rules.add(
          "-",
          "<B> (?<n> <N> ) - (?<u> <U> ) (?<pow> <POW> )? - (?= \\p{L} )",
          m -> germanCompound(m, units, language));
    }
    // "€ per m²", "pro km²": a unit with a power alone
    rules.add(
        "²³",
        "(?<![\\p{L}\\p{N}]) (?<u> [kcdm]?m ) (?<pow> [²³] ) (?! [\\p{L}\\p{N}] )",
        m -> {
          String id = (m.of("pow").equals("²") ? "square-" : "cubic-") + units.id(m.of("u"), "");
          boolean each =
              m.wordBefore()
                      .matches(
                          "(?i)el|one|une?|un[ao]|uma?|één|een|eine?[mnr]?|per|pro|par|por|al|a|an|each|le|chaque|cada|il|o|ogni|elke|ein|einen")
                  || m.before().endsWith("/");
          return language.numbers().unitName(id, new Written(each ? "1" : "2", ""));
        });
    // "pro kWh", "cents per kWh"
    rules.add(
        "",
        "(?<= (?<!\\p{L}) (?i: per|pro|par|por|al|le|el|il|o|por|elke|jede ) \\h ) (?<u> kWh|MWh|km|kg|GB|MB|cm|mm|ml|mg ) (?! [\\p{L}\\p{N}/²³] )",
        m -> {
          List<String> own = language.words().list("unit." + units.id(m.of("u"), ""));
          return own.isEmpty()
              ? language.numbers().unitName(units.id(m.of("u"), ""), new Written("1", ""))
              : own.get(0);
        });
    // "100%-score"
    rules.add(
        "%",
        "<B> (?<n> \\d{1,3} ) % - (?= \\p{L} )",
        m ->
            language.is("de") || language.is("nl")
                ? language.numbers().say(m.of("n")) + " " + language.of("percent") + "-"
                : null);
    // "76/min": a pulse
    rules.add(
        "/",
        "(?<= (?<![\\p{L}\\p{N}/.,]) \\d{1,3} ) \\h? / \\h? [Mm]in\\.? (?! [\\p{L}\\p{N}] )",
        m ->
            language.is("it")
                ? " al minuto"
                : " "
                    + language.of("per")
                    + " "
                    + language.numbers().unitName("minute", new Written("1", "")));
    if (language.is("it")) {
      // 7.200 giri/min
      rules.add("/", "(?<= giri ) /min (?!\\p{L})", m -> " al minuto");
    }
    if (language.is("en")) {
      // "a 7:53/mi pace"
      rules.add(
          "/",
          "(?<= \\d:\\d\\d ) \\h?/\\h? (?<u> mi|km ) (?!\\p{L})",
          m -> m.of("u").equals("mi") ? " per mile" : " per kilometer");
      // "1,024 pp."
      rules.add(
          "p",
          "(?<= \\d \\h ) pp\\. (?= ,? (?: \\h | $ ) )",
          m -> "pages" + (m.end() == m.text().length() ? "." : ""));
      // "at 7ish"
      rules.add(
          "0", "<B> (?<n> \\d{1,2} ) ish (?! \\p{L} )", m -> language.small(m.of("n")) + "-ish");
      // "2d6+3"
      rules.add(
          "d",
          "<B> (?<n> \\d{1,2} ) d (?<s> 4|6|8|10|12|20|100 ) (?! [\\p{L}\\p{N}] )",
          m -> language.small(m.of("n")) + " d " + language.small(m.of("s")));
    }
    // "km/h" alone
    rules.add(
        "/",
        "(?<![\\p{L}\\p{N}/]) (?<u> km|m|mi|l|L|g|mg|kg ) / (?<per> h|s|km|L|l|ml|kg|day ) (?<pow> [²³] )? (?! [\\p{L}\\p{N}/] )",
        m -> {
          String id = units.id(m.of("u"), "");
          String per = m.of("per").equals("day") ? "day" : units.id(m.of("per"), "");
          return language
              .numbers()
              .unitName(id + "-per-" + (m.has("pow") ? "square-" : "") + per, new Written("2", ""));
        });
    // 500 MB–2 GB: what no range of one unit has taken
    rules.add(
        "–-",
        "(?<= \\d \\h? (?: [KMGT]B|mg|g|kg|ml|mL|l|L|mm|cm|m|km|min|mins|h|s|ms|[kMG]?Hz ) ) \\h? [–-] \\h? (?= \\d{1,4} (?:[.,]\\d{1,2})? \\h? <U> <UEND> )",
        m -> " " + language.of("to") + " ");
    // "9,46 Bio. km/Jahr"
    rules.add(
        "/",
        "(?<= \\p{L}{2} \\.? \\h ) (?<u> km|kg|g|l|m|kWh|t ) / (?<span> <SPAN> ) (?! [\\p{L}\\p{N}] )",
        m ->
            language.numbers().unitName(units.id(m.of("u"), ""), new Written("2", ""))
                + " "
                + units.per(m.of("span")));
    // 180 °C / 350 °F, 5 km / 3 mi
    rules.add(
        "/",
        "(?<= °[CF] | [%°] | \\p{N}[kcm]m | kg | lbs? | \\d\\h?[kM]?[VWA] ) \\h? / \\h? (?= \\p{N} )",
        m -> ", ");
    // 6 l/100 km
    rules.add(
        "/",
        "(?<= \\p{L} ) \\h?/\\h? (?= 100\\h?(?:km|mi) (?!\\p{L}) )",
        m ->
            " "
                + (language.is("it") ? "per" : language.is("fr") ? "aux" : language.of("per"))
                + " ");
    // 5-%-Hürde, 100%ig
    if (language.is("de")) {
      // "5-%-Hürde", "100%ig"
      rules.add(
          "%",
          "<B> (?<n> \\d{1,3} ) (?: (?<dash> -%- ) | % (?= ig ) )",
          m ->
              language.numbers().say(m.of("n"))
                  + (m.has("dash") ? "-Prozent-" : "prozent" + Rules.GLUE));
    }
  }

  /** Dutch has one after a half: "anderhalve eetlepel". */
  private static boolean isSeveral(Match m, Language language) {
    boolean half = language.is("nl") && m.before().endsWith("½");
    return m.has("two") && !half;
  }

  /** "10-Kilometer-": the singular, but the plural of what ends with "e", as "Stunde". */
  private static String germanCompound(Match m, UnitNames units, Language language) {
    String id = units.id(m.of("u"), m.of("pow"));
    String one = language.numbers().unitName(id, new Written("1", ""));
    String name = one.endsWith("e") ? language.numbers().unitName(id, new Written("2", "")) : one;
    String number = m.of("n").equals("1") ? "ein" : language.numbers().say(m.of("n"));
    return number + "-" + name + "-";
  }
}
