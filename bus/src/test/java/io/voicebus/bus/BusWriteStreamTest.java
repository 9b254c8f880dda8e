package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.voicebus.bus.VirtualBus.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The producer's end as a write stream of Vert.x. */
class BusWriteStreamTest {
  private final Pair pair = new Pair();
  private Link link;
  private BusWriteStream out;
  private BusReadStream in;
  private final List<Failure> told = new ArrayList<>();
  private int next;

  @BeforeEach
  void open() {
    link = pair.link().onFailure(told::add);
    out = link.out();
    in = pair.reader().stream;
  }

  @Test
  void aWriterThatStopsWhenFullAndGoesOnWhenDrainedGetsEverythingThrough() {
    // given
    out.setWriteQueueMaxSize(20_000);
    out.drainHandler(v -> fill(300));
    // when
    fill(300);
    assertThat(out.writeQueueFull()).isTrue();
    assertThat(next).isLessThan(40);
    pair.run(2000);
    // then
    assertThat(next).isEqualTo(300);
    out.end();
    pair.run(50);
    assertThat(pair.reader().received).hasSize(300);
    assertThat(pair.reader().ends).isEqualTo(1);
  }

  private void fill(int upTo) {
    while (next < upTo && !out.writeQueueFull()) {
      out.write(Pair.item(next++, 5000));
    }
  }

  @Test
  void writingWhenAWriteCompletesKeepsTheOrder() {
    in.pause();
    for (int i = 0; i < 5; i++) {
      out.write(Pair.item(next++, 30_000)).onSuccess(v -> out.write(Pair.item(next++, 100)));
    }
    pair.run(10);
    in.resume();
    pair.run(100);
    assertThat(pair.reader().received).hasSize(10).isSorted();
  }

  @Test
  void failingWhenAWriteCompletesDropsTheRest() {
    in.pause();
    List<Throwable> dropped = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int index = i;
      out.write(Pair.item(i, 30_000))
          .onSuccess(
              v -> {
                if (index == 3) {
                  link.fail(Pair.WHY);
                }
              })
          .onFailure(dropped::add);
    }
    pair.run(10);
    in.resume();
    pair.run(100);
    assertThat(dropped).hasSize(2);
    assertThat(pair.reader().received).containsExactly(0, 1, 2, 3);
    assertThat(pair.reader().failure).isEqualTo(Pair.WHY);
    assertThat(told).as("its own failure is no news").isEmpty();
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void callbacksThatThrowHarmNobody() {
    in.pause();
    out.setWriteQueueMaxSize(1);
    out.drainHandler(
        v -> {
          throw new IllegalStateException("expected by the test");
        });
    for (int i = 0; i < 6; i++) {
      Future<Void> sent = out.write(Pair.item(i, 30_000));
      if (!sent.isComplete()) {
        sent.onSuccess(
            v -> {
              throw new IllegalStateException("expected by the test");
            });
      }
    }
    in.resume();
    pair.run(100);
    Future<Void> end = out.end();
    pair.run(100);
    assertThat(pair.reader().received).hasSize(6);
    assertThat(end.succeeded()).isTrue();
  }

  @Test
  void theEndWaitsForCredit() {
    in.pause();
    for (int i = 0; i < 5; i++) {
      out.write(Pair.item(i, 30_000));
    }
    Future<Void> end = out.end();
    assertThat(out.isOpen()).isFalse();
    pair.run(1000);
    assertThat(end.isComplete()).isFalse();
    in.resume();
    pair.run(100);
    assertThat(end.succeeded()).isTrue();
    assertThat(pair.reader().ends).isEqualTo(1);
  }

  @Test
  void writingAfterTheEndFailsAndEndingTwiceIsOneEnd() {
    Future<Void> end = out.end();
    assertThat(out.end()).isSameAs(end);
    assertThat(out.write(Pair.item(0, 1)).failed()).isTrue();
    out.fail(Pair.WHY);
    pair.run(100);
    assertThat(end.succeeded()).isTrue();
    assertThat(pair.reader().ends).isEqualTo(1);
    assertThat(pair.reader().failures).isZero();
  }

  @Test
  void aCancelIsToldOnceAndFailsWhatWaits() {
    in.pause();
    List<Throwable> dropped = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      out.write(Pair.item(i, 30_000)).onFailure(dropped::add);
    }
    pair.run(10);
    pair.reader().link.fail(Pair.WHY);
    pair.run(2000);
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).isEqualTo(Pair.WHY);
    assertThat(dropped).hasSize(4);
    assertThat(out.end().failed()).isTrue();
    assertThat(out.write(Pair.item(0, 1)).failed()).isTrue();
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void aFailureThatComesBeforeItsHandlerWaitsForIt() {
    AtomicInteger late = new AtomicInteger();
    Link other = pair.link();
    pair.reader().link.fail(Pair.WHY);
    pair.run(50);
    other.onFailure(why -> late.incrementAndGet()).onFailure(why -> late.incrementAndGet());
    assertThat(late).hasValue(1);
  }

  @Test
  void aFailureIsRepeatedUntilTheConsumerKnows() {
    pair.bus.faults(StreamPacket.Fail.class, Faults.dropped(1));
    pair.bus.faults(StreamPacket.Cancel.class, Faults.dropped(1));
    link.fail(Pair.WHY);
    pair.run(300);
    pair.bus.faults(StreamPacket.Fail.class, Faults.NONE);
    pair.run(500);
    assertThat(pair.reader().failure).isEqualTo(Pair.WHY);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void anItemThatIsTooHeavyIsTheCallersFault() {
    assertThatThrownBy(() -> out.write(Pair.item(0, Limits.MAX_ITEM)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(out.isOpen()).isTrue();
  }

  @Test
  void aReadStreamIsPipedIntoAWriteStreamAtThePaceOfItsReader() {
    // given: out ──▶ in ══pipe══▶ onward ──▶ last
    pair.accept(pair.producer);
    Trace.Reader first = pair.reader();
    Future<Link> onward =
        pair.consumer.inbox().link("producer", Pair.head(1), Pair.PATIENCE).onSuccess(Pair::listen);
    in.pause();
    pair.run(50);
    Trace.Reader last = pair.reader();
    last.stream.pause();
    Future<Void> piped = in.pipeTo(onward.result().out()).onSuccess(all -> first.link.out().end());
    // when
    out.drainHandler(v -> fill(200));
    fill(200);
    pair.run(1000);
    assertThat(next).as("held back by the last reader").isLessThan(80);
    last.stream.resume();
    pair.run(3000);
    out.end();
    pair.run(100);
    // then
    assertThat(last.received).hasSize(200).isSorted();
    assertThat(last.ends).isEqualTo(1);
    assertThat(piped.succeeded()).isTrue();
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void aPipeWhoseTargetIsCancelledCancelsItsSource() {
    // given
    pair.accept(pair.producer);
    Future<Link> onward =
        pair.consumer.inbox().link("producer", Pair.head(1), Pair.PATIENCE).onSuccess(Pair::listen);
    in.pause();
    pair.run(50);
    Future<Void> piped = in.pipeTo(onward.result().out());
    // when
    pair.reader().link.fail(Pair.WHY);
    pair.run(50);
    fill(3);
    pair.run(100);
    // then
    assertThat(piped.failed()).isTrue();
    assertThat(told).hasSize(1);
    assertThat(pair.idle()).isTrue();
  }
}
