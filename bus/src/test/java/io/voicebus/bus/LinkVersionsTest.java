package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

/** Links between nodes of different versions. */
class LinkVersionsTest extends LinkBench {
  private static final Note FUTURE = new Note("of a type that only newer nodes know");

  @Test
  void itemsOfUnknownTypesAreIgnoredWithoutALossOrAGapInTheCredit() {
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
  void anOpenWithAnUnknownHeadGoesToANodeThatKnowsIt() {
    bus.reads((node, head) -> node.equals("near") ? VirtualBus.UNKNOWN : head);
    assertThat(opened().peer()).isEqualTo("far");
    assertThat(near.node.inbox().idle()).isTrue();
  }

  @Test
  void anOpenWithAHeadThatNobodyKnowsFailsInWords() {
    bus.reads((node, head) -> VirtualBus.UNKNOWN);
    Future<Link> link = open();
    run(6000);
    assertThat(Failure.of(Stage.OWNER, link.cause()).detail()).contains("update");
    assertNothingIsLeft();
  }

  @Test
  void itemsThatWeighMoreOrLessAtTheReceiverNeitherRunOutOfCreditNorOverrunIt() {
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
}
