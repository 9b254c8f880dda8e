package io.voicebus.chunker.spoken;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Short forms of words: titles, units of books, weekdays, "vs.", "a. C.". */
final class ShortForms {
  /** Short forms that are units, too. */
  private static final Set<String> UNITS = Set.of("tbsp.", "tsp.", "mins.", "Tbsp.");

  private static final String NUMBERS = "0123456789½¼¾⅓⅔";

  /** "1", "1/2" or "½", and no more before it. */
  private static final java.util.regex.Pattern ONE_CUP =
      java.util.regex.Pattern.compile("(?<![\\d.,/])(?<!\\d\\h)(?:1|\\d/\\d|[¼-¾⅓⅔])\\h$");

  /** Where these are talked of, "v." stands between the parties of a case. */
  private static final java.util.regex.Pattern LAW =
      java.util.regex.Pattern.compile(
          "§|\\d\\h(?:U\\.S\\.|F\\.[23]d|S\\.\\h?Ct\\.)\\h\\d|(?<!\\p{L})(?:[Cc]ourt|[Cc]ase|held|rul(?:ed|ing)|plaintiff|decision|Board of|United States|precedent|Inc\\.|Corp\\.)(?!\\p{L})");

  private ShortForms() {}

  static void add(Rules rules, Language language) {
    Map<String, String> beforeName = language.words().map("short-before-name");
    Map<String, String> afterName = language.words().map("short-after-name");
    Map<String, String> beforeNumber = language.words().map("short-before-number");
    Map<String, String> anywhere = withCapitals(language.words().map("short"));
    rules.define("NAMED", Words.anyOf(beforeName.keySet()));
    rules.define("AFTERNAME", Words.anyOf(afterName.keySet()));
    rules.define("NUMBERED", Words.anyOf(beforeNumber.keySet()));
    rules.define("SHORTLY", Words.anyOf(anywhere.keySet()));
    Weekdays.add(rules, language);
    if (language.is("de")) {
      germanFirst(rules, language);
    }
    if (language.is("nl")) {
      // "€ 1.250 p.m.", "€ 80 p.w."
      rules.add(
          "€",
          "(?<= € \\h? [\\d.,-]{1,9} \\h ) p\\. \\h? (?<u> [mwj] ) \\. (?! \\p{L} )",
          m ->
              stop(
                  m,
                  "per "
                      + (m.of("u").equals("m")
                          ? "maand"
                          : m.of("u").equals("w") ? "week" : "jaar")));
      // "art. 6:162 BW"
      rules.add(
          ":",
          "(?= : ) (?<= (?<!\\p{L}) (?: [Aa]rt\\. | [Aa]rtt\\. | [Aa]rtikel | [Aa]rtikelen ) \\h \\d{1,2} ) : (?= \\d )",
          m -> " ");
      // "het evt. tekort"
      rules.add(
          ".",
          "(?<= (?<!\\p{L}) (?i: het|de|een ) \\h ) evt\\. (?= \\h \\p{Ll} )",
          m -> "eventuele");
      // "min. drie"
      rules.add(
          "m", "(?<![\\p{L}\\p{N}]) (?<!\\p{N}\\h) min\\. (?= \\h \\p{Ll} )", m -> "minimaal");
    }
    // "Main St.", "King Jr. had"; not before a name, where "St. Paul" is a saint
    rules.add(
        "",
        "(?= \\p{Lu} ) (?<= \\h ) (?= <AFTERNAME> ) (?<= \\p{Lu} [\\p{L}'’]{1,20} ,?\\h ) (?<s> <AFTERNAME> ) (?! [\\p{L}\\p{N}] | \\h\\p{Lu} )",
        m -> stop(m, afterName.getOrDefault(m.of("s"), m.all())));
    if (language.is("en")) {
      // "the 5th c. BCE", "1 c. sugar", "½ c. milk"
      rules.add(
          "c", "(?<= \\d(?:st|nd|rd|th) \\h ) c\\. (?! [\\p{L}\\p{N}] )", m -> stop(m, "century"));
      rules.add(
          "c",
          "(?<= [\\d¼-¾⅓⅔] \\h ) c\\. (?= \\h \\p{Ll} )",
          m -> m.follows(ONE_CUP) ? "cup" : "cups");
      // "Brown v. Board of Education, 347 U.S. 483"
      rules.add(
          "v",
          "(?<= [\\p{L}.]{3},? \\h ) v\\. (?= \\h \\p{Lu} )",
          m -> LAW.matcher(m.text()).find() ? "versus" : null);
      // "H.264"
      rules.add(
          "0",
          "(?<= (?<![\\p{L}\\p{N}]) H ) \\. (?<n> 26[1-6] ) (?! [\\p{L}\\p{N}] )",
          m -> " " + Telephones.pairs(m.of("n"), language));
      // "min. 2 people", and no "25 min. 30 s"
      rules.add(
          "m", "(?<![\\p{L}\\p{N}.-]) (?<! \\p{N}\\h) min\\. (?= \\h \\p{N} )", m -> "minimum");
      // "est. time"
      rules.add(
          "e",
          "(?<![\\p{L}\\p{N}.-]) est\\. (?= \\h (?: time|cost|costs|delivery|arrival|value|duration|total|budget|price|population|completion|reading ) (?!\\p{L}) )",
          m -> "estimated");
      // "for 10 days" of a prescription: "BID x 10 days"
      rules.add(
          "x×",
          "(?<= \\p{L} \\h ) [x×] (?= \\h \\d{1,2} \\h (?: day|week|month )s? (?!\\p{L}) )",
          m -> "for");
      // "Fed. R. Civ. P. 12": no page
      rules.add("P", "(?<= (?: Civ|Crim|App|Evid ) \\. \\h ) P\\. (?= \\h \\d )", m -> m.all());
    }
    if (language.is("fr")) {
      // "à la 89e min.", "3 fois/j", "5 j."
      rules.add(
          "m", "(?<= \\de \\h ) min (?: \\. | (?!\\p{L}) ) (?!\\p{L})", m -> stop(m, "minute"));
      rules.add(
          "/", "(?<= \\d \\h fois ) \\h?/\\h?j(?:our)? (?! [\\p{L}\\p{N}] )", m -> " par jour");
      // "3 cp/j"
      rules.add(
          "c",
          "<B> (?<n> \\d{1,2} ) \\h c(?:p|ps|omp\\.) (?= \\h?/\\h?j (?!\\p{L}) )",
          m -> m.of("n").equals("1") ? "un comprimé" : language.small(m.of("n")) + " comprimés");
      rules.add("/", "(?<= \\d \\h (?: cp|cps|comp\\. ) ) \\h?/\\h?j (?!\\p{L})", m -> " par jour");
      rules.add(
          "j",
          "(?<= \\d \\h ) j (?: \\. (?! \\p{L} ) | (?= [,;)] | $ ) )",
          m -> stop(m, m.before().matches("(?s)(?:.*\\D)?1\\h") ? "jour" : "jours"));
    }
    // "Dr. Smith", "St. Louis"
    if (language.is("es") || language.is("pt")) {
      // "el Sr. alcalde"
      rules.add(
          "S",
          "(?<![\\p{L}\\p{N}.-]) Sr (?<a> a )? \\. (?= \\h \\p{Ll}{4} )",
          m -> (language.is("es") ? "señor" : "senhor") + m.of("a"));
    }
    if (language.is("es")) {
      // "3 hab., 2 baños": rooms; more are inhabitants
      rules.add(
          "h",
          "(?<= (?<![\\p{L}\\p{N}.,]) [2-9] \\h ) hab\\. (?! [\\p{L}/] )",
          m -> stop(m, "habitaciones"));
      // "c/8 h"
      rules.add(
          "/",
          "(?<![\\p{L}\\p{N}]) c/ \\h? (?= \\d{1,2} \\h? (?: h | horas ) (?!\\p{L}) )",
          m -> "cada ");
    }
    if (language.is("pt")) {
      // "na R. Augusta"
      rules.add(
          "R", "(?<= (?<!\\p{L}) (?: n?a|da|pela|à ) \\h ) R\\. (?= \\h\\p{Lu} )", m -> "rua");
    }
    if (language.is("fr")) {
      // "Mme la maire", "M. le préfet"
      rules.add(
          "M",
          "(?<![\\p{L}\\p{N}.-]) (?<s> Mme|M\\. ) (?= \\h l[ae] \\h \\p{Ll} )",
          m -> m.of("s").equals("Mme") ? "Madame" : "Monsieur");
    }
    // "Dr. Smith", "Dr. van Dijk", "Sr. e Sra. Silva", "Prof. Dr. Braun"
    rules.add(
        "",
        "(?<![\\p{L}\\p{N}.-]) (?<s> <NAMED> ) (?= \\h (?: (?: de|van|von|der|den|ten|ter ) \\h )? (?: \\p{Lu}\\p{L} | \\p{Lu}\\.\\h ) | \\h (?: e|y|et|und|en|and ) \\h (?: (?: la|a|die|de ) \\h )? <NAMED> | \\h <NAMED> \\h )",
        m -> title(m, beforeName.getOrDefault(m.of("s"), m.all()), language));
    // "Fig. 3", "pp. 45", "S. 12"
    rules.add(
        "0IVXLC",
        "(?<![\\p{L}\\p{N}.-]) (?<s> <NUMBERED> ) (?= \\h? [\\p{N}(] | \\h [IVXLC]{1,6} (?! [\\p{L}\\p{N}] ) )",
        m -> beforeNumber.get(m.of("s")));
    // "e.g.", "z. B.", "p. ej."
    rules.add(
        "",
        "(?<![\\p{L}\\p{N}.-]) (?<s> <SHORTLY> ) (?! [\\p{L}\\p{N}] )",
        m -> counts(m) ? null : stop(m, anywhere.getOrDefault(m.of("s"), m.all())));
    if (language.is("de")) {
      german(rules, language);
      // "Kundennr. 4711"
      rules.add(
          "", "(?<= \\p{Ll}{3} ) nr\\. (?= \\h? [\\p{N}\\p{Lu}] )", m -> Rules.GLUE + "nummer");
      // "Hauptstr. 5"
      rules.add(
          "",
          "(?<= \\p{Ll}{2} ) str\\. (?= \\h? [\\p{N},] | \\h\\p{Ll} )",
          m -> Rules.GLUE + "straße");
    }
    if (language.is("fr")) {
      // "l'al. 2", and no "Dupont et al. (2020)"
      rules.add(
          "a",
          "(?<= ^ | (?<!\\p{L}) (?: l['’] | d['’] | , \\h ) ) al\\. (?= \\h \\d )",
          m -> "alinéa");
      // "gratuit pour les -12 ans"
      rules.add("-", "(?<= (?<!\\p{L}) les \\h ) [-−] (?= \\d{1,2} \\h ans )", m -> "moins de ");
      // "6j/7"
      rules.add(
          "/",
          "(?<![\\p{L}\\p{N}]) (?<n> [1-7] ) j/7 (?! [\\p{L}\\p{N}] )",
          m -> language.small(m.of("n")) + " jours sur sept");
      // "M. et Mme Bernard"
      rules.add(
          "M", "(?<![\\p{L}.]) M\\. (?= \\h et \\h M(?:me|lle) (?!\\p{L}) )", m -> "Monsieur");
    }
    if (language.is("de")) {
      // "312 S."
      rules.add("S", "(?<= \\p{Nd} \\h ) S\\. (?! \\p{L} )", m -> stop(m, "Seiten"));
    }
    if (language.is("it")) {
      // "S. Maria", "S. Antonio"
      rules.add(
          "S",
          "(?<![\\p{L}.]) S\\. (?= \\h (?<name> \\p{Lu}\\p{Ll}{2,20}+ ) )",
          m -> {
            String name = m.of("name");
            boolean vowel = "AEIOU".indexOf(name.charAt(0)) >= 0;
            return vowel ? "Sant'" : name.endsWith("a") ? "Santa" : "San";
          });
    }
    if (language.is("fr")) {
      // "St-Denis", "Ste-Anne"
      rules.add(
          "-",
          "(?<![\\p{L}-]) (?<s> Ste? ) - (?= \\p{Lu} )",
          m -> m.of("s").equals("St") ? "Saint-" : "Sainte-");
    }
  }

