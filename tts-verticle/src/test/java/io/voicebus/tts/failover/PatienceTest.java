package io.voicebus.tts.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  private final Patience patience = new Patience(Duration.ofSeconds(2));

  @ParameterizedTest
  @CsvSource({"100, 2000", "333, 2000", "500, 3000", "1000, 6000", "5000, 8000"})
  void anEngineMayBeSilentForSixOfItsUsualTimesButNotLongerThanFourTimesWhatIsSet(
      long usualMs, long allowedMs) {
    assertThat(patience.withSilence(millis(usualMs))).isEqualTo(Duration.ofMillis(allowedMs));
  }

  @Test
  void anEngineWithoutAUsualTimeHasTheTimeThatIsSet() {
    assertThat(patience.withSilence(UNKNOWN)).isEqualTo(Duration.ofSeconds(2));
    assertThat(patience.look(UNKNOWN)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void aTurnThatHasAVoiceWaitsLongerForItsEngineThanOneThatHasNone() {
    assertThat(patience.withDeafness(UNKNOWN, true)).isEqualTo(Duration.ofSeconds(2));
    assertThat(patience.withDeafness(UNKNOWN, false)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void theLongestWaitForRoomIsFiveTimesWhatIsSet() {
    assertThat(patience.allowsWait(10_000)).isTrue();
    assertThat(patience.allowsWait(10_001)).isFalse();
  }

  @Test
  void triesGoOnAtShortIntervalsWhileThereIsTimeAndThenAtLongOnes() {
    assertThat(patience.beforeRetry(0)).isEqualTo(Duration.ofMillis(200));
    assertThat(patience.allowsRetry(1_799_999_999)).isTrue();
    assertThat(patience.allowsRetry(1_800_000_000)).isFalse();
    assertThat(patience.beforeRetry(1_800_000_000)).isEqualTo(Duration.ofMillis(500));
  }

  private static OptionalLong millis(long ms) {
    return OptionalLong.of(ms * 1_000_000);
  }
}
