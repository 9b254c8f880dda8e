package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import io.voicebus.chunker.spoken.Numbers.Written;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts of money: with scales, in ranges, before a noun, per something. */
final class Money {
  private static final Map<String, String> CODES =
      Map.ofEntries(
          Map.entry("$", "USD"),
          Map.entry("US$", "USD"),
          Map.entry("US-$", "USD"),
          Map.entry("USD", "USD"),
          Map.entry("€", "EUR"),
          Map.entry("EUR", "EUR"),
          Map.entry("£", "GBP"),
          Map.entry("GBP", "GBP"),
          Map.entry("¥", "JPY"),
          Map.entry("JPY", "JPY"),
          Map.entry("₹", "INR"),
          Map.entry("INR", "INR"),
          Map.entry("Rs.", "INR"),
          Map.entry("R$", "BRL"),
          Map.entry("BRL", "BRL"),
          Map.entry("CHF", "CHF"),
          Map.entry("Fr.", "CHF"),
          Map.entry("A$", "AUD"),
          Map.entry("AU$", "AUD"),
          Map.entry("AUD", "AUD"),
          Map.entry("C$", "CAD"),
          Map.entry("CA$", "CAD"),
          Map.entry("CAD", "CAD"),
          Map.entry("MX$", "MXN"),
          Map.entry("MXN", "MXN"),
          Map.entry("₩", "KRW"),
          Map.entry("₽", "RUB"),
          Map.entry("₺", "TRY"),
          Map.entry("₪", "ILS"),
          Map.entry("zł", "PLN"),
          Map.entry("CNY", "CNY"),
          Map.entry("RMB", "CNY"),
          Map.entry("元", "CNY"),
          Map.entry("KRW", "KRW"),
          Map.entry("SEK", "SEK"),
          Map.entry("NOK", "NOK"),
          Map.entry("DKK", "DKK"),
          Map.entry("ISK", "ISK"),
          Map.entry("PLN", "PLN"),
          Map.entry("CZK", "CZK"),
          Map.entry("Kč", "CZK"),
          Map.entry("HUF", "HUF"),
          Map.entry("RUB", "RUB"),
          Map.entry("UAH", "UAH"),
          Map.entry("ZAR", "ZAR"),
          Map.entry("AED", "AED"),
          Map.entry("SAR", "SAR"),
          Map.entry("ILS", "ILS"),
          Map.entry("THB", "THB"),
          Map.entry("SGD", "SGD"),
          Map.entry("S$", "SGD"),
          Map.entry("HKD", "HKD"),
          Map.entry("HK$", "HKD"),
          Map.entry("NZD", "NZD"),
          Map.entry("NZ$", "NZD"));

  /** Codes that are also words: behind the amount only. */
  private static final Map<String, String> BEHIND =
      Map.of("TRY", "TRY", "PHP", "PHP", "COP", "COP", "RON", "RON");

  /** The name of a model before its size: "Mistral 7B", "Llama 3.1 405B", "Qwen2.5-7B". */
  private static final Pattern MODEL =
      Pattern.compile("(?:(?<![\\p{L}\\p{N}.])\\p{Lu}[\\p{L}\\p{N}.]{1,20}[ -]|\\d\\.\\d[ -])$");

  /** A name that goes on with a number: "i7-13700K". */
  private static final Pattern NAME = Pattern.compile("\\p{L}\\d{0,3}-$");

  private final Language language;
  private final Map<String, String> suffixes;
  private final Map<String, String> counts;
  private final Set<String> scaleOf;
  private final Amounts amounts;
  private final Units units;
  private final Set<String> runs;
  private final Set<String> screens;
  private final Set<String> countNouns;

  private Money(Language language, Units units) {
    this.language = language;
    this.units = units;
    counts = language.words().map("count-suffix");
    suffixes = language.words().map("suffix");
    scaleOf = language.words().set("scale-of");
    amounts = new Amounts(language);
    runs = language.words().set("runs");
    screens = language.words().set("screens");
    countNouns = language.words().set("count-nouns");
  }

