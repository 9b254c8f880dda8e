package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.voicebus.bus.VirtualBus.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final Duration KNOWN_DEAD = Duration.ofSeconds(2);

  private final Pair pair = new Pair();

  @Test
  void anEndIsToldAfterTheLastItemAndLeavesNothingBehind() {
    // given
    BusWriteStream stream = pair.open();
    // when
    for (int i = 0; i < 100; i++) {
      stream.write(Pair.item(i, 4000));
    }
    Future<Void> end = stream.end();
    pair.run(200);
    // then
    assertThat(end.succeeded()).isTrue();
    assertThat(pair.reader().received).hasSize(100);
    assertThat(pair.reader().ends).isEqualTo(1);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void theDeathOfTheProducerIsKnownWithinTwoSeconds() {
    pair.open();
    pair.run(1234);
    pair.producer.kill();
    assertThat(pair.bus.until(() -> pair.reader().failures == 1, KNOWN_DEAD)).isNotNull();
    assertThat(Pair.kind(pair.reader().failure)).isEqualTo(FailureKind.LOST);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void theDeathOfTheConsumerIsKnownWithinTwoSeconds() {
    // given
    Link link = pair.link();
    BusWriteStream stream = link.out();
    List<Failure> told = new ArrayList<>();
    link.onFailure(told::add);
    pair.run(777);
    Future<Void> end = stream.write(Pair.item(0, 10)).compose(v -> stream.end());
    // when
    pair.consumer.kill();
    // then
    assertThat(pair.bus.until(() -> !told.isEmpty(), KNOWN_DEAD)).isNotNull();
    assertThat(end.failed()).isTrue();
    pair.run(5000);
    assertThat(told).hasSize(1);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void aFrozenNodeDeclaresNobodyDead() {
    // given
    BusWriteStream stream = pair.open();
    AtomicInteger deaths = new AtomicInteger();
    pair.consumer.inbox().watch("producer", deaths::incrementAndGet);
    VirtualBus.Node third = pair.bus.node("third");
    pair.consumer.inbox().watch("third", deaths::incrementAndGet);
    // when
    for (int pause : new int[] {900, 2000, 30_000, 1700}) {
      pair.run(1100);
      pair.consumer.freeze();
      pair.run(pause);
      pair.consumer.thaw();
    }
    pair.run(3000);
    // then
    assertThat(deaths).hasValue(0);
    assertThat(third.alive()).isTrue();
    assertThat(stream.isOpen()).as("the other side gave it up, as it must").isFalse();
  }

  @Test
  void aNodeThatIsFrozenAgainRightAfterItThawedDeclaresNobodyDead() {
    // given
    AtomicInteger deaths = new AtomicInteger();
    pair.consumer.inbox().watch("producer", deaths::incrementAndGet);
    pair.run(1000);
    // when
    for (int again = 0; again < 3; again++) {
      pair.consumer.freeze();
      pair.run(3000);
      pair.consumer.thaw();
      pair.run(100);
    }
    pair.run(3000);
    // then
    assertThat(deaths).hasValue(0);
  }

  @Test
  void aTickThatIsLateSparesEvenOneThatWasSilentBeforeSinceItsWordMayWaitToBeRead() {
    // given
    AtomicInteger deaths = new AtomicInteger();
    pair.consumer.inbox().watch("producer", deaths::incrementAndGet);
    pair.run(1300);
    pair.bus.faults(StreamPacket.Heartbeat.class, Faults.dropped(1));
    pair.run(1200);
    // when
    pair.consumer.freeze();
    pair.producer.inbox().send("consumer", new StreamPacket.Closed("producer", 99));
    pair.run(1000);
    pair.bus.faults(Faults.NONE);
    pair.consumer.thaw();
    pair.run(3000);
    // then
    assertThat(deaths).hasValue(0);
  }

  @Test
  void aNodeWhoseTimersAreAlwaysLateStillNoticesADeath() {
    // given
    pair.open();
    pair.run(1000);
    // when
    pair.producer.kill();
    int rounds = 0;
    while (pair.reader().failures == 0 && rounds < 12) {
      pair.consumer.freeze();
      pair.run(700);
      pair.consumer.thaw();
      pair.run(1);
      rounds++;
    }
    // then
    assertThat(pair.reader().failures).isEqualTo(1);
  }

  @Test
  void aWatchedInboxThatDiesIsToldOnceAndALivingOneNever() {
    // given
    AtomicInteger deaths = new AtomicInteger();
    pair.producer.inbox().watch("consumer", deaths::incrementAndGet);
    pair.run(10_000);
    assertThat(deaths).hasValue(0);
    // when
    pair.consumer.kill();
    // then
    assertThat(pair.bus.until(() -> deaths.get() == 1, KNOWN_DEAD)).isNotNull();
    pair.run(5000);
    assertThat(deaths).hasValue(1);
    assertThat(pair.producer.inbox().idle()).isTrue();
  }

  @Test
  void aReleasedWatchLeavesNothingBehindNotEvenHeartbeatsThatAnswerEachOther() {
    // given
    Tie tie = pair.producer.inbox().watch("consumer", () -> {});
    // when
    pair.bus.until(
        () -> pair.wire.stream().anyMatch(StreamPacket.Heartbeat.class::isInstance),
        Duration.ofSeconds(1));
    tie.release();
    tie.release();
    pair.wire.clear();
    pair.run(5000);
    // then
    assertThat(pair.wire).as("one answer to the beat that was under way").hasSizeLessThan(2);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void aWatcherThatThrowsHarmsNobody() {
    // given
    AtomicInteger deaths = new AtomicInteger();
    Inbox inbox = pair.producer.inbox();
    for (int i = 0; i < 3; i++) {
      inbox.watch(
          "consumer",
          () -> {
            deaths.incrementAndGet();
            throw new IllegalStateException("expected by the test");
          });
    }
    VirtualBus.Node other = pair.bus.node("other");
    AtomicInteger laterDeaths = new AtomicInteger();
    inbox.watch("other", laterDeaths::incrementAndGet);
    // when
    pair.consumer.kill();
    pair.run(3000);
    other.kill();
    pair.run(3000);
    // then
    assertThat(deaths).hasValue(3);
    assertThat(laterDeaths).hasValue(1);
  }

  @Test
  void heartbeatsArePerPairNotPerStream() {
    for (int i = 0; i < 50; i++) {
      pair.open();
    }
    pair.wire.clear();
    pair.run(4000);
    assertThat(pair.sent(StreamPacket.Heartbeat.class)).hasSizeBetween(18, 22);
    assertThat(pair.wire).hasSameSizeAs(pair.sent(StreamPacket.Heartbeat.class));
  }

  @Test
  void anOpenThatIsNotAnsweredIsTriedElsewhereAfterAQuarterOfASecond() {
    // given
    VirtualBus.Node second = pair.bus.node("second");
    pair.accept(second);
    pair.bus.serve("both", second, pair.consumer);
    pair.consumer.kill();
    // when
    long start = pair.bus.now();
    Link link = pair.link("both");
    // then
    assertThat(link.peer()).isEqualTo("second");
    assertThat(Duration.ofNanos(pair.bus.now() - start)).isBetween(ms(250), ms(300));
  }

  @Test
  void anOpenThatNobodyAnswersOrServesFailsWhenThePatienceIsOver() {
    // given
    List<Throwable> told = new ArrayList<>();
    pair.consumer.kill();
    // when
    pair.ask(Pair.QUEUE).onFailure(told::add);
    pair.ask("nowhere").onFailure(told::add);
    // then
    pair.run(4900);
    assertThat(told).isEmpty();
    assertThat(pair.bus.until(() -> told.size() == 2, ms(200))).isNotNull();
    assertThat(told).allMatch(thrown -> Pair.kind(thrown) == FailureKind.UNAVAILABLE);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void aLinkWhoseOpenerNeverCameVanishes() {
    // given
    pair.onLink = link -> pair.producer.kill();
    // when
    pair.ask(Pair.QUEUE);
    // then
    assertThat(pair.bus.until(() -> !pair.readers.isEmpty(), ms(10))).isNotNull();
    assertThat(pair.bus.until(() -> pair.reader().over(), KNOWN_DEAD)).isNotNull();
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void anAnswerThatComesAfterTheOpenerGaveUpIsCleanedAway() {
    // given
    pair.bus.faults(StreamPacket.Opened.class, new Faults(0, 0, 0, 1, Duration.ofSeconds(3)));
    // when
    Future<Link> opened = pair.ask(Pair.QUEUE);
    pair.run(4500);
    // then
    assertThat(opened.isComplete()).isTrue();
    opened.onSuccess(link -> link.out().end());
    pair.run(500);
    assertThat(pair.readers).as("all tries ask for one link").hasSize(1);
    assertThat(pair.readers).allMatch(Trace.Reader::over);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void anOpenThatComesTwiceIsOneLink() {
    pair.bus.faults(StreamPacket.Open.class, new Faults(0, 1, 0, 0, Duration.ZERO));
    BusWriteStream stream = pair.open();
    stream.write(Pair.item(0, 10));
    stream.end();
    pair.run(100);
    assertThat(pair.readers).hasSize(1);
    assertThat(pair.reader().ends).isEqualTo(1);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void whoFailsTheLinkWhileItAcceptsRefuses() {
    pair.onLink = link -> link.fail(Pair.WHY);
    List<Throwable> told = new ArrayList<>();
    pair.ask(Pair.QUEUE).onFailure(told::add);
    pair.run(50);
    assertThat(told).hasSize(1);
    assertThat(Failure.of(Stage.OWNER, told.get(0))).isEqualTo(Pair.WHY);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void aCancelThatOvertakesTheAnswerToTheOpenIsNotForgotten() {
    // given
    pair.bus.faults(StreamPacket.Opened.class, new Faults(0, 0, 0, 1, ms(300)));
    pair.onLink = link -> pair.consumer.execute(() -> link.fail(Pair.WHY));
    List<Throwable> told = new ArrayList<>();
    // when
    pair.ask(Pair.QUEUE).onFailure(told::add);
    pair.run(350);
    // then
    assertThat(told).hasSize(1);
    assertThat(Failure.of(Stage.OWNER, told.get(0))).isEqualTo(Pair.WHY);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void anOpenHandlerThatThrowsRefusesAndKeepsNothing() {
    pair.onLink =
        link -> {
          throw new IllegalStateException("expected by the test");
        };
    List<Throwable> told = new ArrayList<>();
    pair.ask(Pair.QUEUE).onFailure(told::add);
    pair.run(50);
    assertThat(told).hasSize(1);
    assertThat(Pair.kind(told.get(0))).isEqualTo(FailureKind.INTERNAL);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void aLostAcknowledgementOfTheEndCostsNothing() {
    // given
    BusWriteStream stream = pair.open();
    stream.write(Pair.item(0, 10));
    pair.bus.faults(StreamPacket.Closed.class, Faults.dropped(1));
    // when
    Future<Void> end = stream.end();
    pair.run(100);
    pair.bus.faults(Faults.NONE);
    pair.run(500);
    // then
    assertThat(end.succeeded()).as("wholly received").isTrue();
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void aLostCancelIsToldAgainWithItsReason() {
    // given
    List<Failure> told = new ArrayList<>();
    pair.link().onFailure(told::add);
    pair.bus.faults(StreamPacket.Fail.class, Faults.dropped(1));
    pair.bus.faults(StreamPacket.Cancel.class, Faults.dropped(1));
    // when
    pair.reader().link.fail(Pair.WHY);
    pair.run(100);
    pair.bus.faults(StreamPacket.Cancel.class, Faults.NONE);
    pair.run(1000);
    // then
    assertThat(told).containsExactly(Pair.WHY);
  }

  @Test
  void closingEndsEveryLinkOnBothSides() {
    // given
    List<Failure> told = new ArrayList<>();
    pair.link().onFailure(told::add);
    // when
    pair.consumer.inbox().close();
    pair.run(50);
    // then
    assertThat(pair.reader().failures).isEqualTo(1);
    assertThat(told).hasSize(1);
    assertThat(Pair.kind(told.get(0))).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void anInboxMayLinkToItself() {
    BusWriteStream stream = pair.open();
    pair.accept(pair.producer);
    BusWriteStream own = pair.link("producer").out();
    for (int i = 0; i < 500; i++) {
      own.write(Pair.item(i, 8000));
    }
    own.end();
    pair.run(3000);
    assertThat(pair.reader().received).hasSize(500);
    assertThat(pair.reader().ends).isEqualTo(1);
    stream.end();
    pair.run(100);
    assertThat(pair.idle()).isTrue();
  }

  private static Duration ms(long ms) {
    return Duration.ofMillis(ms);
  }
}
