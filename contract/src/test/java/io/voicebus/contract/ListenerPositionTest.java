package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ListenerPositionTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final ListenerPosition realtime = new ListenerPosition(Pace.REALTIME);

  @Test
  void runsWithTheClockFromTheFirstAudioOn() {
    // given
    realtime.delivered(240_000, 7 * SECOND);
    // then
    assertThat(realtime.samples(7 * SECOND)).isZero();
    assertThat(realtime.samples(10 * SECOND)).isEqualTo(72_000);
  }

  @Test
  void neverPassesWhatWasDelivered() {
    // given
    realtime.delivered(24_000, 0);
    // then
    assertThat(realtime.samples(100 * SECOND)).isEqualTo(24_000);
  }

  @Test
  void standsStillWhileTheListenerIsAway() {
    // given
    realtime.delivered(240_000, 0);
    // when
    realtime.away(true, SECOND);
    assertThat(realtime.samples(5 * SECOND)).isEqualTo(24_000);
    realtime.away(false, 5 * SECOND);
    // then
    assertThat(realtime.samples(6 * SECOND)).isEqualTo(48_000);
  }

  @Test
  void standsStillWhileNothingIsLeftToHear() {
    // given
    realtime.delivered(24_000, 0);
    // when
    realtime.delivered(24_000, 5 * SECOND);
    // then
    assertThat(realtime.samples(5 * SECOND + SECOND / 2)).isEqualTo(36_000);
  }

  @Test
  void isWhatTheListenerReportsOnceItReports() {
    // given
    realtime.delivered(240_000, 0);
    // when
    realtime.reported(1_500);
    // then
    assertThat(realtime.samples(9 * SECOND)).isEqualTo(36_000);
  }

  @Test
  void neverFallsAndNeverBelievesTheImpossible() {
    // given
    realtime.delivered(24_000, 0);
    realtime.reported(900);
    realtime.reported(100);
    assertThat(realtime.samples(0)).isEqualTo(21_600);
    // when
    realtime.reported(Long.MAX_VALUE);
    // then
    assertThat(realtime.samples(0)).isEqualTo(24_000);
  }

  @Test
  void isWhatWasDeliveredForAListenerThatTakesWhatItCan() {
    // given
    ListenerPosition asap = new ListenerPosition(Pace.ASAP);
    // when
    asap.delivered(1_000, 0);
    // then
    assertThat(asap.samples(0)).isEqualTo(1_000);
  }

  @Test
  void tellsHowLongTheListenerHasWaited() {
    // given
    assertThat(realtime.waitedMs(SECOND)).isZero();
    realtime.delivered(24_000, SECOND);
    // then
    assertThat(realtime.waitedMs(SECOND + SECOND / 2)).isZero();
    assertThat(realtime.waitedMs(2 * SECOND + SECOND / 4)).isEqualTo(250);
    // when
    realtime.delivered(24_000, 3 * SECOND);
    // then
    assertThat(realtime.waitedMs(3 * SECOND)).isZero();
  }

  @Test
  void aListenerThatReportsWaitsFromWhenItSaysThatItHasPlayedAll() {
    // given
    realtime.delivered(24_000, 0);
    realtime.reported(400, SECOND / 2);
    assertThat(realtime.waitedMs(9 * SECOND)).isZero();
    // when
    realtime.reported(1_000, 10 * SECOND);
    // then
    assertThat(realtime.waitedMs(10 * SECOND + SECOND / 10)).isEqualTo(100);
  }
}
