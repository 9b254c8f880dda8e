package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The consumer's end as a read stream of Vert.x. */
class BusReadStreamTest {
  private final Pair pair = new Pair();
  private BusWriteStream<Piece> out;
  private BusReadStream<Piece> in;
  private final List<Throwable> producerTold = new ArrayList<>();

  @BeforeEach
  void open() {
    out = pair.open().exceptionHandler(producerTold::add);
    in = pair.reader().stream;
  }

  @Test
  void deliversNothingWhilePausedAndEverythingWhenResumed() {
    in.pause();
    write(3);
    assertThat(pair.reader().received).isEmpty();
    in.resume();
    assertThat(pair.reader().received).containsExactly(0, 1, 2);
  }

  @Test
  void fetchDeliversAsManyAsAskedNowOrLater() {
    in.pause();
    in.fetch(2);
    write(1);
    in.fetch(1);
    write(5);
    assertThat(pair.reader().received).containsExactly(0, 0, 1);
    assertThatThrownBy(() -> in.fetch(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pausingWithinTheHandlerHoldsTheNextItem() {
    List<Integer> got = new ArrayList<>();
    in.handler(
        item -> {
          got.add(item.chunk());
          in.pause();
        });
    write(3);
    assertThat(got).containsExactly(0);
    in.fetch(1);
    assertThat(got).containsExactly(0, 1);
  }

  @Test
  void resumingWithinTheHandlerKeepsTheOrder() {
    in.pause();
    write(4);
    List<Integer> got = new ArrayList<>();
    in.handler(
        item -> {
          in.resume();
          got.add(item.chunk());
        });
    in.fetch(1);
    assertThat(got).containsExactly(0, 1, 2, 3);
  }

  @Test
  void theEndWaitsForTheItemsBeforeItAndForAPauseToPass() {
    in.pause();
    write(2);
    Future<Void> end = out.end();
    pair.run(50);
    assertThat(end.succeeded()).as("received, if not read").isTrue();
    in.fetch(1);
    assertThat(pair.reader().ends).isZero();
    in.resume();
    assertThat(pair.reader().ends).isEqualTo(1);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void theEndOfAStreamWithoutItemsNeedsNoItemHandler() {
    AtomicInteger ends = new AtomicInteger();
    pair.onOpen = stream -> stream.handler(null);
    BusWriteStream<Piece> empty = pair.open();
    pair.reader().stream.endHandler(v -> ends.incrementAndGet());
    empty.end();
    pair.run(50);
    assertThat(ends).hasValue(1);
  }

  @Test
  void anEndingThatComesBeforeItsHandlerWaitsForIt() {
    // given
    AtomicInteger told = new AtomicInteger();
    in.endHandler(null).exceptionHandler(null);
    BusWriteStream<Piece> second = pair.open();
    BusReadStream<Piece> failing = pair.reader().stream;
    failing.exceptionHandler(null);
    // when
    out.end();
    second.fail(Pair.WHY);
    pair.run(50);
    // then
    in.endHandler(v -> told.incrementAndGet()).endHandler(v -> told.incrementAndGet());
    assertThat(told).hasValue(1);
    failing
        .exceptionHandler(thrown -> told.incrementAndGet())
        .exceptionHandler(thrown -> told.incrementAndGet());
    assertThat(told).hasValue(2);
  }

  @Test
  void aFailureIsToldAtOnceEvenWhilePausedAndDropsWhatWaits() {
    in.pause();
    write(2);
    out.fail(Pair.WHY);
    pair.run(50);
    assertThat(pair.reader().failure).isEqualTo(Pair.WHY);
    in.resume();
    assertThat(pair.reader().received).isEmpty();
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void whatWasReceivedBeforeTheEndIsReadEvenIfTheProducerDies() {
    in.pause();
    write(3);
    out.end();
    pair.run(50);
    pair.producer.kill();
    pair.run(5000);
    in.resume();
    assertThat(pair.reader().received).containsExactly(0, 1, 2);
    assertThat(pair.reader().ends).isEqualTo(1);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void afterCancelWithinTheHandlerNothingIsCalled() {
    List<Integer> got = new ArrayList<>();
    in.handler(
        item -> {
          got.add(item.chunk());
          in.cancel(Pair.WHY);
          in.cancel(Pair.WHY);
        });
    write(5);
    pair.run(2000);
    assertThat(got).containsExactly(0);
    assertThat(pair.reader().ends + pair.reader().failures).isZero();
    assertThat(producerTold).hasSize(1);
    assertThat(Failure.of(Stage.OWNER, producerTold.get(0))).isEqualTo(Pair.WHY);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void aHandlerThatThrowsCancelsTheStreamAndBothSidesAreTold() {
    in.handler(
        item -> {
          throw new IllegalStateException("expected by the test");
        });
    write(2);
    assertThat(pair.reader().failures).isEqualTo(1);
    assertThat(Pair.kind(pair.reader().failure)).isEqualTo(FailureKind.INTERNAL);
    assertThat(producerTold).hasSize(1);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void anEndHandlerThatThrowsHarmsNobody() {
    in.endHandler(
        v -> {
          throw new IllegalStateException("expected by the test");
        });
    Future<Void> end = out.end();
    pair.run(50);
    assertThat(end.succeeded()).isTrue();
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void takingTheHandlerAwayCancelsAStreamThatFlowsAtItsNextItem() {
    in.handler(item -> in.handler(null));
    write(3);
    assertThat(producerTold).hasSize(1);
    assertThat(Pair.kind(producerTold.get(0))).isEqualTo(FailureKind.CANCELLED);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void aStreamMayBePausedGivenToAnotherHandlerAndResumed() {
    List<Integer> got = new ArrayList<>();
    in.handler(
        item -> {
          in.pause();
          in.handler(null);
        });
    write(3);
    in.handler(item -> got.add(item.chunk()));
    in.resume();
    assertThat(got).containsExactly(1, 2);
  }

  private void write(int items) {
    for (int i = 0; i < items; i++) {
      out.write(Pair.item(i, 100));
    }
    pair.run(50);
  }
}
