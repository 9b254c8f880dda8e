package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts on which a quadratic algorithm would not come to an end. */
class HardTextTest {
  private static final int MILLION = 1_000_000;

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(
            "2 MB of prose", "The quick brown fox jumps over the dog. ".repeat(MILLION / 20)),
        Arguments.of("4 MB without a stop", "word ".repeat(8 * MILLION / 10)),
        Arguments.of("a word of 1 MB", "x".repeat(MILLION)),
        Arguments.of("a number of 1 MB", "7".repeat(MILLION)),
        Arguments.of("an address of 1 MB", "https://a.b/" + "c.d/".repeat(MILLION / 4)),
        Arguments.of("200 KB of stops", "a" + ".".repeat(MILLION / 5)),
        Arguments.of("200 KB of dotted letters", "a.".repeat(MILLION / 10)),
        Arguments.of("1 MB of stars", "a " + "*".repeat(MILLION)),
        Arguments.of("1 MB of lone stars", "a * ".repeat(MILLION / 4)),
        Arguments.of("1 MB of backticks and text", "`a ``b ".repeat(MILLION / 7)),
        Arguments.of("1 MB of dollar signs", "$a ".repeat(MILLION / 3)),
        Arguments.of("1 MB of open maths", "\\( {a ".repeat(MILLION / 7)),
        Arguments.of("1 MB of cells", "| a ".repeat(MILLION / 4)),
        Arguments.of("1 MB of emoticons", "No. :) ".repeat(MILLION / 7)),
        Arguments.of("1 MB of list numbers", "1. 2. 3. ".repeat(MILLION / 9)),
        Arguments.of("1 MB of dashes", "a\n" + "-".repeat(MILLION)),
        Arguments.of("1 MB of bars", "|".repeat(MILLION) + "a"),
        Arguments.of("1 MB of opening quotes", "“a ".repeat(MILLION / 3)),
        Arguments.of("1 MB of one grapheme", "e" + "\u0301".repeat(MILLION)),
        Arguments.of("10,000 nested brackets", "[".repeat(10_000) + "a" + "]".repeat(10_000)),
        Arguments.of("10,000 nested parentheses", "(".repeat(10_000) + "a" + ")".repeat(10_000)),
        Arguments.of("1 MB of opening brackets", "[a".repeat(MILLION / 2)),
        Arguments.of("1 MB of unclosed links", "[a](".repeat(MILLION / 4)),
        Arguments.of("1 MB of unclosed tags", "<a ".repeat(MILLION / 3)),
        Arguments.of("1 MB of nested quotes", "a\n" + "> ".repeat(MILLION / 2)),
        Arguments.of("an unclosed link target of 1 MB", "[a](" + "b".repeat(MILLION)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void isReadInLinearTimeIntoBoundedChunks(String name, String text) {
    // given
    Chunker chunker = new Chunker(ChunkerOptions.DEFAULT);
    int longest = 0;
    int chunks = 0;
    // when
    for (int at = 0; at < text.length(); at += 5) {
      for (SpeakableChunk chunk :
          chunker.accept(text.substring(at, Math.min(text.length(), at + 5)), 0)) {
        longest = Math.max(longest, chunk.text().length());
        chunks++;
      }
    }
    chunks += chunker.flush().size();
    // then
    assertThat(chunks).isPositive();
    assertThat(longest).isLessThanOrEqualTo(ChunkerOptions.DEFAULT.maxChars());
  }

  @ParameterizedTest
  @MethodSource("silentTexts")
  void whatIsNotSpokenIsNotKept(String opening) {
    // given
    Chunker chunker = new Chunker(ChunkerOptions.DEFAULT.withCodeRemark(""));
    chunker.accept(opening, 0);
    // when
    int chunks = 0;
    for (int i = 0; i < MILLION / 5; i++) {
      chunks += chunker.accept("a line\n", 0).size();
    }
    // then
    assertThat(chunks + chunker.flush().size()).isZero();
  }

  static Stream<String> silentTexts() {
    return Stream.of("```\n", "~~~~ java\n", "<think>", "<!-- ", "<script>");
  }
}
