package io.voicebus.tts.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceLimitTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private long now;
  private int underWay;

  @Test
  void withoutARefusalItDoublesInEachRoundUntilNothingWaitsForIt() {
    ServiceLimit limit = limit(0, 4, false);
    for (int expected = 4; expected <= 256; expected *= 2) {
      assertThat(limit.slots()).isEqualTo(expected);
      fill(limit);
      accept(limit, underWay);
      underWay = 0;
    }
  }

  @Test
  void aRefusalSetsItToWhatWasUnderWayWithoutTheRefused() {
    ServiceLimit limit = limit(0, 16, false);
    underWay = 16;
    for (int refused = 0; refused < 12; refused++) {
      underWay--;
      limit.refused(0, now);
    }
    assertThat(limit.slots()).isEqualTo(4);
    assertThat(limit.waitNanos(now)).as("the end of one of four tells when to ask").isZero();
  }

  @Test
  void whenAllOfABurstAreRefusedItIsHalvedAndLeftAloneForAMoment() {
    ServiceLimit limit = limit(0, 16, false);
    underWay = 16;
    for (int refused = 0; refused < 16; refused++) {
      underWay--;
      limit.refused(0, now);
    }
    assertThat(limit.waitNanos(now)).isPositive();
    // and it is back within seconds
    for (int i = 0; i < 15; i++) {
      now += SECOND;
      fill(limit);
      accept(limit, 1);
    }
    assertThat(limit.slots()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void aRateLimitOnlyWaits() {
    ServiceLimit limit = limit(0, 16, false);
    limit.rateLimited(Optional.empty(), now);
    assertThat(limit.slots()).isEqualTo(16);
    assertThat(limit.waitNanos(now)).isPositive();
  }

  @Test
  void whoSaysComeBackAtOnceAndRefusesAgainIsAskedLaterEachTime() {
    ServiceLimit limit = limit(0, 16, false);
    long waited = 0;
    for (int asked = 0; asked < 5; asked++) {
      limit.rateLimited(Optional.of(Duration.ZERO), now);
      waited += limit.waitNanos(now);
      now += limit.waitNanos(now);
    }
    assertThat(waited).isGreaterThan(2 * SECOND);
    assertThat(limit.slots()).isEqualTo(16);
  }

  @Test
  void refusalsOfThoseThatWereAskedTogetherCountAsOne() {
    ServiceLimit limit = limit(0, 16, false);
    for (int refused = 0; refused < 16; refused++) {
      limit.rateLimited(Optional.empty(), now);
    }
    assertThat(limit.waitNanos(now)).isLessThan(SECOND);
  }

  @Test
  void anAcceptedOneDoesNotShortenTheTimeForWhichTheServiceWantsToBeLeftAlone() {
    ServiceLimit limit = limit(0, 16, false);
    limit.waitFor(5 * SECOND, now);
    limit.taken(now);
    assertThat(limit.waitNanos(now)).isEqualTo(5 * SECOND);
  }

  @Test
  void whatTheServiceNamesIsTheLimitAndIsNeverExceeded() {
    ServiceLimit limit = limit(0, 4, false);
    limit.announced(10);
    assertThat(limit.slots()).isEqualTo(10);
    fill(limit);
    accept(limit, 100);
    assertThat(limit.slots()).isEqualTo(10);
    limit.announced(5);
    assertThat(limit.slots()).isEqualTo(5);
  }

  @Test
  void whoeverUsesItIsToldWhenItGrows() {
    ServiceLimit limit = limit(0, 4, false);
    int[] told = {0};
    limit.onMore(() -> told[0] = limit.slots());
    fill(limit);
    accept(limit, 1);
    assertThat(told[0]).isEqualTo(5);
  }

  @Test
  void aMachineWhoseRequestsSlowEachOtherDownIsGivenFewer() {
    ServiceLimit limit = limit(0, 2, true);
    // when: each first byte takes 200 ms for each request that is under way
    for (int i = 0; i < 50; i++) {
      fill(limit);
      now += SECOND;
      limit.firstByte(underWay * SECOND / 5, now);
      underWay = 0;
    }
    // then
    assertThat(limit.slots()).isLessThanOrEqualTo(3);
  }

  @Test
  void aMachineThatDoesNotBecomeSlowerIsGivenMoreAndMore() {
    ServiceLimit limit = limit(0, 2, true);
    for (int i = 0; i < 50; i++) {
      limit.firstByte(SECOND / 5, now);
    }
    assertThat(limit.slots()).isEqualTo(102);
  }

  @Test
  void whileRequestsDoNotSlowEachOtherDownAtAllItTriplesInEachRound() {
    ServiceLimit limit = limit(0, 2, true);
    for (int most : new int[] {6, 18, 54, 162}) {
      for (int i = limit.slots(); i > 0; i--) {
        limit.firstByte(SECOND / 8, now);
      }
      assertThat(limit.slots()).isEqualTo(most);
    }
  }

  private void fill(ServiceLimit limit) {
    underWay = limit.slots();
  }

  private void accept(ServiceLimit limit, int count) {
    for (int i = 0; i < count; i++) {
      limit.taken(now);
    }
  }

  private ServiceLimit limit(int told, int start, boolean gentle) {
    ServiceLimit limit = new ServiceLimit(ServiceTimes.usual(), told, start, gentle);
    limit.add(
        new ServiceLimit.Way() {
          @Override
          public int underWay() {
            return underWay;
          }

          @Override
          public void pump() {}
        });
    return limit;
  }
}
