package io.voicebus.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Limits;
import org.junit.jupiter.api.Test;

/** The figures that the design asks for, with some room; {@link WorkQueueFigures} prints them. */
class WorkQueueFiguresTest {
  /** A slot is busy for so long with a chunk: who is most urgent never waits for two. */
  private static final double SLOT_MS = 500;

  @Test
  void oneSlowWorkerOfThreeCostsLittle() {
    assertThat(WorkQueueFigures.burst(1, 1, 1, 400, 10, 10, 100).makespan()).isLessThan(1.1);
    assertThat(WorkQueueFigures.burst(1, 8, 1, 400, 10, 10, 100).makespan()).isLessThan(1.15);
  }

  @Test
  void refusalsAreRareWhereManyHoldersCompete() {
    assertThat(WorkQueueFigures.burst(1, 8, 2, 400, 200, 200, 200, 200).refusals()).isLessThan(0.1);
    assertThat(WorkQueueFigures.steady(20, 70).refusals()).isLessThan(0.1);
  }

  @Test
  void aDeadWorkersChunkGoesOnWithinTwoSeconds() {
    assertThat(WorkQueueFigures.redeliveryMs(50)).isLessThan(2000);
  }

  @Test
  void aChunkWhoseAttemptHangsGoesOnElsewhereSoonAfterItsDeadline() {
    assertThat(WorkQueueFigures.reissueMs(50))
        .isLessThan((double) JobLimits.DEADLINE.plus(Limits.HEARTBEAT.multipliedBy(2)).toMillis());
  }

  @Test
  void aNewTurnIsHeardSoonUnderLoadAndBesideListenersThatNeverRead() {
    assertThat(WorkQueueFigures.firstUnitMs(4, 40, 0, 5000)).isLessThan(SLOT_MS);
    assertThat(WorkQueueFigures.firstUnitMs(4, 40, 40, 5000)).isLessThan(SLOT_MS);
    assertThat(WorkQueueFigures.firstUnitMs(4, 100, 100, 30_000)).isLessThan(SLOT_MS);
  }

  @Test
  void printsTheFigures() {
    WorkQueueFigures.report().forEach(System.out::println);
  }
}
