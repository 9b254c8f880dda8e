package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.voicebus.bus.VirtualBus.Faults;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusStreamCreditTest {
  private final Pair pair = new Pair();
  private final CreditLaw law = new CreditLaw();

  BusStreamCreditTest() {
    pair.bus.tap(law::see);
  }

  @Test
  void aConsumerThatNeverReadsHoldsAtMostOneWindow() {
    // given
    pair.onLink = link -> link.in().pause();
    BusWriteStream stream = pair.open();
    // when
    for (int i = 0; i < 200; i++) {
      stream.write(Pair.item(i, 4000));
    }
    pair.run(3000);
    // then
    long unread =
        pair.sent(StreamPacket.Data.class).stream().mapToLong(data -> data.item().weight()).sum();
    assertThat(unread).isBetween(Limits.STREAM_WINDOW - 5000, Limits.STREAM_WINDOW);
    assertThat(stream.writeQueueFull()).isTrue();
  }

  @Test
  void consumersThatNeverReadDoNotStarveTheOthersOfTheirPair() {
    // given
    pair.onLink = link -> link.in().pause();
    for (int i = 0; i < 40; i++) {
      BusWriteStream blocked = pair.open();
      for (int item = 0; item < 30; item++) {
        blocked.write(Pair.item(item, 8000));
      }
    }
    pair.onLink = link -> {};
    BusWriteStream free = pair.open();
    // when
    for (int item = 0; item < 300; item++) {
      free.write(Pair.item(item, 30_000));
    }
    Future<Void> end = free.end();
    pair.run(2000);
    // then
    assertThat(pair.reader().received).hasSize(300);
    assertThat(end.succeeded()).isTrue();
  }

  @Test
  void twoHundredStreamsShareThePairsCreditAndAllGetThrough() {
    // given
    List<Future<Void>> ends = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      BusWriteStream stream = pair.open();
      for (int item = 0; item < 20; item++) {
        stream.write(Pair.item(item, 16_000));
      }
      ends.add(stream.end());
    }
    // when
    pair.run(5000);
    // then
    assertThat(ends).allMatch(Future::succeeded);
    assertThat(pair.readers).allMatch(reader -> reader.received.size() == 20);
    assertThat(pair.idle()).isTrue();
  }

  @Test
  void lostCreditsOfBothKindsAreRepairedByHeartbeats() {
    pair.bus.faults(StreamPacket.Credit.class, Faults.dropped(1));
    pair.bus.faults(StreamPacket.PeerCredit.class, Faults.dropped(1));
    BusWriteStream stream = pair.open();
    for (int item = 0; item < 50; item++) {
      stream.write(Pair.item(item, 30_000));
    }
    Future<Void> end = stream.end();
    pair.run(20_000);
    assertThat(end.succeeded()).isTrue();
    assertThat(pair.reader().received).hasSize(50);
  }

  @Test
  void itemsOfTheGreatestWeightNeverGetStuck() {
    BusWriteStream stream = pair.open();
    for (int item = 0; item < 100; item++) {
      stream.write(Pair.item(item, Limits.MAX_ITEM - 16 - item % 2));
    }
    Future<Void> end = stream.end();
    pair.run(1000);
    assertThat(end.succeeded()).isTrue();
    assertThat(pair.reader().received).hasSize(100);
  }

  @Test
  void writesCompleteInOrderWhenTheirItemIsSent() {
    // given
    pair.onLink = link -> link.in().pause();
    Link link = pair.link();
    BusWriteStream stream = link.out();
    List<Integer> sent = new ArrayList<>();
    List<Integer> dropped = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int index = i;
      stream
          .write(Pair.item(i, 20_000))
          .onSuccess(v -> sent.add(index))
          .onFailure(thrown -> dropped.add(index));
    }
    pair.run(100);
    assertThat(sent).containsExactly(0, 1, 2);
    // when
    pair.reader().stream.fetch(4);
    pair.run(100);
    link.fail(Pair.WHY);
    // then
    assertThat(sent).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(dropped).containsExactly(6, 7, 8, 9);
  }

  @Test
  void droppedItemsCountForThePairsCreditAsReceived() {
    // given
    BusWriteStream other = pair.open();
    pair.bus.faults(StreamPacket.Data.class, Faults.dropped(1));
    for (int lost = 0; lost < 40; lost++) {
      BusWriteStream stream = pair.open();
      stream.write(Pair.item(0, 30_000));
      stream.write(Pair.item(1, 30_000));
    }
    pair.run(1000);
    pair.bus.faults(Faults.NONE);
    // when
    for (int item = 0; item < 100; item++) {
      other.write(Pair.item(item, 30_000));
    }
    Future<Void> end = other.end();
    pair.run(1500);
    // then
    assertThat(end.succeeded()).isTrue();
  }
}
