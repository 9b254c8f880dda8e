package io.voicebus.tts.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.tts.time.UsualTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HasteTest {
  private static final long MS = 1_000_000;
  private static final long LATER = 10_000 * MS;
  private static final int UNDER_WAY = 100 * Runtime.getRuntime().availableProcessors();

  private long now;
  private long timerNanos;
  private @Nullable Runnable timer;
  private int pumped;
  private final Haste haste =
      new Haste(
          (delay, task) -> {
            timerNanos = delay.toNanos();
            timer = task;
          },
          () -> now,
          new ServiceLimit.Way() {
            @Override
            public int underWay() {
              return UNDER_WAY;
            }

            @Override
            public void pump() {
              pumped++;
            }
          },
          new UsualTime());

  private boolean allows(long inNanos) {
    return haste.allows(now + inNanos, now);
  }

  /** The timer comes so late. */
  private void look(long lateMs) {
    now += timerNanos + lateMs * MS;
    Runnable due = timer;
    timer = null;
    assertThat(due).isNotNull();
    due.run();
  }

  @Test
  void whileTheLoopIsLateOnlyWhatIsDueSoonBegins() {
    // given
    assertThat(allows(LATER)).isTrue();
    // when
    look(200);
    // then
    assertThat(allows(LATER)).isFalse();
    assertThat(allows(0)).isTrue();
    assertThat(allows(500 * MS)).isTrue();
  }

  @Test
  void whoeverWaitsIsAskedAgainUntilTheLoopHasTime() {
    // given
    allows(LATER);
    look(200);
    look(200);
    assertThat(allows(LATER)).isFalse();
    // when
    int looks = 0;
    while (!allows(LATER)) {
      look(1);
      looks++;
    }
    // then
    assertThat(looks).isBetween(2, 10);
    assertThat(pumped).isEqualTo(2 + looks);
  }
}