  /** Short forms that a later rule would read wrongly. */
  private static void germanFirst(Rules rules, Language language) {
    // "Abs. 1 S. 1", "§ 5 S. 2": a sentence of a law, no page
    rules.add(
        "S", "(?<= (?: Abs\\. | § ) \\h? \\d{1,4} [a-z]? \\h ) S\\. (?= \\h? \\d )", m -> "Satz");
    // "(* 28. August 1749; † 22. März 1832)"
    rules.add(
        "*†",
        "(?<= [(,;] | [(,;]\\h ) [*†] \\h? (?= (?<day> \\d{1,2}\\. \\h? (?: \\d | <MONTHS> ) ) | \\d{4} )",
        m -> (m.all().charAt(0) == '*' ? "geboren" : "gestorben") + (m.has("day") ? " am " : " "));
    // "Dr. med. Anna Huber"
    rules.add(
        "D",
        "(?<![\\p{L}\\p{N}.-]) Dr\\. (?= \\h (?: med|phil|jur|rer|h|habil )\\. )",
        m -> "Doktor");
    // "§ 573c", "Art. 12a"
    rules.add(
        "§A",
        "(?= \\d ) (?<= § \\h? | Art\\. \\h | Artikel \\h ) (?<n> \\d{1,4} ) (?<l> [a-z] ) (?! [\\p{L}\\p{N}] )",
        m -> language.small(m.of("n")) + " " + m.of("l"));
    // "gem. § 6", "Gem. Art. 3"
    rules.add(
        "§A",
        "(?<![\\p{L}\\p{N}.-]) (?<g> [Gg] ) em\\. (?= \\h (?: § | Art\\. | Abs\\. | Artikel ) )",
        m -> m.of("g") + "emäß");
    // "Abs. 1 lit. a"
    rules.add("l", "(?<![\\p{L}\\p{N}.-]) lit\\. (?= \\h [a-z] (?!\\p{L}) )", m -> "Buchstabe");
    // "VII ZR 236/19", "3 O 123/24": files of courts
    rules.add(
        "/",
        "(?= / ) (?<= \\h (?: ZR|StR|BvR|BvL|AZR|ABR|ZB|O|C|U|Ca|Sa|K|L|S|W|T|F|Js|Ks|Ls|VU|KR|AL ) \\h \\d{1,5} ) / (?= \\d\\d (?! [\\p{N}/-] | [.,]\\p{N} ) )",
        m -> " " + language.of("law-slash") + " ");
    // "am Hl. Abend"
    rules.add("H", "(?<!\\p{L}) Hl\\. (?= \\h Abend )", m -> "Heiligen");
    // "3 St. Paprika", and no saint
    rules.add(
        "S",
        "<B> (?<n> \\d{1,2} ) \\h St\\. (?= \\h (?! (?: Pauli|Gall|Peter|Moritz|Pölt|Louis|Martin|Anton|Johann|Georg|Helena|Lucia|Veit|Wendel|Ingbert|Marien|Blasien|Englmar|Anna|Elisabeth|Nikolaus|Michael|Josef|Vith|Tropez|Kitts|Andrews ) ) \\p{Lu}\\p{Ll} )",
        m -> (m.of("n").equals("1") ? "ein" : language.small(m.of("n"))) + " Stück");
    // "1 Pck. Vanillezucker", "2 Tbl. täglich"
    Map<String, String> counted = language.words().map("counted");
    rules.define("COUNTED", Words.anyOf(counted.keySet()));
    rules.add(
        ".",
        "<B> (?<n> \\d{1,2} ) \\h (?<u> <COUNTED> ) (?! [\\p{L}\\p{N}] )",
        m -> {
          String[] forms = counted.getOrDefault(m.of("u"), "").split("/", -1);
          boolean one = m.of("n").equals("1");
          return (one ? forms[0] : language.small(m.of("n"))) + " " + forms[one ? 1 : 2];
        });
  }

