package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkFilterTest {
  private static String filtered(ThinkFilter filter, String... pieces) {
    StringBuilder said = new StringBuilder();
    for (String piece : pieces) {
      said.append(filter.accept(piece));
    }
    return said.append(filter.rest()).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "'<think>a</think>b', b",
    "'a<think>b</think>c<think>d</think>e', ace",
    "'a <thinking>b < c</thinking> d', a  d",
    "'1 < 2 <thin> <b>x</b>', 1 < 2 <thin> <b>x</b>",
    "'a</think>b', a</think>b",
    "'a<think>b', a",
    "'<<think>a</think>b', <b",
    "'<think><think>a</think>b', b"
  })
  void leavesOutWhatIsBetweenTheTagsAndNothingElse(String text, String said) {
    assertThat(filtered(new ThinkFilter(false), text)).isEqualTo(said);
  }

  @Test
  void whatBeginsInThoughtIsSaidFromTheClosingTagOn() {
    assertThat(filtered(new ThinkFilter(true), "hm ", "</th", "ink>yes")).isEqualTo("yes");
  }

  @Test
  void textThatCannotBeATagIsNotHeldBack() {
    ThinkFilter filter = new ThinkFilter(false);
    assertThat(filter.accept("one")).isEqualTo("one");
    assertThat(filter.accept(" <t")).isEqualTo(" ");
    assertThat(filter.accept("d>")).isEqualTo("<td>");
  }

  @RepeatedTest(200)
  void itIsOfNoMatterWhereTheTextIsCut() {
    // given
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] parts = {
      "<think>", "</think>", "<thinking>", "</thinking>", "a", "<", "</", "th", ">"
    };
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    // when
    ThinkFilter cut = new ThinkFilter(false);
    StringBuilder said = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + 1 + random.nextInt(4));
      said.append(cut.accept(text.substring(at, end)));
      at = end;
    }
    said.append(cut.rest());
    // then
    String whole = filtered(new ThinkFilter(false), text.toString());
    assertThat(said.toString()).as("seed %d", seed).isEqualTo(whole);
  }
}
