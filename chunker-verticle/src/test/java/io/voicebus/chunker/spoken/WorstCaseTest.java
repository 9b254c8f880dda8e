package io.voicebus.chunker.spoken;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text makes a pattern look at it over and over: its work is counted in characters read. */
class WorstCaseTest {
  /**
   * How often a character may be read by one pattern: look-arounds with lists of words read most.
   */
  private static final int MAX_READS = 500;

  private static final int LENGTH = 240;

  /** Repeated, each of these starts what some pattern looks for and never ends it. */
  private static final List<String> NASTY =
      List.of(
          "+1111111111111111111111111111111111 ",
          "1",
          "1 ",
          "1,",
          "1,111",
          "1.111.",
          "111 ",
          "1-",
          "1–1",
          "1/",
          "1:1",
          "$1",
          "$1-",
          "1 €/",
          "(",
          "[1",
          "[1, ",
          "a.",
          "a/",
          "a@a.",
          "/a",
          "\\a",
          "X ",
          "XIV ",
          "IX",
          "#a",
          "1h ",
          "1 h 1 m ",
          "1x",
          "1 x 1 ",
          "2^",
          "x²",
          "²",
          "\\frac{",
          "\\frac{a}{",
          "$a\\",
          "A1",
          "A1A",
          "h2O",
          "3. ",
          "3. und ",
          "am 3. ",
          "May 1",
          "1 May ",
          "Dr. ",
          "a-",
          "a_",
          "1 1/2",
          "5'1",
          "5\"",
          "code is ",
          "ISBN 1-",
          "call 1 ",
          "and 1 and ",
          "no. ",
          "1e ",
          "1º",
          "v1.",
          "v1.1-rc",
          "192.168.",
          "1.1.1.",
          "12-12-",
          "2024-01-",
          "T1 ",
          "<",
          "=",
          "- ",
          "* ",
          "1 + ",
          "→",
          "   ",
          "\u00A0",
          "§",
          "a b c d ",
          "King X ",
          "IV fluids ",
          "|x",
          "||x",
          "|x| ",
          "P(A|",
          "*1",
          "AB-1",
          "DE89 1111 ",
          "M-AB 1 ",
          "(55) 1",
          "1 - ",
          "4 × 1 ",
          "1 von 1 ",
          "am 1/1 ",
          "lunes 1/1 ",
          "XII-",
          "Carlos I, II ",
          "A1–A",
          "x1 ",
          "1er-",
          "1 de las 1 ",
          "50. ",
          "nᵗ",
          "reply to 1");

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "it", "nl", "pt"})
  void everyPatternReadsEachCharacterABoundedNumberOfTimes(String language) {
    for (Pattern pattern : new SpokenForms(language).patterns()) {
      for (String part : NASTY) {
        Counted text = new Counted(part.repeat(LENGTH / part.length() + 1));
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
          // all matches
        }
        assertThat(text.reads / text.length())
            .as("reads of each character of '%s…' by %s", part, pattern)
            .isLessThan(MAX_READS);
      }
    }
  }

  private static final class Counted implements CharSequence {
    private final String text;
    private long reads;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      reads++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