  static void add(Rules rules, Language language, Units units) {
    Money money = new Money(language, units);
    Set<String> scales = new LinkedHashSet<>(money.suffixes.keySet());
    scales.addAll(language.words().list("scale"));
    rules.define("SCALE", Words.anyOf(scales) + "(?![\\p{L}\\p{N}])");
    rules.define("CUR", Words.anyOf(CODES.keySet()));
    rules.define("CURRENCY", "(?: <CUR> | " + Words.anyOf(BEHIND.keySet()) + " )");
    // EUR/USD 1.0850: a rate, no amount
    rules.add(
        "/",
        "(?<![\\p{L}\\p{N}/]) (?<a> [A-Z]{3} ) / (?<b> [A-Z]{3} ) (?![\\p{L}\\p{N}/])",
        m -> isCode(m.of("a")) && isCode(m.of("b")) ? m.of("a") + " " + m.of("b") : null);
    // -$5M, $1.5bn, $15-20, €10 - €15, $9.99/month, CHF 20.-
    rules.add(
        "$€£¥₹₩₽₺₪CEUGJIRBAMSNDPHZTK",
        """
        (?<![\\p{L}\\p{N}]) (?: (?<neg> [-−] ) | (?<pos> \\+ ) )? (?<c> <CUR> ) (?<neg2> [-−] )? \\h? (?<n> <N> ) (?: [\\h-]?(?<s1> <SCALE> ) )?
        (?: (?: \\h? [-–—] \\h? | \\h (?:à|tot) \\h ) (?:<CUR>\\h?)? (?<m> <N> ) (?: \\h?(?<s2> <SCALE> ) )? )?
        (?: [.,][-–—](?!\\p{N}) )? (?: \\h (?<iso> USD|CAD|AUD|NZD|SGD|HKD|MXN ) (?!\\p{L}) )? (?: \\h?/\\h? (?<per> sq\\hft | \\p{L}{1,12}+ [²³]? ) (?: (?<= mo|yr|hr|wk ) \\. (?= [,;)] | \\h\\p{Ll} ) )? )? (?! [\\p{L}\\p{N}_%] | [.,]\\p{N} )
        """,
        money::say);
    // 1.250,50 €, 10–15 €, 5 Mio. €, 2,5 Mrd. EUR, 30 €/Monat
    rules.add(
        "$€£¥₹₩₽₺₪CEUGJIRBAMSNDPHZTKzF元",
        """
        <B> (?: (?<neg> (?<![\\p{L}\\p{N})\\]]) [-−] ) | (?<pos> (?<![\\p{L}\\p{N}]) \\+ ) )? (?<neg2> (?!) )? (?<n> <N> ) (?: \\h?(?<s1> <SCALE> ) )?
        (?: \\h? (?:<CUR>\\h?)? [-–—] \\h? (?<m> <N> ) (?: \\h?(?<s2> <SCALE> ) )? )? (?: ,[-–—] )?
        \\h? (?<c> <CURRENCY> ) (?<iso> (?!) )? (?: \\h?/\\h? (?<per> sq\\hft | \\p{L}{1,12}+ [²³]? ) (?: (?<= mo|yr|hr|wk ) \\. (?= [,;)] | \\h\\p{Ll} ) )? )? (?! [\\p{L}\\p{N}_] )
        """,
        money::say);
    if (language.is("de")) {
      // ein 5-€-Gutschein
      rules.add(
          "€$",
          "<B> (?<n> \\d{1,4} ) -(?<c> [€$] )- (?= \\p{L} )",
          m -> language.small(m.of("n")) + (m.of("c").equals("€") ? "-Euro-" : "-Dollar-"));
    }
    // "50 millones de €", "in Mio. €"
    rules.add(
        "€£",
        "(?<= \\p{L}{2} \\.? \\h ) (?<c> [€£] ) (?! \\h? [\\p{N}-] )",
        m -> money.amounts.name(CODES.getOrDefault(m.of("c"), "EUR"), 1));
    // $5/1M tokens
    rules.add(
        "/",
        "(?<= [$€£]\\d{1,6} (?:[.,]\\d{1,5})? ) / (?= \\d )",
        m -> " " + language.of("per") + " ");
    // 78¢, 50p
    rules.add(
        "¢",
        "<B> (?<n> <N> ) \\h? ¢",
        m -> {
          Written n = language.numbers().read(m.of("n"));
          return language.numbers().say(n, Gender.MASCULINE)
              + " "
              + language.words().list("cent-sign").get(n.isOne() ? 0 : 1);
        });
    if (language.is("en")) {
      // 50p
      rules.add(
          "p",
          "<B> (?<n> \\d{1,2} ) p (?! [\\p{L}\\p{N}_] )",
          m -> language.small(m.of("n")) + (m.of("n").equals("1") ? " penny" : " pence"));
    }
    if (language.is("es")) {
      // "25,250 pesos" of Mexico
      rules.add(
          ",",
          "<B> (?<n> \\d{1,3} , \\d{3} ) (?= \\h (?: pesos | dólares ) (?!\\p{L}) )",
          m -> language.numbers().say(language.numbers().readMoney(m.of("n")), Gender.MASCULINE));
    }
    // "95 ct", "75 cent"
    rules.define("CENTS", language.words().anyOf("cent-shorts"));
    rules.add(
        "0",
        "<B> (?<n> <N> ) \\h? <CENTS> (?! [\\p{L}\\p{N}] )",
        m -> {
          Written n = language.numbers().read(m.of("n"));
          boolean stop = m.all().endsWith(".") && m.end() == m.text().length();
          return language.amount(n, Gender.MASCULINE, m)
              + " "
              + language.words().list("cent-sign").get(n.isOne() ? 0 : 1)
              + (stop ? "." : "");
        });
    // "12,50 Euro": two decimals are cents
    Map<String, String> named = language.words().map("money-words");
    rules.define("NAMEDMONEY", Words.anyOf(named.keySet()));
    rules.add(
        "0",
        "<B> (?! 0[.,] ) (?<n> \\d{1,3} (?: [.,]\\d{3} )* [.,]\\d\\d ) \\h (?<c> <NAMEDMONEY> ) (?! \\p{L} )",
        m ->
            money.amounts.amount(
                language.numbers().read(m.of("n")),
                named.getOrDefault(m.of("c"), "EUR"),
                false,
                m));
    // "300 Mio. Menschen", "5M users", "10K": a scale without money
    rules.define("COUNT", Words.anyOf(language.words().map("count-suffix").keySet()));
    // "5k", "5–10k", "5 K"
    rules.add(
        "0",
        "<B> (?<n> <N> ) (?: \\h? [-–—] \\h? (?<m> <N> ) )? (?<gap> \\h? ) (?<s> <COUNT> ) (?! [\\p{L}\\p{N}_+'’] | \\.\\p{L} )",
        money::scale);
  }

