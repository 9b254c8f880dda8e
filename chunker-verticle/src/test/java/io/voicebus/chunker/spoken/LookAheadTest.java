package io.voicebus.chunker.spoken;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookAheadTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "(?<= a|b ) \\h c → (?=\\h) (?<= a|b ) \\h c",
        "(?<= a ) (?<! [)] ) [x-z]+ → (?=[x-z]) (?<= a ) (?<! [)] ) [x-z]+",
        "(?<= \\( ) \\p{Lu}\\p{Ll} → (?=\\p{Lu}) (?<= \\( ) \\p{Lu}\\p{Ll}",
        "(?<= \\Q)\\E ) / b → (?=/) (?<= \\Q)\\E ) / b",
        "(?<= a ) (?= b|c ) d → (?= b|c ) (?<= a )  d",
        // what may be missing, an anchor, and a group stay behind
        "(?<= a ) \\h? c → (?<= a ) \\h? c",
        "(?<= a ) \\b c → (?<= a ) \\b c",
        "(?<= a ) (?<n> b ) → (?<= a ) (?<n> b )",
        "a (?<= b ) → a (?<= b )",
      })
  void whatIsMatchedIsLookedForBeforeWhatStandsInFrontOfIt(String pattern, String first) {
    assertThat(LookAhead.first(pattern)).isEqualTo(first);
  }
}
