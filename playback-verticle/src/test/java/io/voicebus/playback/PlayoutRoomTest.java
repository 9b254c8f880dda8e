package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.Pace;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlayoutRoomTest {
  private static final int RATE = 24_000;
  private static final int SECOND_BYTES = 2 * RATE;

  private static Playout playout(Pace pace, PlayoutSink sink) {
    return new Playout(PlayoutLimits.DEFAULTS, pace, new LengthRatio(), Pcm.memory(), sink);
  }

  @Test
  void whereMemoryIsShortOnlyWhatTheListenerGetsNowIsSpokenBeyondTheTurnsOwn() {
    // given
    MemoryBudget budget = new MemoryBudget(16 * MemoryBudget.PLAYBACK_BYTES);
    MemoryBudget.Share own = Objects.requireNonNull(budget.play());
    MemoryBudget.Share others = Objects.requireNonNull(budget.play());
    others.holds(MemoryBudget.PLAYBACK_BYTES + budget.mostBeyond());
    RecordingSink sink = new RecordingSink(0);
    Playout playout =
        new Playout(PlayoutLimits.DEFAULTS, Pace.REALTIME, new LengthRatio(), own, sink);
    // then
    assertThat(playout.reserve(0, 4_000, 0)).isTrue();
    assertThat(playout.reserve(1, 1_000, 0)).as("still its own").isTrue();
    assertThat(playout.reserve(2, 1_000, 0)).as("more than its own").isFalse();
    // when
    say(playout, 0, 4, 0);
    sink.more(Long.MAX_VALUE);
    playout.pump(0);
    // then
    assertThat(playout.reserve(1, 8_000, 0)).as("what it gets now").isTrue();
    assertThat(playout.reserve(2, 4_000, 0)).isFalse();
    // when
    others.close();
    // then
    assertThat(playout.reserve(2, 4_000, 0)).isTrue();
    // when
    playout.close();
    own.close();
    // then
    assertThat(budget.charged()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Pace.class)
  void whatIsOnlyToBeHadSoonerGetsLessOfTheMemory(Pace pace) {
    // given
    MemoryBudget budget = new MemoryBudget(16 * MemoryBudget.PLAYBACK_BYTES);
    MemoryBudget.Share own = Objects.requireNonNull(budget.play());
    MemoryBudget.Share others = Objects.requireNonNull(budget.play());
    others.holds(MemoryBudget.PLAYBACK_BYTES + budget.mostBeyond() / 2);
    Playout playout =
        new Playout(PlayoutLimits.DEFAULTS, pace, new LengthRatio(), own, new RecordingSink(0));
    playout.reserve(0, 4_000, 0);
    playout.reserve(1, 1_000, 0);
    // then
    assertThat(playout.reserve(2, 1_000, 0)).isEqualTo(pace == Pace.REALTIME);
  }

  @Test
  void whereThereIsNoMemoryAtAllOnlyWhoIsKnownToReadGetsMoreThanItsOwn() {
    // given
    MemoryBudget budget = new MemoryBudget(2 * MemoryBudget.PLAYBACK_BYTES);
    MemoryBudget.Share own = Objects.requireNonNull(budget.play());
    MemoryBudget.Share others = Objects.requireNonNull(budget.play());
    others.holds(2 * MemoryBudget.PLAYBACK_BYTES);
    Playout playout =
        new Playout(
            PlayoutLimits.DEFAULTS, Pace.ASAP, new LengthRatio(), own, RecordingSink.unlimited());
    // then
    assertThat(playout.reserve(0, 20_000, 0)).as("it may not read at all").isFalse();
    // when: what it has read came to more than a mebibyte
    for (int chunk = 0; chunk < 6; chunk++) {
      assertThat(playout.reserve(chunk, 4_000, 0)).as("its own, chunk %d", chunk).isTrue();
      say(playout, chunk, 4, 0);
    }
    // then
    assertThat(playout.reserve(6, 20_000, 0)).isTrue();
    assertThat(playout.reserve(7, 1_000, 0)).as("the one after it").isFalse();
  }

  private static long seconds(double s) {
    return (long) (s * TimeUnit.SECONDS.toNanos(1));
  }

  /** Sends so many seconds of one chunk; how the last frame was taken. */
  private static Playout.Taken send(Playout playout, int chunk, double seconds, long now) {
    Playout.Taken taken = Playout.Taken.YES;
    for (int frame = 0; frame < seconds * 10 && taken == Playout.Taken.YES; frame++) {
      taken = Pcm.frame(playout, chunk, new byte[SECOND_BYTES / 10], -1, now);
    }
    return taken;
  }

  private static void say(Playout playout, int chunk, int seconds, long now) {
    playout.open(chunk, RATE, false, "voice", now);
    send(playout, chunk, seconds, now);
    playout.received(chunk, now);
  }

  @Test
  void grantsChunksInTheirOrderUpToTheLookahead() {
    // given
    Playout playout = playout(Pace.REALTIME, RecordingSink.unlimited());
    // then
    assertThat(playout.reserve(0, 8_000, 0)).isTrue();
    assertThat(playout.reserve(1, 8_000, 0)).isTrue();
    assertThat(playout.reserve(2, 4_000, 0)).isTrue();
    assertThat(playout.reserve(3, 8_000, 0)).isFalse();
    assertThat(playout.reserve(4, 1, 0)).as("passes nobody").isFalse();
  }

  @Test
  void grantsMoreAsTimeGoesByForAListenerThatReportsNothing() {
    // given
    Playout playout = playout(Pace.REALTIME, RecordingSink.unlimited());
    say(playout, 0, 10, 0);
    say(playout, 1, 8, 0);
    assertThat(playout.reserve(2, 4_000, seconds(0))).isFalse();
    // when
    assertThat(playout.reserve(2, 4_000, seconds(1.9))).isFalse();
    // then
    assertThat(playout.reserve(2, 4_000, seconds(2.1))).isTrue();
  }

  @Test
  void believesTheListenerAboutItsPosition() {
    // given
    Playout playout = playout(Pace.REALTIME, RecordingSink.unlimited());
    say(playout, 0, 10, 0);
    say(playout, 1, 8, 0);
    playout.heard(0, 0);
    assertThat(playout.reserve(2, 4_000, seconds(9))).isFalse();
    // when
    playout.heard(3_000, seconds(9));
    // then
    assertThat(playout.reserve(2, 4_000, seconds(9))).isTrue();
  }

  @Test
  void alwaysHasRoomForWhatIsHeardAndWhatIsHeardNext() {
    // given
    Playout playout = playout(Pace.REALTIME, new RecordingSink(0));
    // then
    assertThat(playout.reserve(0, 600_000, 0)).isTrue();
    assertThat(playout.reserve(1, 600_000, 0)).isTrue();
    assertThat(playout.reserve(2, 1, 0)).isFalse();
  }

  @Test
  void countsASkippedChunkForNothing() {
    // given
    Playout playout = playout(Pace.REALTIME, new RecordingSink(0));
    playout.reserve(0, 30_000, 0);
    // when
    playout.skip(1, 0);
    // then
    assertThat(playout.reserve(2, 30_000, 0)).isTrue();
  }

  @Test
  void boundsTheBytesAheadOfAListenerThatTakesWhatItCan() {
    // given
    Playout playout = playout(Pace.ASAP, new RecordingSink(0));
    playout.reserve(0, 10_000, 0);
    playout.reserve(1, 10_000, 0);
    // when
    int granted = 2;
    while (playout.reserve(granted, 10_000, 0)) {
      granted++;
    }
    // then
    assertThat(granted - 2).isEqualTo(PlayoutLimits.DEFAULT_TURN_BYTES / (10 * SECOND_BYTES));
    assertThat(playout.reserve(granted + 1, 1, 0)).as("passes nobody").isFalse();
  }

  @Test
  void saysWhenAChunkIsDue() {
    // given
    Playout playout = playout(Pace.REALTIME, RecordingSink.unlimited());
    say(playout, 0, 3, 0);
    playout.reserve(1, 4_000, seconds(1));
    playout.reserve(2, 5_000, seconds(1));
    playout.reserve(3, 5_000, seconds(1));
    // then
    assertThat(playout.neededInMs(1, seconds(1))).as("heard next").isEqualTo(2_000);
    assertThat(playout.neededInMs(3, seconds(1))).isEqualTo(3_000 - 1_000 + 4_000 + 5_000);
    assertThat(playout.neededInMs(1, seconds(3))).as("heard now").isZero();
  }

  @Test
  void learnsThatAVoiceIsSlowerThanEstimated() {
    // given
    LengthRatio ratio = new LengthRatio();
    // when
    for (int i = 0; i < 30; i++) {
      ratio.learn(1_000, 1_500);
    }
    // then
    assertThat(ratio.expectedMs(2_000)).isBetween(2_990L, 3_000L);
  }

  @Test
  void learnsFromEveryChunkThatWasReceivedWholly() {
    // given
    LengthRatio ratio = new LengthRatio();
    Playout playout =
        new Playout(
            PlayoutLimits.DEFAULTS, Pace.REALTIME, ratio, Pcm.memory(), RecordingSink.unlimited());
    playout.reserve(0, 1_000, 0);
    // when
    say(playout, 0, 2, 0);
    // then
    assertThat(ratio.expectedMs(1_000)).isEqualTo(1_200);
  }

  @Test
  void cutsAChunkThatOverrunsEveryBoundAndTakesItUpAgainWhenLittleIsLeft() {
    // given
    RecordingSink sink = new RecordingSink(0);
    Playout playout = playout(Pace.REALTIME, sink);
    playout.cut(0);
    playout.reserve(0, 5_000, 0);
    playout.open(0, RATE, false, "voice", 0);
    // when
    Playout.Taken taken = send(playout, 0, 60, 0);
    long held = playout.heldBytes();
    long samples = playout.cut(0).samples();
    // then
    assertThat(taken).isEqualTo(Playout.Taken.OVERRUN);
    assertThat(held)
        .isBetween(
            PlayoutLimits.DEFAULT_CHUNK_BYTES - SECOND_BYTES / 10L,
            (long) PlayoutLimits.DEFAULT_CHUNK_BYTES);
    assertThat(samples).isEqualTo(held / 2);
    assertThat(playout.reserve(0, 5_000, 0)).isFalse();
    // when
    sink.more(held - 5 * SECOND_BYTES);
    playout.pump(0);
    // then
    assertThat(playout.reserve(0, 5_000, 0)).isFalse();
    // when
    sink.more(SECOND_BYTES / 10);
    playout.pump(0);
    // then
    assertThat(playout.reserve(0, 5_000, 0)).isTrue();
  }

  @Test
  void givesTheRestOfAnEndlessChunkUpWhenNoAttemptWouldGetFurther() {
    // given
    Playout playout = playout(Pace.REALTIME, new RecordingSink(0));
    playout.open(0, RATE, true, "voice", 0);
    // when
    Playout.Taken taken = send(playout, 0, 60, 0);
    // then
    assertThat(taken).isEqualTo(Playout.Taken.GIVEN_UP);
    assertThat(playout.over(0)).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void neverHoldsMoreThanItsLimitForAListenerThatNeverReads(long seed) {
    // given
    Random random = new Random(seed);
    Pace pace = random.nextBoolean() ? Pace.ASAP : Pace.REALTIME;
    Playout playout = playout(pace, new RecordingSink(random.nextInt(100_000)));
    boolean[] granted = new boolean[40];
    boolean[] closed = new boolean[40];
    long most = 0;
    // when
    for (int i = 0; i < 4_000; i++) {
      int chunk = random.nextInt(granted.length);
      long now = i * 10_000_000L;
      if (closed[chunk] || playout.over(chunk)) {
        continue;
      }
      if (!granted[chunk]) {
        playout.cut(chunk);
        if (playout.reserve(chunk, 1_000 + random.nextInt(9_000), now)) {
          granted[chunk] = true;
          playout.open(
              chunk, random.nextInt(5) > 0 ? RATE : 16_000, random.nextBoolean(), "voice", now);
        }
      } else if (random.nextInt(300) == 0) {
        playout.received(chunk, now);
        closed[chunk] = true;
      } else if (Pcm.frame(playout, chunk, new byte[16_384], -1, now) != Playout.Taken.YES) {
        granted[chunk] = false;
      }
      most = Math.max(most, playout.heldBytes());
    }
    // then
    assertThat(most).isPositive().isLessThanOrEqualTo(PlayoutLimits.DEFAULTS.heldBytes());
  }
}
