package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionLinesTest {
  /** At a blank, with what is on both sides as equal as can be; wide letters take two columns. */
  @ParameterizedTest
  @CsvSource({
    "'The ferry is late today.', 'The ferry is late today.', ''",
    "'The old lighthouse keeper waited for the ferry that never came.',"
        + " 'The old lighthouse keeper waited', 'for the ferry that never came.'",
    "'a bb ccc dddd eeeee ffffff ggggggg hhhhhhhh iiiiiiiii jjjjjjjjjj   ',"
        + " 'a bb ccc dddd eeeee ffffff ggggggg', 'hhhhhhhh iiiiiiiii jjjjjjjjjj'",
    "'港口的旧灯塔看守人整夜都在等待那艘再也没有回来的渡船缓缓靠岸'," + " '港口的旧灯塔看守人整夜都在等待', '那艘再也没有回来的渡船缓缓靠岸'",
  })
  void aLongCaptionHasTwoLinesThatAreAsEquallyLongAsCanBe(
      String text, String first, String second) {
    assertThat(CaptionLines.of(text))
        .isEqualTo(second.isEmpty() ? List.of(first) : List.of(first, second));
  }
}
