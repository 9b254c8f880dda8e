package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A link from its acceptance to its end, failure or death. */
class LinkTest extends LinkBench {
  @Test
  void carriesItemsBothWaysAndEndsWithTheAcceptor() {
    // given
    Link link = opened();
    // when
    link.out().write(new Note("to there"));
    link.out().end();
    run(20);
    near.link().out().write(new Note("and back"));
    near.link().out().end();
    run(20);
    // then
    assertThat(near.heard).containsExactly(new Note("to there"));
    assertThat(near.ends).isEqualTo(1);
    assertThat(heard).containsExactly(new Note("and back"));
    assertThat(ends).isEqualTo(1);
    assertThat(failures).isEmpty();
    assertThat(near.failures).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void theAcceptorsEndEndsTheOtherDirectionToo() {
    Link link = opened();
    near.link().out().end();
    run(20);
    assertThat(link.out().isOpen()).isFalse();
    assertThat(failures).isEmpty();
    assertThat(near.failures).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void aFailureOfOneSideReachesTheOtherOnceAndEndsBothDirections() {
    for (boolean byOpener : new boolean[] {true, false}) {
      Link link = opened();
      (byOpener ? link : near.link()).fail(WHY);
      run(20);
      assertThat(byOpener ? near.failures : failures).containsExactly(WHY);
      assertThat(byOpener ? failures : near.failures).isEmpty();
      assertThat(link.isAlive()).isFalse();
      failures.clear();
      near.failures.clear();
      assertNothingIsLeft();
    }
  }

  @Test
  void theDeathOfOneSideIsReportedToTheOtherOnce() {
    // given
    Link link = opened();
    link.out().write(new Note("hello"));
    run(777);
    // when
    near.node.kill();
    Duration known = bus.until(() -> !failures.isEmpty(), Duration.ofSeconds(2));
    // then
    assertThat(known).isNotNull();
    assertThat(Objects.requireNonNull(known)).isLessThan(Duration.ofMillis(1510));
    assertThat(failures).extracting(Failure::kind).containsExactly(FailureKind.LOST);
    run(3000);
    assertThat(failures).hasSize(1);
    assertNothingIsLeft();
  }

  @Test
  void aSilentInboxOfTheSameProcessIsBusyAndNotDead() {
    // given
    bus.inOneProcess();
    Link link = opened();
    // when: longer than another node may be silent
    near.node.freeze();
    run(5_000);
    near.node.thaw();
    link.tell(new Note("still here"));
    run(1_000);
    // then
    assertThat(failures).isEmpty();
    assertThat(near.failures).isEmpty();
    assertThat(near.heard).containsExactly(new Note("still here"));
  }

  @Test
  void anInboxOfTheSameProcessThatIsStuckCountsAsLostAfterTenSeconds() {
    // given
    bus.inOneProcess();
    opened();
    // when
    near.node.freeze();
    run(11_000);
    // then
    assertThat(failures).extracting(Failure::kind).containsExactly(FailureKind.LOST);
  }

  @Test
  void itemsThatWereWhollyReceivedAreReadAfterTheirSendersDeath() {
    // given
    Link link = opened();
    link.in().pause();
    near.link().out().write(new Note("last"));
    near.link().out().end();
    run(20);
    // when
    near.node.kill();
    run(5000);
    link.in().resume();
    // then
    assertThat(heard).containsExactly(new Note("last"));
    assertThat(ends).isEqualTo(1);
    assertThat(failures).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void theAcceptorIsToldOfADeathThoughItHasNotReadTheOpenersEnd() {
    // given
    Link link = opened();
    near.link().in().pause();
    link.out().write(new Note("last"));
    link.out().end();
    run(20);
    // when
    opener.kill();
    run(3000);
    // then
    assertThat(near.failures).extracting(Failure::kind).containsExactly(FailureKind.LOST);
    assertNothingIsLeft();
  }

  @Test
  void anIdleLinkLosesNothing() {
    Link link = opened();
    run(60_000);
    link.out().write(new Note("still there"));
    run(20);
    assertThat(near.heard).containsExactly(new Note("still there"));
    assertThat(failures).isEmpty();
  }

  @Test
  void aLinkFromOpenToEndTakesSixPackets() {
    Link link = opened();
    near.link().out().write(new Note("done"));
    near.link().out().end();
    run(20);
    assertThat(link.out().isOpen()).isFalse();
    assertThat(wire).hasSize(6);
  }
}
