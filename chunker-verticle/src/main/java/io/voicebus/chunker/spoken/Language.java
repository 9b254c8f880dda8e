package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import io.voicebus.chunker.spoken.Numbers.Written;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words, numbers and nouns of one language, which all kinds of forms use. Not thread-safe. */
final class Language {
  /** A year before or after Christ: "476 d.C.". */
  private static final Pattern ERA =
      Pattern.compile(
          "\\h(?:[ad]\\.\\h?(?:de\\h)?C|av\\.|apr?\\.|antes de Cristo|depois de Cristo)");

  /** "n ≥ 1": a number of a formula counts nothing. */
  private static final Pattern COMPARED =
      Pattern.compile("[=≤≥≠≈×÷]\\h?$|(?:[\\p{N})]|(?<!\\p{L})\\p{L})\\h[+−-]\\h$");

  /** "2 000 000 d'euros". */
  private static final Pattern OF = Pattern.compile("\\h?d(?:e|i|['’])");

  /** "1 von 10", "1 von den 10". */
  private static final Pattern OUT_OF = Pattern.compile(" von (?:den )?\\d");

  /** "1 bis 2", "1 oder 2". */
  private static final Pattern TO = Pattern.compile(" (?:bis|oder) \\d");

  private static final Pattern YEAR = Pattern.compile("1[1-9]\\d\\d|20\\d\\d");

  /** The other half of a result: "por 1 a 0". */
  private static final Pattern SCORE = Pattern.compile("\\h(?:a|à|x)\\h\\d{1,2}(?!\\p{N})");

  private static final Set<String> DATIVE =
      Set.of("mit", "bei", "nach", "seit", "von", "aus", "zu", "in", "vor", "an", "ab", "unter");
  private static final Set<String> ACCUSATIVE =
      Set.of("für", "um", "ohne", "gegen", "durch", "pro");

  /** Verbs after which a masculine "1" is a subject or a predicate. */
  private static final Pattern BE =
      Pattern.compile(
          "(?i)(?<!\\p{L})(?:ist|war|bleibt|wird|sind|waren|saß|saßen|sitzt|sitzen|stehe?n?t?|standen|stand|liegt|liegen|lag|lagen|kommt|kommen|kam|kamen|fehlt|fehlen|reicht|genügt|passt|gehört|lebt|lebte)(?!\\p{L})");

  private final Words words;

  /** A number after these is a name: "numéro 1", "§ 1", "page 21". */
  private final LatePattern named;

  private final Set<String> yearWords;
  private final Set<String> between;
  private final Map<String, Topic> topics = new HashMap<>();
  private @Nullable Numbers numbers;
  private @Nullable Nouns nouns;

