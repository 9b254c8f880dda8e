package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import io.voicebus.chunker.spoken.Numbers.Written;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Amounts of money in words: the names of currencies and scales, and how numbers bend with them.
 */
final class Amounts {
  private static final Map<String, String> SINGULAR =
      Map.of(
          "millions",
          "million",
          "milliards",
          "milliard",
          "millones",
          "millón",
          "milioni",
          "milione",
          "miliardi",
          "miliardo",
          "milhões",
          "milhão",
          "bilhões",
          "bilhão",
          "trilhões",
          "trilhão",
          "billones",
          "billón");

  private final Language language;
  private final Map<String, String> scaleOne;
  private final Set<String> scaleOf;
  private final Set<String> feminine;

  Amounts(Language language) {
    this.language = language;
    scaleOne = language.words().map("scale-one");
    scaleOf = language.words().set("scale-of");
    feminine = language.words().set("feminine-currencies");
  }

  String scaled(Written n, String scale) {
    if (n.isOne() && scaleOne.containsKey(scale)) {
      return scaleOne.get(scale);
    }
    if (scale.equals("mila")) {
      return n.isOne()
          ? "mille"
          : language.numbers().say(n, Gender.NONE) + (n.decimals().isEmpty() ? "mila" : " mila");
    }
    if (scale.equals("tausend") && n.decimals().isEmpty()) {
      return language.numbers().say(n, Gender.MASCULINE) + scale;
    }
    boolean bare = n.isOne() && Set.of("mille", "mil").contains(scale);
    if (bare) {
      return scale;
    }
    boolean few = language.is("fr") && n.value().compareTo(java.math.BigDecimal.valueOf(2)) < 0;
    if (language.is("fr") && scale.equals("mille")) {
      String count = language.numbers().say(n, Gender.MASCULINE);
      // "deux cents mille", "quatre-vingts mille"
      return count.replaceFirst("(?<=cent|vingt)s$", "") + " mille";
    }
    Gender gender = language.is("de") || language.is("nl") ? Gender.NONE : Gender.MASCULINE;
    if (language.is("de") && n.isOne()) {
      gender = Gender.MASCULINE;
    }
    return language.numbers().say(n, gender)
        + " "
        + (n.isOne() || few ? SINGULAR.getOrDefault(scale, scale) : scale);
  }

  String scaledName(String scale, String code, boolean beforeNoun) {
    String name = name(code, beforeNoun ? 0 : 1);
    return scaleOf.contains(scale) ? language.of(name, false) + name : name;
  }

  Gender gender(String code) {
    if (feminine.contains(code)) {
      return Gender.FEMININE;
    }
    return language.is("de") && code.equals("GBP") ? Gender.NEUTER : Gender.MASCULINE;
  }

  String amount(Written n, String code, boolean beforeNoun, Match m) {
    if (n.decimals().length() != 2) {
      int form = beforeNoun || isSingular(n) ? 0 : 1;
      return language.amount(n, gender(code), m)
          + " "
          + (Language.isMillions(n) && language.words().has("of")
              ? language.of(name(code, form), false)
              : "")
          + name(code, form);
    }
    Written whole = new Written(n.whole(), "");
    String part = n.decimals();
    List<String> names = language.words().list(code);
    String main =
        language.amount(whole, gender(code), m)
            + " "
            + name(code, beforeNoun || isSingular(whole) ? 0 : 1);
    if (part.equals("00")) {
      return main;
    }
    Written cents = new Written(String.valueOf(Integer.parseInt(part)), "");
    if (names.size() < 4) {
      return main + " " + language.of("and") + " " + language.numbers().say(cents, Gender.NONE);
    }
    String minor =
        language.numbers().say(cents, Gender.MASCULINE) + " " + names.get(cents.isOne() ? 2 : 3);
    if (whole.whole().equals("0")) {
      return minor;
    }
    if (language.words().has("money-short")) {
      return main + " " + language.numbers().say(cents, Gender.NONE);
    }
    String and =
        language.words().has("money-joint") ? language.of("money-joint") : language.of("and");
    return main + " " + and + " " + minor;
  }

  /** French says "1,5 euro". */
  private boolean isSingular(Written n) {
    return n.isOne()
        || (language.is("fr") && n.value().compareTo(java.math.BigDecimal.valueOf(2)) < 0);
  }

  String name(String code, int form) {
    List<String> names = language.words().list(code);
    return names.isEmpty() ? language.numbers().currency(code, form == 0) : names.get(form);
  }
}
