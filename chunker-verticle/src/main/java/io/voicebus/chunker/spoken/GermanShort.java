package io.voicebus.chunker.spoken;

/** What German joins by marks: endings of both genders, days of one month, amounts per time. */
final class GermanShort {
  private GermanShort() {}

  static void add(Rules rules, Language language, Dates dates) {
    // Entwickler*in, Kolleg:innen, Student_innen
    rules.add("*:_", "(?<= \\p{Ll}{2} ) [*:_] (?= in(?:nen)? (?!\\p{L}) )", m -> "");
    // eine*n, jede*r
    rules.add("*:_", "(?<= e ) [*:_] (?= [nrsm] (?!\\p{L}) )", m -> "");
    // am 6./7.12.
    rules.add(
        "/",
        "<B> (?<a> <D> ) \\. \\h? / \\h? (?<b> <D> ) \\. \\h? (?<m> 1[0-2]|0?[1-9] ) \\. (?! \\p{N} )",
        dates::days);
    // v. 1871 bis 1890
    rules.add(
        "v", "(?<! [\\p{L}\\p{N}] ) v\\. (?= \\h (?:1\\d|20)\\d\\d (?! [\\p{N}.,] ) )", m -> "von");
    // 20 Std./Wo.
    rules.add(
        "/",
        "(?<= \\d \\h? ) (?<u> Std\\.?|h|Min\\.? ) / (?<per> Wo\\.|Woche|Tag|Monat ) (?! \\p{L} )",
        m ->
            (m.of("u").startsWith("M") ? "Minuten" : "Stunden")
                + " pro "
                + (m.of("per").startsWith("Wo") ? "Woche" : m.of("per"))
                + (m.all().endsWith(".") && m.end() == m.text().length() ? "." : ""));
    // 2x/Std., 3x/Tag, 2x pro Woche
    rules.add(
        "x×",
        "<B> (?<n> \\d{1,2} ) \\h?[x×] \\h? / \\h? (?<per> Std\\.?|Stunde|h|Tag|Wo\\.|Woche|Monat|Jahr ) (?! \\p{L} )",
        m -> {
          String per = m.of("per");
          String unit =
              per.startsWith("St") || per.equals("h")
                  ? "Stunde"
                  : per.startsWith("Wo") ? "Woche" : per;
          String times = m.of("n").equals("1") ? "einmal" : language.small(m.of("n")) + "mal";
          boolean stop = per.endsWith(".") && m.end() == m.text().length();
          return times + " pro " + unit + (stop ? "." : "");
        });
    // 39,6 ct/kWh
    rules.add("/", "(?<= \\d \\h (?: ct|Cent ) ) /kWh (?! \\p{L} )", m -> " pro Kilowattstunde");
    // 4,8 t/Kopf
    rules.add("/", "(?<= \\d \\h t ) / (?= (?:Kopf|Jahr|Tag|Person) (?!\\p{L}) )", m -> " pro ");
  }
}
