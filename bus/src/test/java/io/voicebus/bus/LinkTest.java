package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.voicebus.bus.VirtualBus.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String QUEUE = "queue";
  private static final Note FUTURE = new Note("of a type that only newer nodes know");
  private static final Failure WHY = new Failure(Stage.TEXT, FailureKind.QUOTA, "enough");

  private final VirtualBus bus = new VirtualBus(1);
  private final List<Packet> wire = new ArrayList<>();
  private final VirtualBus.Node opener = bus.node("opener", "here");
  private final Side near = new Side(bus.node("near", "here"));
  private final Side far = new Side(bus.node("far", "there"));
  private final List<Message> heard = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private int ends;

  /** Who accepts links: how many, what it heard, and what became of them. */
  private static final class Side {
    final VirtualBus.Node node;
    final List<Link> links = new ArrayList<>();
    final List<Message> heard = new ArrayList<>();
    final List<Failure> failures = new ArrayList<>();
    int confirmed;
    int ends;
    @Nullable Failure refusal;

    Side(VirtualBus.Node node) {
      this.node = node;
      node.inbox()
          .onLink(
              Hello.class,
              (head, link) -> {
                if (refusal != null) {
                  throw refusal.toException();
                }
                links.add(link);
                link.in().handler(heard::add);
                link.in().endHandler(ended -> ends++);
                link.onFailure(failures::add);
                link.onConfirmed(() -> confirmed++);
              });
    }

    Link link() {
      return links.get(links.size() - 1);
    }
  }

  LinkTest() {
    bus.serve(QUEUE, near.node, far.node);
    bus.tap((to, packet) -> wire.add(packet));
  }

  private Future<Link> open() {
    return opener
        .inbox()
        .link(QUEUE, new Hello("hello"), PATIENCE)
        .onSuccess(
            link -> {
              link.in().handler(heard::add);
              link.in().endHandler(ended -> ends++);
              link.onFailure(failures::add);
            });
  }

  private Link opened() {
    Future<Link> link = open();
    run(20);
    return link.result();
  }

  private void run(int ms) {
    bus.run(Duration.ofMillis(ms));
  }

  private void assertNothingIsLeft() {
    for (VirtualBus.Node node : List.of(opener, near.node, far.node)) {
      assertThat(!node.alive() || node.inbox().idle()).as(node.name()).isTrue();
    }
  }

  @Test
  void carriesItemsBothWaysAndEndsWithWhoAccepted() {
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
  void theEndOfWhoAcceptedEndsTheOthersDirectionToo() {
    Link link = opened();
    near.link().out().end();
    run(20);
    assertThat(link.out().isOpen()).isFalse();
    assertThat(failures).isEmpty();
    assertThat(near.failures).isEmpty();
    assertNothingIsLeft();
  }

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
  void failsAsItWasRefusedWhenNobodyHasRoom() {
    near.refusal = new Failure(Stage.PLAYBACK, FailureKind.RATE_LIMITED, "full");
    far.refusal = near.refusal;
    Future<Link> link = open();
    run(100);
    assertThat(link.failed()).isTrue();
    assertThat(Failure.of(Stage.OWNER, link.cause())).isEqualTo(near.refusal);
    assertNothingIsLeft();
  }

  @Test
  void aRefusalThatAnotherInstanceCouldNotLiftIsFinal() {
    near.refusal = new Failure(Stage.TEXT, FailureKind.INVALID_REQUEST, "no");
    Future<Link> link = open();
    run(50);
    assertThat(link.failed()).isTrue();
    assertThat(far.links).isEmpty();
  }

  @Test
  void whoWakesLateFindsThatAnotherInstanceHasIt() {
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
  void aConnectionThatIsSlowerThanOneTryIsUsedWhenItIsThere() {
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
  void whoIsNotThereYetMayComeWhileThePatienceLasts() {
    bus.serve(QUEUE);
    Future<Link> link = open();
    run(3000);
    bus.serve(QUEUE, far.node);
    run(1100);
    assertThat(link.succeeded()).isTrue();
  }

  @Test
  void whatWhoAcceptedSaysBeforeItIsChosenWaitsUntilThen() {
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
  void aFailureOfOneSideIsToldToTheOtherOnceAndEndsBothDirections() {
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
  void theDeathOfOneSideIsToldToTheOtherOnce() {
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
  void anInboxOfTheSameProcessIsBusyAndNotDead() {
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
  void whoServesInTheSameProcessIsWaitedForThoughItIsBusy() {
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
  void whoServedInTheSameProcessAndHasStoppedIsWaitedForNoLongerThanOthers() {
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
  void whoServesInTheSameProcessAndIsStuckForGoodIsGivenUpInWords() {
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

  @Test
  void anInboxOfTheSameProcessThatIsStuckForGoodIsFoundOut() {
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
  void whatWasWhollyReceivedIsStillReadWhenItsSenderDies() {
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
  void whoAcceptedHearsOfADeathThoughItHasNotReadTheOthersEnd() {
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
  void anIdleLinkThatIsWellLosesNothing() {
    Link link = opened();
    run(60_000);
    link.out().write(new Note("still there"));
    run(20);
    assertThat(near.heard).containsExactly(new Note("still there"));
    assertThat(failures).isEmpty();
  }

  @Test
  void aLinkThatEndedWholeNeedsSixPacketsBesideItsItems() {
    Link link = opened();
    near.link().out().write(new Note("done"));
    near.link().out().end();
    run(20);
    assertThat(link.out().isOpen()).isFalse();
    assertThat(wire).hasSize(6);
  }

  @Test
  void itemsOfTheFutureArePassedOverWithoutALossOrAGapInTheCredit() {
    // given: more than two windows, both ways, of which each third is unknown
    bus.reads((node, item) -> item.equals(FUTURE) ? VirtualBus.UNKNOWN : item);
    Link link = opened();
    // when
    for (int i = 0; i < 300; i++) {
      Note item = i % 3 == 0 ? FUTURE : new Note(i + "x".repeat(600));
      link.out().write(item);
      near.link().out().write(item);
    }
    link.out().end();
    run(100);
    near.link().out().end();
    run(100);
    // then
    assertThat(near.heard).hasSize(200).doesNotContain(VirtualBus.UNKNOWN).isEqualTo(heard);
    assertThat(near.ends).isEqualTo(1);
    assertThat(ends).isEqualTo(1);
    assertThat(failures).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void aHeadOfTheFutureIsAskedOfANodeThatKnowsIt() {
    bus.reads((node, head) -> node.equals("near") ? VirtualBus.UNKNOWN : head);
    assertThat(opened().peer()).isEqualTo("far");
    assertThat(near.node.inbox().idle()).isTrue();
  }

  @Test
  void aHeadThatNobodyKnowsFailsInWords() {
    bus.reads((node, head) -> VirtualBus.UNKNOWN);
    Future<Link> link = open();
    run(6000);
    assertThat(Failure.of(Stage.OWNER, link.cause()).detail()).contains("update");
    assertNothingIsLeft();
  }

  @Test
  void itemsWhoseWeightHasChangedNeitherRunOutOfCreditNorOverrunIt() {
    for (int weightThere : new int[] {0, 12_000}) {
      // given: what its sender takes for 616 bytes weighs nothing there, or twenty times as much
      bus.reads((node, item) -> item instanceof Note ? new Note("y".repeat(weightThere)) : item);
      Link link = opened();
      near.heard.clear();
      heard.clear();
      // when
      for (int i = 0; i < 300; i++) {
        link.out().write(new Note("x".repeat(600)));
        near.link().out().write(new Note("x".repeat(600)));
      }
      run(200);
      // then
      assertThat(near.heard).hasSize(300);
      assertThat(heard).hasSize(300);
      // and: who reads nothing has no more than a window, as its sender reckons
      near.link().in().pause();
      wire.clear();
      for (int i = 0; i < 300; i++) {
        link.out().write(new Note("x".repeat(600)));
      }
      run(2000);
      assertThat(wire.stream().filter(StreamPacket.Data.class::isInstance)).hasSizeBetween(53, 107);
      link.fail(WHY);
      run(20);
    }
  }

  @Test
  void aQuestionGetsItsAnswerAndLeavesNothing() {
    // given
    near.node.inbox().onAsk(Note.class, q -> Future.succeededFuture(List.of(new Note("yes"))));
    far.node.inbox().onAsk(Note.class, q -> Future.succeededFuture(List.of(new Note("yes"))));
    // when
    Future<List<Message>> answer = opener.inbox().ask(QUEUE, new Note("well?"), PATIENCE);
    run(50);
    // then
    assertThat(answer.result()).containsExactly(new Note("yes"));
    run(500);
    assertNothingIsLeft();
  }

  @Test
  void aQuestionWhoseAnswererDiesIsAskedOfAnother() {
    // given
    near.node.inbox().onAsk(Note.class, q -> Future.future(never -> {}));
    far.node.inbox().onAsk(Note.class, q -> Future.succeededFuture(List.of(new Note("yes"))));
    Future<List<Message>> answer = opener.inbox().ask(QUEUE, new Note("well?"), PATIENCE);
    run(100);
    // when
    near.node.kill();
    run(3000);
    // then
    assertThat(answer.result()).containsExactly(new Note("yes"));
    run(500);
    assertNothingIsLeft();
  }

  @Test
  void aQuestionThatIsRefusedOrNotAnsweredFails() {
    near.node.inbox().onAsk(Note.class, q -> Future.failedFuture(WHY.toException()));
    Future<List<Message>> refused = opener.inbox().ask(QUEUE, new Note("well?"), PATIENCE);
    run(50);
    assertThat(Failure.of(Stage.OWNER, refused.cause())).isEqualTo(WHY);
    near.node.inbox().onAsk(Note.class, q -> Future.future(never -> {}));
    Future<List<Message>> silent = opener.inbox().ask(QUEUE, new Note("well?"), PATIENCE);
    run(5100);
    assertThat(Failure.of(Stage.OWNER, silent.cause()).kind()).isEqualTo(FailureKind.TIMEOUT);
    run(500);
    assertNothingIsLeft();
  }
}