  private static boolean isCode(String code) {
    return CODES.containsKey(code) || BEHIND.containsKey(code);
  }

  /** "a 5K", "10K run", "4K video", "221B Baker Street", "Llama 3.1 405B": a letter, no scale. */
  private boolean isLetter(Match m) {
    String suffix = m.of("s");
    String after = m.wordAfter();
    boolean counts = countNouns.contains(after);
    if (suffix.equalsIgnoreCase("K")) {
      String before = m.wordBefore();
      boolean article =
          List.of("a", "an", "my", "first", "the").contains(before.toLowerCase(Locale.ROOT));
      boolean alone = article && (after.isEmpty() || Units.isNoNoun(after));
      return !counts
          && (runs.contains(after.toLowerCase(Locale.ROOT))
              || runs.contains(before.toLowerCase(Locale.ROOT))
              || screens.contains(after)
              || alone);
    }
    if (!suffix.equals("B") || counts) {
      return false;
    }
    boolean name =
        (!after.isEmpty() && Character.isUpperCase(after.charAt(0))) || after.startsWith("model");
    return name || m.follows(MODEL);
  }

  private @Nullable String scale(Match m) {
    String suffix = m.of("s");
    boolean letter = suffix.length() == 1;
    boolean place =
        suffix.equals("B")
            && m.wordBefore()
                .toLowerCase(Locale.ROOT)
                .matches(
                    "exit|seat|row|gate|platform|room|apartment|section|unit|bus|line|flat|apt|block|terminal|hall|model|group|plan|class");
    if (place) {
      return null;
    }
    if (letter && m.follows(NAME) && !m.follows(MODEL)) {
      return null; // "i7-13700K"
    }
    if (language.is("en") && letter && m.of("gap").isEmpty() && !m.has("m") && isLetter(m)) {
      String n = m.of("n");
      boolean house = suffix.equals("B") && n.length() == 3;
      return (house ? Telephones.pairs(n, language) : language.numbers().say(n))
          + " "
          + suffix.toUpperCase(Locale.ROOT);
    }
    // "1 M de euros", "1 M d'euros"
    boolean millions = suffix.equals("M") && m.after().matches("(?s)\\hd(?:e\\h|['’]).*");
    boolean screen = suffix.equals("K") && List.of("2", "4", "8").contains(m.of("n"));
    if (letter && !millions && (screen || !m.of("gap").isEmpty())) {
      return null; // "300 K" are kelvins, "5 B" may be anything
    }
    String scale = counts.getOrDefault(suffix, suffix);
    Written n = language.numbers().read(m.of("n"));
    String range =
        m.has("m") ? " " + language.of("to") + " " + language.numbers().say(m.of("m")) : "";
    boolean of =
        scaleOf.contains(scale)
            && !m.wordAfter().isEmpty()
            && !m.wordAfter().equals(language.of("of"))
            && !millions
            && language.nouns().of(m.wordAfter()) != Gender.NONE;
    return range.isEmpty()
        ? amounts.scaled(n, scale) + (of ? " " + language.of(m.wordAfter(), true) : "")
        : language.numbers().say(n, Gender.NONE) + range + " " + scale;
  }