  private static @Nullable String sized(Match m, Language language) {
    String size = m.of("a").equals("kl") ? "klein" : "groß";
    if (!m.of("n").equals("1")) {
      return language.small(m.of("n")) + " " + size + "e";
    }
    return switch (language.nouns().of(m.of("noun"))) {
      case MASCULINE -> "ein " + size + "er";
      case FEMININE -> "eine " + size + "e";
      case NEUTER -> "ein " + size + "es";
      default -> null;
    };
  }

  private static void german(Rules rules, Language language) {
    // "v. 12.03.2021", "v. 3. Mai"
    rules.add("v", "(?<![\\p{L}\\p{N}.]) v\\. (?= \\h \\d{1,2}\\. (?: \\d | \\h ) )", m -> "vom");
    // "er u. sie", "Müller u. 3 andere"
    rules.add(
        "u", "(?<= ^ | [\\p{L}\\p{N}.,)] \\h ) u\\. (?= \\h [\\p{L}\\p{N}+−„(] )", m -> "und");
    // "747 o. 748", "Mo. o. Di."
    rules.add("o", "(?<= [\\p{N}.%€)] \\h ) o\\. (?= \\h [\\p{L}\\p{N}] )", m -> "oder");
    // "1 kl. Zwiebel", "2 gr. Dosen"
    rules.add(
        "0",
        "<B> (?<n> \\d{1,2} ) \\h (?<a> kl|gr ) \\. (?= \\h (?<noun> \\p{Lu}\\p{Ll}{2,30}+ ) )",
        m -> sized(m, language));
    // "35 J. alt": no joules
    rules.add(
        "J",
        "(?<= (?<n> \\d ) \\h ) J\\. (?= \\h\\p{Ll} | [,;)] )",
        m -> m.before().matches("(?s)(?:.*\\D)?1\\h") ? "Jahr" : "Jahre");
    // "§ 5 f.", "S. 12 ff."
    rules.add(
        "f",
        "(?<= \\p{Nd} \\h? ) (?<f> ff? ) \\. (?! \\p{L} )",
        m -> stop(m, m.of("f").equals("f") ? "folgende" : "fortfolgende"));
  }

