package io.voicebus.chunker.spoken;

import java.util.Map;
import java.util.regex.Pattern;

/** How much of a drug, how and how often, as it is prescribed in English. */
final class Doses {
  /** Where these are talked of, "BID" and "PO" are ways to take a drug. */
  private static final Pattern DOSE =
      Pattern.compile(
          "\\d\\h?(?:m[gLl]|mcg|µg|mEq|IU|units|tabs?|puffs?)(?!\\p{L})|(?<!\\p{L})(?:dose|dosage|tablets?|insulin)(?!\\p{L})");

  private static final Map<String, String> WORDS =
      Map.of(
          "BID",
          "twice a day",
          "TID",
          "three times a day",
          "QID",
          "four times a day",
          "QD",
          "once a day",
          "PRN",
          "as needed",
          "PO",
          "by mouth",
          "QHS",
          "at bedtime",
          "s.c.",
          "subcutaneously");

  private Doses() {}

  static void add(Rules rules, Language language) {
    if (!language.is("en")) {
      return;
    }
    rules.define("DOSEWORD", Words.anyOf(WORDS.keySet()));
    // "875 mg BID", "500 mg PO PRN", "10 IU s.c."
    rules.add(
        "BTQPs",
        "(?<![\\p{L}\\p{N}.-]) (?<w> <DOSEWORD> ) (?! [\\p{L}\\p{N}-] )",
        m -> DOSE.matcher(m.text()).find() ? WORDS.get(m.of("w")) : null);
    // "q6h", "q4–6h"
    rules.add(
        "q",
        "(?<![\\p{L}\\p{N}.-]) q (?<a> \\d{1,2} ) (?: [-–] (?<b> \\d{1,2} ) )? h (?! [\\p{L}\\p{N}] )",
        m ->
            "every "
                + language.small(m.of("a"))
                + (m.has("b") ? " to " + language.small(m.of("b")) : "")
                + " hours");
    // "875 mg/125 mg"
    rules.add(
        "/",
        "(?<= \\d \\h? (?: mg|mcg|µg|g ) ) / (?= \\d{1,4} \\h? (?: mg|mcg|µg|g ) (?!\\p{L}) )",
        m -> ", ");
    // "↑ by 2 IU", "↓ to 5 mg"
    rules.add(
        "↑↓",
        "[↑↓] (?= \\h (?: by|to|the ) (?!\\p{L}) )",
        m -> m.all().equals("↑") ? "increase" : "decrease");
  }
}
