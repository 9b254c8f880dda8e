package io.voicebus.tts.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsualPaceTest {
  /** 40 letters, and 5 s of speech at 125 ms for each. */
  private static final String TEXT = "abcde fghij, klmno pqrst. uvwxy zabcd! efghi jklmn?";

  private static final int MS = 5_000;

  private final UsualPace pace = new UsualPace();

  private void learn(int answers, int ms) {
    for (int i = 0; i < answers; i++) {
      pace.said(TEXT, 1, ms);
    }
  }

  @Test
  void ofFewAnswersNothingIsKnown() {
    learn(3, MS);
    assertThat(pace.tooShort(TEXT, 1, 100)).isFalse();
    assertThat(pace.maybeAll(TEXT, 1, 40 * 45)).as("faster than people mostly speak").isTrue();
    assertThat(pace.maybeAll(TEXT, 1, 40 * 30)).isFalse();
  }

  @Test
  void theFastestOfTheLastOnesIsTheMeasure() {
    learn(16, MS);
    pace.said(TEXT, 1, 2 * MS);
    assertThat(pace.tooShort(TEXT, 1, MS / 2 - 100)).isTrue();
    assertThat(pace.tooShort(TEXT, 1, MS / 2 + 100)).isFalse();
    assertThat(pace.maybeAll(TEXT, 1, MS * 8 / 10)).isFalse();
    assertThat(pace.maybeAll(TEXT, 1, MS * 95 / 100)).isTrue();
    learn(16, 2 * MS);
    assertThat(pace.tooShort(TEXT, 1, MS * 9 / 10)).isTrue();
  }

  @Test
  void aServerMayNotHeedTheSpeed() {
    learn(4, MS);
    assertThat(pace.tooShort(TEXT, 0.5, MS)).isFalse();
    assertThat(pace.tooShort(TEXT, 2, MS / 2)).isFalse();
    assertThat(pace.maybeAll(TEXT, 2, MS / 2)).isFalse();
    assertThat(pace.maybeAll(TEXT, 0.5, MS)).isFalse();
    pace.said(TEXT, 2, MS / 2);
    assertThat(pace.tooShort(TEXT, 1, MS / 3)).as("not learnt from").isTrue();
  }

  @Test
  void aShortTextTellsNothing() {
    learn(4, MS);
    assertThat(pace.tooShort("Yes, indeed.", 1, 100)).isFalse();
    for (int i = 0; i < 16; i++) {
      pace.said("Yes, indeed.", 1, 100);
    }
    assertThat(pace.tooShort(TEXT, 1, MS / 3)).isTrue();
  }
}
