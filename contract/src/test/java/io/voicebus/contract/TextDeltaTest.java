package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Limits;
import org.junit.jupiter.api.Test;

class TextDeltaTest {
  @Test
  void aLongTextIsCutAtTheBoundButNeverWithinAPair() {
    String text = "a" + "😀".repeat(TextDelta.MAX_CHARS);
    assertThat(TextDelta.pieces(text))
        .allSatisfy(
            piece -> {
              assertThat(new TextDelta(piece).weight()).isLessThanOrEqualTo(Limits.MAX_ITEM);
              assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
              assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1))).isFalse();
            })
        .hasSize(3);
    assertThat(String.join("", TextDelta.pieces(text))).isEqualTo(text);
  }

  @Test
  void aShortTextIsOnePieceAndAnEmptyOneIsNone() {
    assertThat(TextDelta.pieces("a".repeat(TextDelta.MAX_CHARS))).hasSize(1);
    assertThat(TextDelta.pieces("")).isEmpty();
  }
}
