package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.voicebus.bus.VirtualBus.Faults;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which instance gets a link, and what happens when instances are full, late, lost or stuck. */
class LinkOpeningTest extends LinkBench {
  @Test
  void isOpenedInThisJvmWhereItIsServedThere() {
    for (int i = 0; i < 10; i++) {
      assertThat(opened().peer()).isEqualTo("near");
    }
  }

  @Test
  void isOpenedInTheClusterWhenThisJvmHasNoRoom() {
    near.refusal = new Failure(Stage.PLAYBACK, FailureKind.RATE_LIMITED, "full");
    assertThat(opened().peer()).isEqualTo("far");
    assertThat(near.node.inbox().idle()).isTrue();
  }

  @Test
  void failsWithTheRefusalWhenNobodyHasRoom() {
    near.refusal = new Failure(Stage.PLAYBACK, FailureKind.RATE_LIMITED, "full");
    far.refusal = near.refusal;
    Future<Link> link = open();
    run(100);
    assertThat(link.failed()).isTrue();
    assertThat(Failure.of(Stage.OWNER, link.cause())).isEqualTo(near.refusal);
    assertNothingIsLeft();
  }

  @Test
  void aRefusalThatEveryInstanceWouldRepeatIsFinal() {
    near.refusal = new Failure(Stage.TEXT, FailureKind.INVALID_REQUEST, "no");
    Future<Link> link = open();
    run(50);
    assertThat(link.failed()).isTrue();
    assertThat(far.links).isEmpty();
  }

  @Test
  void anInstanceThatThawsLateFindsThatAnotherOneHasTheLink() {
    // given
    near.node.freeze();
    Future<Link> link = open();
    run(600);
    assertThat(link.result().peer()).isEqualTo("far");
    // when
    near.node.thaw();
    run(50);
    // then
    assertThat(near.links).hasSize(1);
    assertThat(near.confirmed).as("nothing that costs has begun").isZero();
    assertThat(near.failures).hasSize(1);
    assertThat(far.confirmed).isEqualTo(1);
    link.result().out().write(new Note("go on"));
    run(20);
    assertThat(far.heard).containsExactly(new Note("go on"));
  }

  @Test
  void anOpenerThatStoodStillLongerThanItsPatienceHearsWhoHasAnswered() {
    for (boolean within : new boolean[] {true, false}) {
      // given
      bus.serve(QUEUE, within ? near.node : far.node);
      Future<Link> link = open();
      opener.freeze();
      bus.run(Duration.ofNanos(Limits.OPEN_WITHIN.toNanos()).plus(PATIENCE));
      assertThat(link.isComplete()).isFalse();
      // when
      opener.thaw();
      run(1500);
      // then
      assertThat(link.succeeded()).as("within: %s", within).isTrue();
      link.result().fail(WHY);
      run(500);
    }
  }

  @Test
  void anOpenerThatStoodStillWaitsOnlyOnceMore() {
    bus.serve(QUEUE, far.node);
    far.node.kill();
    Future<Link> link = open();
    opener.freeze();
    bus.run(PATIENCE.multipliedBy(2));
    opener.thaw();
    bus.run(PATIENCE.minusSeconds(1));
    assertThat(link.isComplete()).isFalse();
    run(2000);
    assertThat(link.failed()).isTrue();
  }

  @Test
  void aLostAcceptanceIsRepeatedByTheSameInstanceAndHarmsNoOther() {
    // given
    bus.faults(StreamPacket.Opened.class, Faults.dropped(1));
    Future<Link> link = open();
    run(240);
    bus.faults(Faults.NONE);
    // when
    run(1500);
    // then
    assertThat(link.succeeded()).isTrue();
    link.result().out().write(new Note("hello"));
    run(2000);
    assertThat(near.confirmed + far.confirmed).isEqualTo(1);
    assertThat(near.heard.size() + far.heard.size()).isEqualTo(1);
    link.result().fail(WHY);
    run(500);
    assertNothingIsLeft();
  }

  @Test
  void anAnswerThatComesAfterFurtherTriesIsUsed() {
    // given
    near.node.kill();
    bus.faults(StreamPacket.Open.class, new Faults(0, 0, 1, 0, Duration.ofSeconds(3)));
    // when
    Future<Link> link = open();
    run(7000);
    // then
    assertThat(link.succeeded()).isTrue();
    assertThat(far.links).as("all tries ask for one link").hasSize(1);
    assertThat(far.confirmed).isEqualTo(1);
  }

  @Test
  void anInstanceMayRegisterWhileThePatienceLasts() {
    bus.serve(QUEUE);
    Future<Link> link = open();
    run(3000);
    bus.serve(QUEUE, far.node);
    run(1100);
    assertThat(link.succeeded()).isTrue();
  }

  @Test
  void itemsThatTheAcceptorWritesBeforeItIsConfirmedWaitUntilThen() {
    // given
    bus.faults(StreamPacket.Opened.class, Faults.dropped(1));
    Future<Link> link = open();
    run(20);
    // when
    near.link().out().write(new Note("early"));
    run(100);
    // then
    assertThat(wire).noneMatch(StreamPacket.Data.class::isInstance);
    bus.faults(Faults.NONE);
    run(1500);
    assertThat(link.succeeded()).isTrue();
    assertThat(heard.size()).isEqualTo(link.result().peer().equals("near") ? 1 : 0);
  }

  @Test
  void anOpenWaitsForABusyInstanceOfTheSameProcess() {
    // given
    bus.serve(QUEUE, near.node);
    near.node.freeze();
    // when: longer than the opener's patience
    Future<Link> link = open();
    bus.run(PATIENCE.multipliedBy(3));
    assertThat(link.isComplete()).isFalse();
    near.node.thaw();
    run(100);
    // then
    assertThat(link.succeeded()).isTrue();
    assertThat(near.links).hasSize(1);
  }

  @Test
  void anOpenWaitsNoLongerForAStoppedInstanceOfTheSameProcessThanForOthers() {
    // given
    bus.serve(QUEUE, near.node);
    near.node.freeze();
    // when: it is asked, and never comes to it
    Future<Link> link = open();
    run(100);
    bus.serve(QUEUE);
    bus.run(PATIENCE);
    // then
    assertThat(link.cause()).hasMessageContaining("is that role deployed");
    assertThat(opener.inbox().idle()).isTrue();
  }

  @Test
  void anOpenFailsInWordsWhenAnInstanceOfTheSameProcessIsStuck() {
    // given
    bus.serve(QUEUE, near.node);
    near.node.freeze();
    // when
    Future<Link> link = open();
    bus.run(Limits.OPEN_WITHIN.plusSeconds(1));
    // then
    assertThat(link.cause()).hasMessageContaining("in this process does not answer");
    assertThat(opener.inbox().idle()).isTrue();
  }
}