  Language(String code) {
    words = new Words(code);
    named =
        new LatePattern(
            () ->
                Pattern.compile(
                    "(?:(?<!\\p{L})"
                        + words.anyOf("named")
                        + "|(?:Abs\\.|§)\\h\\d{1,4}\\hS\\.|§)\\h?$",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    yearWords = words.set("year-words");
    between = words.set("between");
  }

  /** Its words. */
  Words words() {
    return words;
  }

  /** Its numbers, whose formats are made when the first is said. */
  Numbers numbers() {
    Numbers known = numbers;
    if (known == null) {
      known = new Numbers(words.language);
      numbers = known;
    }
    return known;
  }

  /** The nouns whose gender its numbers take. */
  Nouns nouns() {
    Nouns known = nouns;
    if (known == null) {
      known = new Nouns(words);
      nouns = known;
    }
    return known;
  }

  boolean is(String code) {
    return words.is(code);
  }

  /** Whether the text of a match has a word of a list: what it is about. */
  boolean talksOf(String key, Match match) {
    return topics.computeIfAbsent(key, k -> new Topic(words.list(k))).isIn(match.text());
  }

  String of(String key) {
    return words.of(key);
  }

  /** A number that counts the word after the match; null if it bends and nobody knows how. */
  @Nullable String count(String written, Match match) {
    Written number = numbers().read(written);
    String noun = match.noun();
    boolean take = !is("fr") && match.wordBefore().equalsIgnoreCase("tome"); // "tome 1 comprimido"
    if (!take && match.follows(named)) {
      return numbers().say(number, Gender.NONE);
    }
    // "2.000.000 de euros", "2 000 000 d'euros"
    boolean said = match.precedes(OF);
    if (!said && isMillions(number) && words.has("of") && nouns().of(noun) != Gender.NONE) {
      return numbers().say(number, Gender.MASCULINE) + " " + of(noun, true);
    }
    boolean score = match.precedes(SCORE) && talksOf("scores", match);
    if (match.follows(COMPARED)) {
      return numbers().say(number, Gender.NONE);
    }
    if (score || match.precedes(ERA)) {
      return numbers().say(number, Gender.NONE);
    }
    boolean year = yearWords.contains(match.wordBefore().toLowerCase(Locale.ROOT));
    if (year || !nouns().bends(number)) {
      return numbers().say(number, Gender.NONE);
    }
    Gender gender = nouns().of(noun);
    // 1950, 2024
    boolean date = YEAR.matcher(written).matches();
    if (date && !is("de") && !noun.isEmpty() && Character.isUpperCase(noun.charAt(0))) {
      return numbers().say(number, Gender.NONE);
    }
    if (gender == Gender.UNKNOWN) {
      return date ? numbers().say(number, Gender.NONE) : null;
    }
    // "1 von 10", "1 von den 10"
    if (is("de") && match.precedes(OUT_OF)) {
      return one(match); // "einer von zehn"
    }
    if (is("de") && match.wordBefore().equals("von")) {
      return numbers().say(number, Gender.NONE); // "von eins bis zehn"
    }
    if (is("de") && match.precedes(TO)) {
      return "ein"; // "ein bis zwei Stunden"
    }
    String spoken = numbers().say(number, gender);
    if (is("fr") && number.whole().equals("1001") && noun.startsWith("nuit")) {
      spoken = spoken.replace("mille un", "mille et un"); // "les mille et une nuits"
    }
    if (is("es") && gender == Gender.FEMININE) {
      spoken = spoken.replaceAll("(?<stem>cient|quinient)os mil(?!l)", "${stem}as mil");
    }
    return is("de") && gender != Gender.NONE ? germanOne(gender, match) : spoken;
  }

  private String one(Match match) {
    String noun =
        match.after().replaceFirst("(?s)^ von (?:den )?[\\d.]+ (?<noun>\\p{L}+).*", "${noun}");
    Gender gender = nouns().of(noun);
    gender = gender == Gender.UNKNOWN ? nouns().of(noun.replaceFirst("e?n$", "")) : gender;
    return gender == Gender.FEMININE ? "eine" : gender == Gender.NEUTER ? "eins" : "einer";
  }

  /** A number before a word of known gender; a German "1" takes the case of what is before. */
  String amount(Written number, Gender gender, Match match) {
    return is("de") && number.isOne() ? germanOne(gender, match) : numbers().say(number, gender);
  }

  /** Whether a number is of whole millions, which in some languages are nouns: "un million de". */
  static boolean isMillions(Written number) {
    return number.decimals().isEmpty()
        && number.whole().length() >= 7
        && number.whole().length() <= 15
        && number.whole().endsWith("000000");
  }

  /** "de", "di" or "d'" before a word; a blank after it unless it is elided. */
  String of(String noun, boolean bare) {
    boolean vowel =
        words.has("of-vowel")
            && !noun.isEmpty()
            && "aeiouéèêhœ".indexOf(Character.toLowerCase(noun.charAt(0))) >= 0;
    return vowel ? words.of("of-vowel") : words.of("of") + (bare ? "" : " ");
  }

  /** How long or when, in the accusative: "er kam einen Tag zu spät". */
  private static final Set<String> TIMES = Set.of("Tag", "Monat", "Abend", "Morgen", "Moment");

  /**
   * What stands between the ends of a range: "between 5 and 10", and in Italian nothing, as in
   * "cinque dieci minuti", but "da cinque a dieci".
   */
  String to(Match match) {
    String before = match.wordBefore().toLowerCase(Locale.ROOT);
    if (between.contains(before)) {
      return of("and");
    }
    boolean decimals = match.all().matches("(?s).*\\d,\\d.*");
    // "da 5-10", "dalle 5-10"
    return is("it") && !decimals && !before.matches("da(?:l|i|lla|lle|gli|llo)?") ? "" : of("to");
  }

  private static String germanOne(Gender gender, Match match) {
    String before = match.wordBefore().toLowerCase(Locale.ROOT);
    boolean feminine = gender == Gender.FEMININE;
    if (DATIVE.contains(before)) {
      return feminine ? "einer" : "einem";
    }
    if (feminine || gender == Gender.NEUTER) {
      return feminine ? "eine" : "ein";
    }
    boolean time = TIMES.contains(match.noun());
    // "1 Tag fehlt", "Nur 1 Tag fehlt"
    boolean subject =
        match.before().matches("(?:Nur |Noch |Genau |Mindestens |Etwa )?")
            || (!time && BE.matcher(match.before()).find());
    return !ACCUSATIVE.contains(before) && subject ? "ein" : "einen";
  }

  /** A small whole number, bending with nothing. */
  String small(String digits) {
    return numbers().cardinal(Long.parseLong(digits), Gender.NONE);
  }

  String year(String digits) {
    return numbers().year(Integer.parseInt(digits));
  }
}
