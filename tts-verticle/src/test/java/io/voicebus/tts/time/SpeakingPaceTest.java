package io.voicebus.tts.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpeakingPaceTest {
  private static final int LETTERS = 10;

  private final SpeakingPace pace = new SpeakingPace();

  private void learn(String voice, double... msPerLetter) {
    for (double each : msPerLetter) {
      pace.learn(voice, LETTERS, LETTERS * each);
    }
  }

  @Test
  void anUnknownVoiceHasATypicalAverageAndAFastShortest() {
    assertThat(pace.averageMs("new")).isEqualTo(65);
    assertThat(pace.shortestMs("new")).isEqualTo(45);
    assertThat(pace.knowsShortest("new")).isFalse();
  }

  @Test
  void theAverageBeginsWithTheFirstUtteranceAndFollowsTheLatest() {
    learn("kevin", 80);
    assertThat(pace.averageMs("kevin")).isEqualTo(80);
    learn("kevin", 90);
    assertThat(pace.averageMs("kevin")).isCloseTo(82, within(0.01));
  }

  @Test
  void theShortestIsKnownFromThreeUtterancesOnAndIsOneOfTheLastEight() {
    // given
    learn("kevin", 30, 80);
    assertThat(pace.shortestMs("kevin")).isEqualTo(45);
    // when
    learn("kevin", 70);
    // then
    assertThat(pace.shortestMs("kevin")).isEqualTo(30);
    // and: the shortest one is the oldest of nine
    learn("kevin", 80, 80, 80, 80, 80, 80);
    assertThat(pace.shortestMs("kevin")).isEqualTo(70);
  }

  @Test
  void whatHasNoLettersOrNoLengthTeachesNothing() {
    pace.learn("kevin", 0, 100);
    pace.learn("kevin", LETTERS, 0);
    assertThat(pace.averageMs("kevin")).isEqualTo(65);
  }

  @Test
  void aVoiceThatIsForgottenIsUnknownAgain() {
    learn("kevin", 80, 80, 80);
    pace.forget("kevin");
    assertThat(pace.averageMs("kevin")).isEqualTo(65);
    assertThat(pace.knowsShortest("kevin")).isFalse();
  }

  @Test
  void ofManyVoicesTheOneThatWasUsedLongestAgoIsForgotten() {
    learn("first", 80);
    for (int i = 0; i < 255; i++) {
      learn("voice-" + i, 90);
      assertThat(pace.averageMs("first")).isEqualTo(80);
    }
    learn("one more", 90);
    assertThat(pace.averageMs("voice-0")).isEqualTo(65);
    assertThat(pace.averageMs("first")).isEqualTo(80);
  }
}
