package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThoughtFilterTest {
  private static String filtered(ThoughtFilter filter, String... pieces) {
    StringBuilder said = new StringBuilder();
    for (String piece : pieces) {
      said.append(filter.accept(piece));
    }
    return said.append(filter.rest()).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "'<think>a</think>b', b",
    "' \n<think>\na < b\n</think>\n\nb', '\n\nb'",
    "'<thinking>a</thinking>b', b",
    "'<think>a</thinking>b', b",
    "'<THINK>a</Think >b', b",
    "'<thought>a</think></thought>b', b",
    "'<reasoning effort=\"low\">a</reasoning>b', b",
    "'<seed:think>a</seed:think>b', b",
    "'[THINK]a[/THINK]b', b",
    "'◁think▷a◁/think▷b', b",
    "'<|begin_of_thought|>a<|end_of_thought|>b', b",
    "'<|START_THINKING|>a<|END_THINKING|>b', b",
    "'<|channel>thought\na<channel|>b', b",
    "'<details type=\"reasoning\" done=\"true\"><summary>Thought</summary>a</details>b', b",
    "'```thinking\na\n```\nb', '\nb'",
    "'analysisThe user wants b.assistantfinalb', b",
    "'<think>a</think> <think>b</think>c', ' c'",
    "'<think><think>a</think>b', b",
    "'<think>The tag `</think>` ends it.</think>b', b",
    "'<think>They wrote \"</think>\".</think>b', b",
  })
  void leavesOutWhatIsThoughtAtTheBeginning(String text, String said) {
    ThoughtFilter filter = new ThoughtFilter(false);
    assertThat(filtered(filter, text)).isEqualTo(said.replaceAll("^ +", ""));
    assertThat(filter.hidden()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'a <think>b</think> c'",
    "'Write <think> first. Everything else is heard.'",
    "'`<think>` comes first.'",
    "'1 < 2 <thin> <b>x</b>'",
    "'<b>x</b>'",
    "'<thinker>x</thinker>'",
    "'a</think>b'",
    "'analysis shows'",
    "'Analysis'",
    "'<th'",
    "'[Think] of it'",
    "'```python\nx\n```'",
  })
  void anywhereElseTheSameTagsAreWords(String text) {
    ThoughtFilter filter = new ThoughtFilter(false);
    assertThat(filtered(filter, text)).isEqualTo(text);
    assertThat(filter.hidden()).isFalse();
  }

  @Test
  void thoughtThatDoesNotEndIsNotSaidButKnown() {
    ThoughtFilter filter = new ThoughtFilter(false);
    assertThat(filtered(filter, "<think>", "Let me ", "see")).isEmpty();
    assertThat(filter.hidden()).isTrue();
  }

  @Test
  void whatBeginsInThoughtIsSaidFromTheClosingTagOn() {
    assertThat(filtered(new ThoughtFilter(true), "hm ", "</th", "ink>yes")).isEqualTo("yes");
  }

  @Test
  void textThatCannotBeATagIsNotHeldBack() {
    ThoughtFilter filter = new ThoughtFilter(false);
    assertThat(filter.accept(" <t")).isEmpty();
    assertThat(filter.accept("d>")).isEqualTo(" <td>");
    assertThat(filter.accept("<t")).isEqualTo("<t");
  }

  @RepeatedTest(200)
  void itIsOfNoMatterWhereTheTextIsCut() {
    // given
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] parts = {
      "<think>",
      "</think>",
      "<thinking>",
      "</thinking>",
      "a",
      "<",
      "</",
      "th",
      ">",
      "`",
      "\n",
      "analysis",
      "Assistant",
      "[THINK]",
      "[/THINK]",
      "<|begin_of_thought|>",
      "<|end_of_thought|>"
    };
    StringBuilder text = new StringBuilder(random.nextBoolean() ? parts[random.nextInt(3)] : "");
    for (int i = 0; i < 12; i++) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    // when
    ThoughtFilter cut = new ThoughtFilter(false);
    StringBuilder said = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + 1 + random.nextInt(4));
      said.append(cut.accept(text.substring(at, end)));
      at = end;
    }
    said.append(cut.rest());
    // then
    String whole = filtered(new ThoughtFilter(false), text.toString());
    assertThat(said.toString()).as("seed %d: %s", seed, text).isEqualTo(whole);
  }
}
