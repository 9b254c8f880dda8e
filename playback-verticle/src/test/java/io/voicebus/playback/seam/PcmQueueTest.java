package io.voicebus.playback.seam;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PcmQueueTest {
  private final PcmQueue queue = new PcmQueue();

  /** Each live turn has one, and its budget counts the samples in it, not its array. */
  @Test
  void secondsOfSilenceLeaveNoLongArrayBehind() {
    // given
    queue.add(new byte[4 * 48_000 * 2]);
    assertThat(queue.array().length).isGreaterThan(PcmQueue.KEPT_BYTES);
    // when
    queue.clear();
    // then
    assertThat(queue.size()).isZero();
    assertThat(queue.array().length).isLessThanOrEqualTo(PcmQueue.KEPT_BYTES);
  }

  @Test
  void samplesComeOutInTheirOrderAlsoAfterItWasCleared() {
    // given
    queue.add(new byte[] {1, 0, 2, 0, 3, 0});
    queue.drop(1);
    queue.clear();
    // when
    queue.add(new byte[] {4, 0, 5, 0, 6, 0});
    // then
    assertThat(queue.take(2)).containsExactly(4, 0, 5, 0);
    assertThat(queue.take(1)).containsExactly(6, 0);
  }
}