  private String say(Match m) {
    String code = CODES.getOrDefault(m.of("c"), BEHIND.getOrDefault(m.of("c"), "USD"));
    code = m.of("c").endsWith("$") && m.has("iso") ? m.of("iso") : code; // "$5 CAD"
    if (m.of("c").equals("$") && language.is("es") && m.text().contains("peso")) {
      code = "PESO";
    }
    // "$18,000 MXN" of Mexico
    boolean whole = language.is("es") && m.of("c").endsWith("$") && !m.has("s1") && !m.has("s2");
    Written n =
        whole ? language.numbers().readMoney(m.of("n")) : language.numbers().read(m.of("n"));
    String sign =
        m.has("neg") || m.has("neg2")
            ? language.of("minus") + " "
            : m.has("pos") ? language.of("plus") + " " : "";
    boolean beforeNoun = language.is("en") && units.beforeNoun(m);
    String said;
    if (m.has("m")) {
      said = range(m, n, code, beforeNoun);
    } else if (m.has("s1")) {
      said =
          amounts.scaled(n, scale(m.of("s1")))
              + " "
              + amounts.scaledName(scale(m.of("s1")), code, beforeNoun);
    } else {
      said = amounts.amount(n, code, beforeNoun, m);
    }
    return sign + said + (m.has("per") ? " " + units.per(m.of("per")) : "");
  }

  private String range(Match m, Written n, String code, boolean beforeNoun) {
    Written last = language.numbers().read(m.of("m"));
    String scale = m.has("s2") ? scale(m.of("s2")) : "";
    String first =
        m.has("s1")
            ? amounts.scaled(n, scale(m.of("s1")))
            : n.decimals().length() == 2
                ? amounts.amount(n, code, false, m)
                : language.numbers().say(n, amounts.gender(code));
    String second =
        scale.isEmpty()
            ? amounts.amount(last, code, beforeNoun, m)
            : amounts.scaled(last, scale) + " " + amounts.scaledName(scale, code, beforeNoun);
    String to = language.to(m);
    return first + (to.isEmpty() ? " " : " " + to + " ") + second;
  }

  private String scale(String written) {
    return suffixes.getOrDefault(written, written);
  }
}