  /** "1 tbsp.": a unit, which is counted. */
  private static boolean counts(Match m) {
    String before = m.before().stripTrailing();
    return UNITS.contains(m.of("s"))
        && !before.isEmpty()
        && NUMBERS.indexOf(before.charAt(before.length() - 1)) >= 0;
  }

  /** Short forms at the start of a sentence: "M.b.t.". */
  private static Map<String, String> withCapitals(Map<String, String> forms) {
    Map<String, String> all = new LinkedHashMap<>(forms);
    forms.forEach(
        (form, said) -> {
          boolean chain = form.indexOf('.') > 0 && form.indexOf('.') < form.length() - 1;
          if (Character.isLowerCase(form.charAt(0)) && (chain || form.length() > 2)) {
            all.putIfAbsent(capital(form), capital(said));
          }
        });
    return all;
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  /** "la Ing. Torres": the article tells the gender. */
  private static @Nullable String title(Match m, String said, Language language) {
    if (said.equals("siehe") && m.before().matches("(?s).*\\d\\h")) {
      return null; // "9,58 s. Dann": seconds
    }
    if (language.is("pt") && said.equals("dom") && m.wordAfter().endsWith("a")) {
      return "dona";
    }
    // "la Ing. Torres", "una Dra. joven"
    boolean feminine = language.is("es") && m.wordBefore().matches("(?i)la|una");
    return feminine ? said.replaceFirst("o$", "a").replaceFirst("or$", "ora") : said;
  }

  /** A short form at the end of a sentence shares its stop. */
  static String stop(Match m, String said) {
    boolean end = m.all().endsWith(".") && m.end() == m.text().length();
    return end ? said + "." : said;
  }
}
