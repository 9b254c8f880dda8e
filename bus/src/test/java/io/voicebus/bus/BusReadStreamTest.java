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
  private Link link;
  private BusWriteStream out;
  private BusReadStream in;
  private final List<Failure> producerTold = new ArrayList<>();

  @BeforeEach
  void open() {
    link = pair.link().onFailure(producerTold::add);
    out = link.out();
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
          got.add(((Piece) item).chunk());
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
          got.add(((Piece) item).chunk());
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
    pair.run(50);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void theEndOfAStreamWithoutItemsNeedsNoItemHandler() {
    AtomicInteger ends = new AtomicInteger();
    pair.onLink = opened -> opened.in().handler(null);
    BusWriteStream empty = pair.open();
    pair.reader().stream.endHandler(v -> ends.incrementAndGet());
    empty.end();
    pair.run(50);
    assertThat(ends).hasValue(1);
  }

  @Test
  void anEndThatComesBeforeItsHandlerWaitsForIt() {
    // given
    AtomicInteger ends = new AtomicInteger();
    in.endHandler(null);
    // when
    out.end();
    pair.run(50);
    // then
    in.endHandler(v -> ends.incrementAndGet()).endHandler(v -> ends.incrementAndGet());
    assertThat(ends).hasValue(1);
  }

  @Test
  void aFailureIsToldAtOnceEvenWhilePausedAndDropsWhatWaits() {
    in.pause();
    write(2);
    link.fail(Pair.WHY);
    pair.run(50);
    assertThat(pair.reader().failure).isEqualTo(Pair.WHY);
    in.resume();
    assertThat(pair.reader().received).isEmpty();
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void afterCancelWithinTheHandlerNothingIsCalled() {
    List<Integer> got = new ArrayList<>();
    in.handler(
        item -> {
          got.add(((Piece) item).chunk());
          pair.reader().link.fail(Pair.WHY);
          pair.reader().link.fail(Pair.WHY);
        });
    write(5);
    pair.run(2000);
    assertThat(got).containsExactly(0);
    assertThat(pair.reader().ends + pair.reader().failures).isZero();
    assertThat(producerTold).hasSize(1);
    assertThat(producerTold.get(0)).isEqualTo(Pair.WHY);
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
    pair.reader().link.out().end();
    pair.run(50);
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
    in.handler(item -> got.add(((Piece) item).chunk()));
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
