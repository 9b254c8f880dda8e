package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SentenceCasesTest {
  static Stream<String> cases() {
    return WordList.lines("sentence-cases.txt").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void cutsWhereTheCaseSaysAndNowhereElse(String line) {
    // given
    String marked = line.substring(line.indexOf(':') + 1).strip();
    List<String> expected = Stream.of(marked.split("‖", -1)).map(String::strip).toList();

    // when
    List<String> sentences = Speech.sentences(marked.replace("‖ ", "").replace("‖", ""));

    // then
    assertThat(sentences).containsExactlyElementsOf(expected);
  }
}
