package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.MemoryBudget.Need;
import io.voicebus.contract.MemoryBudget.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryBudgetTest {
  private static final long OWNER = MemoryBudget.OWNER_BYTES;
  private static final long PLAYBACK = MemoryBudget.PLAYBACK_BYTES;
  private static final long MIB = 1024 * 1024;

  private static Share play(MemoryBudget budget) {
    return Objects.requireNonNull(budget.play());
  }

  private static Share own(MemoryBudget budget) {
    return Objects.requireNonNull(budget.own(0));
  }

  @Test
  void aShareIsKeptFreeForItsTurnAlsoWhileItHoldsNothing() {
    // given
    MemoryBudget budget = new MemoryBudget(2 * PLAYBACK);
    play(budget);
    Share second = play(budget);
    // then
    assertThat(budget.play()).as("a third turn").isNull();
    // when
    second.close();
    // then
    assertThat(budget.play()).isNotNull();
  }

  @Test
  void whoIsAcceptedByItsOwnerIsNotRefusedByPlaybackInTheSameProcess() {
    // given
    MemoryBudget budget = new MemoryBudget(10 * (OWNER + PLAYBACK));
    budget.plays(true);
    List<Share> owned = new ArrayList<>();
    // when
    while (budget.hasTurn()) {
      owned.add(own(budget));
    }
    // then
    assertThat(budget.own(0)).isNull();
    assertThat(owned).hasSize(10);
    // when
    List<Share> played = Stream.generate(() -> play(budget)).limit(10).toList();
    // then
    assertThat(budget.play()).as("a turn of another node").isNull();
    assertThat(budget.charged()).isEqualTo(budget.limit());
    // when
    owned.forEach(Share::close);
    played.forEach(Share::close);
    // then
    assertThat(budget.charged()).isZero();
  }

  @Test
  void whoIsPlayedElsewhereTakesLess() {
    // given
    MemoryBudget budget = new MemoryBudget(OWNER);
    // then
    assertThat(budget.own(0)).isNotNull();
    assertThat(budget.charged()).isEqualTo(OWNER);
  }

  @Test
  void aTurnMayAlwaysHoldWhatIsItsOwnAndMoreWhereThereIsRoom() {
    // given
    MemoryBudget budget = new MemoryBudget(16 * PLAYBACK);
    Share one = play(budget);
    Share other = play(budget);
    // when
    other.holds(PLAYBACK + budget.mostBeyond());
    // then
    assertThat(one.allows(PLAYBACK, Need.AHEAD)).as("its own").isTrue();
    assertThat(one.allows(PLAYBACK + 1, Need.AHEAD)).as("more").isFalse();
    // when
    other.holds(2 * PLAYBACK);
    // then
    assertThat(one.allows(2 * PLAYBACK, Need.AHEAD)).isTrue();
  }

  @Test
  void whatOneHoldsLeavesRoomForNewTurns() {
    // given
    MemoryBudget budget = new MemoryBudget(16 * PLAYBACK);
    Share greedy = play(budget);
    // when
    long held = 0;
    while (greedy.allows(held + 1000, Need.AHEAD)) {
      held += 1000;
      greedy.holds(held);
    }
    int others = 0;
    while (budget.play() != null) {
      others++;
    }
    // then
    assertThat(held).isGreaterThan(4 * PLAYBACK);
    assertThat(others).as("three quarters are theirs").isEqualTo(11);
  }

  @Test
  void whatIsHeldAgainstTheRulesCountsTooAndKeepsTheNextTurnOut() {
    // given
    MemoryBudget budget = new MemoryBudget(2 * PLAYBACK);
    Share greedy = play(budget);
    // when
    greedy.holds(7 * PLAYBACK);
    // then
    assertThat(budget.play()).isNull();
    assertThat(budget.charged()).isEqualTo(7 * PLAYBACK);
    // when
    greedy.holds(PLAYBACK / 2);
    // then
    assertThat(budget.play()).isNotNull();
  }

  @Test
  void whoIsInHasteHoldsLessBeyondItsShare() {
    // given
    MemoryBudget budget = new MemoryBudget(1024 * MIB);
    Share one = play(budget);
    Share other = play(budget);
    one.holds(PLAYBACK + budget.mostInHaste() - MIB);
    // then
    assertThat(budget.mostInHaste()).isEqualTo(64 * MIB);
    assertThat(other.allows(PLAYBACK + MIB, Need.HASTE)).isTrue();
    assertThat(other.allows(PLAYBACK + MIB + 1, Need.HASTE)).as("more than is left").isFalse();
    assertThat(other.allows(PLAYBACK + MIB + 1, Need.AHEAD)).as("for one that is heard").isTrue();
  }

  @Test
  void whatAListenerGetsNowHasRoomLongerThanWhatItGetsLater() {
    // given
    MemoryBudget budget = new MemoryBudget(16 * PLAYBACK);
    Share one = play(budget);
    Share other = play(budget);
    // when
    other.holds(15 * PLAYBACK);
    // then
    assertThat(budget.charged()).isEqualTo(budget.limit());
    assertThat(one.allows(PLAYBACK + 1, Need.AHEAD)).isFalse();
    assertThat(one.allows(3 * PLAYBACK, Need.NOW)).isTrue();
    assertThat(one.allows(3 * PLAYBACK + 1, Need.NOW)).as("that much more is too much").isFalse();
    assertThat(one.allows(PLAYBACK, Need.NOW)).as("its own").isTrue();
  }

  @Test
  void isEmptyWhenAllHaveGoneWhateverTheyHeld() {
    // given
    MemoryBudget budget = new MemoryBudget(10 * MIB);
    budget.plays(true);
    Random random = new Random(7);
    List<Share> played = new ArrayList<>();
    List<Share> owned = new ArrayList<>();
    // when
    for (int i = 0; i < 10_000; i++) {
      int what = random.nextInt(5);
      if (what == 0) {
        Share share = budget.play();
        if (share != null) {
          played.add(share);
        }
      } else if (what == 1) {
        Share share = budget.own(random.nextInt((int) MIB));
        if (share != null) {
          owned.add(share);
        }
      } else if (what == 2 && !played.isEmpty()) {
        played.remove(random.nextInt(played.size())).close();
      } else if (what == 3 && !owned.isEmpty()) {
        owned.remove(random.nextInt(owned.size())).close();
      } else if (!played.isEmpty()) {
        played.get(random.nextInt(played.size())).holds(random.nextInt((int) (3 * MIB)));
      }
    }
    owned.forEach(Share::close);
    played.forEach(Share::close);
    played.forEach(Share::close);
    played.forEach(late -> late.holds(MIB));
    // then
    assertThat(budget.charged()).isZero();
  }

  @Test
  void isOneForAllThreads() throws InterruptedException {
    // given
    MemoryBudget budget = new MemoryBudget(10 * PLAYBACK);
    budget.plays(true);
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads =
        Stream.generate(() -> new Thread(() -> takeAndGive(budget, begin))).limit(4).toList();
    // when
    threads.forEach(Thread::start);
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    // then
    assertThat(budget.charged()).isZero();
  }

  private static void takeAndGive(MemoryBudget budget, CountDownLatch begin) {
    try {
      begin.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    for (int i = 0; i < 10_000; i++) {
      Share room = budget.own(OWNER + i);
      Share share = budget.play();
      if (share != null) {
        share.holds(2 * PLAYBACK);
        share.close();
      }
      if (room != null) {
        room.close();
      }
    }
  }

  @Test
  void garbageOnTheHeapRefusesNobody() {
    // given
    MemoryBudget budget = MemoryBudget.ofHeap(Runtime.getRuntime().maxMemory());
    long filled = 0;
    // when
    while (filled < Runtime.getRuntime().maxMemory()) {
      filled += new byte[(int) MIB].length;
    }
    // then
    assertThat(budget.charged()).isZero();
    assertThat(budget.hasTurn()).isTrue();
    assertThat(budget.play()).isNotNull();
  }

  @Test
  void whoBeginsWithALongPromptTakesMore() {
    // given
    MemoryBudget budget = new MemoryBudget(3 * OWNER);
    // when
    Share share = Objects.requireNonNull(budget.own(2 * OWNER));
    // then
    assertThat(budget.charged()).isEqualTo(2 * OWNER);
    assertThat(budget.own(2 * OWNER)).as("another one").isNull();
    assertThat(budget.own(OWNER)).as("a short one").isNotNull();
    // when
    share.holds(OWNER);
    // then
    assertThat(budget.own(0)).isNotNull();
    // when
    share.close();
    // then
    assertThat(budget.charged()).isEqualTo(2 * OWNER);
  }

  @ParameterizedTest(name = "{0} MiB of heap")
  @CsvSource({"256, 203", "512, 499", "1344, 1460"})
  void aHeapHasRoomForSoManyTurns(long heapMib, int most) {
    // given
    MemoryBudget budget = MemoryBudget.ofHeap(heapMib * MIB);
    budget.plays(true);
    // when
    int turns = 0;
    while (budget.own(0) != null) {
      turns++;
    }
    // then
    assertThat(turns).isEqualTo(most);
  }
}
