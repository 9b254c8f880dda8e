package io.voicebus.chunker.spoken;

import java.util.List;

/** German dates: their ordinals bend with what is before. */
final class GermanDates {
  private GermanDates() {}

  static void add(Rules rules, Language language, Dates dates) {
    GermanOrdinals ordinals = new GermanOrdinals(language);
    List<String> months = language.words().list("months");
    // "vom 3. bis 5. Mai", "3.–5. Mai 2024", "am 3. Oktober 1990", "Di., 3. Okt."
    rules.add(
        "0",
        """
        (?<![\\p{L}\\p{N}.,]) (?<d> <D> ) \\. (?: (?<word> \\h bis \\h (?:zum\\h)? | \\h und \\h ) | \\h?[-–—]\\h? | / ) (?<to> <D> ) \\. \\h? (?<m> <MON> ) (?: (?<comma> ) \\h (?<y> <Y> ) <E> )?
        """,
        m -> {
          String name = dates.month(m.of("m"));
          String last = ordinals.say(m.integer("to"), m, name);
          String joint =
              m.has("word") ? m.of("word").strip() : m.all().contains("/") ? "und" : "bis";
          return ordinals.say(m.integer("d"), m, name)
              + " "
              + joint
              + " "
              + last
              + " "
              + name
              + dates.comma(m);
        });
    // "am 3. Oktober 1990", "Di., 3. Okt."
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}.,]) (?<d> <D> ) \\. \\h? (?<m> <MON> ) (?: (?<comma> ) \\h (?<y> <Y> ) <E> )?",
        m -> {
          String name = dates.month(m.of("m"));
          return ordinals.say(m.integer("d"), m, name) + " " + name + dates.comma(m);
        });
    // "am 3.5.", "vom 3.5. bis 7.5."
    rules.add(
        "0",
        "(?<= (?<!\\p{L}) (?i:am|vom|zum|bis|dem|den|ab|der|<DAY>,?|<DAYSHORT>\\.?,?) \\h ) (?<d> <D> ) \\. \\h? (?<m> 1[0-2]|0?[1-9] ) \\. (?! \\p{N} | \\h\\p{Lu} )",
        m -> {
          String name = months.get(m.integer("m") - 1);
          String stop = m.end() == m.text().length() ? "." : "";
          return ordinals.say(m.integer("d"), m, name) + " " + name + stop;
        });
    // "spätestens 31.12. d. J.", "bis dann 15.06., also": no chapter, "Kapitel 11.04. der"
    rules.add(
        "0",
        "(?<! (?: Kapitel|Kap\\.|Abschnitt|Punkt|Ziffer|Nr\\.|Nummer|Version|Teil|Artikel|Art\\.|§ ) \\h ) <B> (?<d> 0[1-9] | [12]\\d | 3[01] ) \\. \\h? (?<m> 1[0-2]|0[1-9] ) \\. (?= \\h\\p{Ll} | , )",
        m -> {
          String name = months.get(m.integer("m") - 1);
          return ordinals.say(m.integer("d"), m, name) + " " + name;
        });
    // "31.12. d. J.", "am 5. d. M."
    rules.add(
        "d",
        "(?<= \\d\\. \\h | (?= d ) <MONTHS> \\h ) d\\. \\h? (?<what> J | M ) \\. (?! \\p{L} )",
        m -> ShortForms.stop(m, m.of("what").equals("J") ? "dieses Jahres" : "dieses Monats"));
    // "die 1990er Jahre", "die 80er"
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}.,]) ['’]? (?<y> (?: 1[1-9]|20 )? [1-9]0 | [2-9]\\d ) (?: er | er-Jahre(?<n>n)? ) (?![\\p{L}-])",
        m -> {
          String year = m.of("y");
          String said = year.length() == 4 ? language.year(year) : language.small(year);
          return said + "er" + (m.all().contains("-Jahre") ? " Jahre" + m.of("n") : "");
        });
    // 2019/20, 1933–45
    rules.add(
        "0",
        "<B> (?<y> <Y> ) [/–-] (?<z> \\d\\d ) (?! [\\p{L}\\p{N}_/-] | [.,]\\p{N} )",
        dates::years);
  }
}
