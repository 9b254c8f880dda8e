package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTextTest {
  private static String whole(String text) {
    AnswerText answer = new AnswerText("auto");
    return answer.accept(text) + answer.rest();
  }

  @ParameterizedTest
  @CsvSource({
    "'Yes.<|eot_id|>', Yes.",
    "'Yes.<|im_end|>', Yes.",
    "'Yes.<|endoftext|>', Yes.",
    "'Yes.</s>', Yes.",
    "'<s>Yes.', Yes.",
    "'Yes.<end_of_turn>', Yes.",
    "'Yes.<eos><pad><pad>', Yes.",
    "'Yes.<｜end▁of▁sentence｜>', Yes.",
    "'Yes.[/INST]', Yes.",
    "'<|start_header_id|>assistant<|end_header_id|>Yes.', Yes.",
    "'<start_of_turn>model\nYes.', Yes.",
    "'<|im_start|>assistant\nYes.', Yes.",
    "'<|assistant|>Yes.', Yes.",
    "'Yes.<|im_end|><|im_start|>user\nAnd then?', Yes.",
    "'Yes.<|user|>And then?<|assistant|> No.', 'Yes. No.'",
    "'<|channel|>final<|message|>Yes.<|return|>', Yes.",
    "'<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes.',"
        + "Yes.",
    "'<|channel|>commentary<|message|>Let me look.<|end|>', Let me look.",
    "'<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>Yes.', Yes.",
    "'<|im_start|>assistant\n<think>Hm.</think>Yes.', Yes.",
    "'<|START_THINKING|>Hm.<|END_THINKING|><|START_RESPONSE|>Yes.<|END_RESPONSE|>', Yes.",
    "'<|begin_of_thought|>Hm.<|end_of_thought|><|begin_of_solution|>Yes.', Yes.",
  })
  void tokensThatAreForTheServerAreNotSaid(String text, String said) {
    assertThat(whole(text)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "'a <tool_call>{\"name\": \"f\"}</tool_call>b', 'a b'",
    "'a <tool_call>f\n<arg_key>x</arg_key></tool_call>b', 'a b'",
    "'a <function_calls>\n<invoke name=\"f\">x</invoke>\n</function_calls>b', 'a b'",
    "'a <function=f>{\"x\": 1}</function>b', 'a b'",
    "'a <|tool_call|>{}<|/tool_call|>b', 'a b'",
    "'a <|tool_calls_section_begin|>{}<|tool_calls_section_end|>b', 'a b'",
    "'a <｜tool▁calls▁begin｜>f<｜tool▁calls▁end｜>b', 'a b'",
    "'a <|tool_call>call:f{}<tool_call|>b', 'a b'",
    "'a [TOOL_CALLS][{\"name\": \"f\"}]\nb', 'a b'",
    "'a <tool_call>{\"name\"', 'a '",
  })
  void callsOfToolsAreNotSaid(String text, String said) {
    assertThat(whole(text)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "'The token `<|eot_id|>` ends it.'",
    "'They wrote \"</s>\" there.'",
    "'Write <tool_call> first. Then the name.'",
    "'`<tool_call>{}</tool_call>` is a call.'",
    "'The tag <tool_call>'",
    "'a < b, a <| b, a |> b, [1] and [x](y) <b>c</b>'",
    "'[INSTALL] it'",
    "'<'",
    "'[TOOL'",
    "'<|im_'",
  })
  void namedInProseOrInQuotesTheyAreWords(String text) {
    assertThat(whole(text)).isEqualTo(text);
  }

  @Test
  void aPairOfSurrogatesThatComesApartIsOneCharacter() {
    AnswerText answer = new AnswerText("auto");
    assertThat(answer.accept("job \uD83D")).isEqualTo("job ");
    assertThat(answer.accept("\uDE00 See")).isEqualTo("😀 See");
    assertThat(whole("a\uD83Db\uDE00c\uFFFDd\uD83D")).isEqualTo("abcd");
  }

  @RepeatedTest(300)
  void itIsOfNoMatterWhereTheTextIsCut() {
    // given
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] parts = {
      "<|im_start|>",
      "assistant\n",
      "user\n",
      "<|im_end|>",
      "<|channel|>",
      "analysis",
      "final",
      "<|message|>",
      "<|end|>",
      "</s>",
      "<tool_call>",
      "{\"",
      "</tool_call>",
      "[TOOL_CALLS]",
      "\n",
      "`",
      "<",
      "[",
      "a ",
      "<think>",
      "</think>",
      "<|python_tag|>",
      "<|eom_id|>",
      "😀",
      "\uFFFD"
    };
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    // when
    AnswerText cut = new AnswerText("auto");
    StringBuilder said = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + 1 + random.nextInt(4));
      said.append(cut.accept(text.substring(at, end)));
      at = end;
    }
    said.append(cut.rest());
    // then
    assertThat(said.toString()).as("seed %d: %s", seed, text).isEqualTo(whole(text.toString()));
  }
}
