package io.voicebus.chunker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns and what is said for them, applied one after the other. */
final class SpokenRules {
  private record Rule(Pattern pattern, Function<MatchResult, String> words) {}

  private final List<Rule> rules = new ArrayList<>();

  /** A rule that comes after those so far. */
  void add(String pattern, Function<MatchResult, String> words) {
    rules.add(new Rule(Pattern.compile(pattern), words));
  }

  /** The text with all matches replaced. */
  String apply(String text) {
    String said = text;
    for (Rule rule : rules) {
      said =
          rule.pattern
              .matcher(said)
              .replaceAll(match -> Matcher.quoteReplacement(rule.words.apply(match)));
    }
    return said;
  }
}
