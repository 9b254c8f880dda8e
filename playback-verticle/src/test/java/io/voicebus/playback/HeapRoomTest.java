package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapRoomTest {
  private static final long SECOND = 1_000_000_000L;

  private long left;
  private long now = -5 * SECOND;
  private int collections;
  private final HeapRoom heap = new HeapRoom(100, () -> left, () -> now, () -> collections++);

  @Test
  void thereIsRoomUntilTheLastCollectionHasLeftFourFifthsOfTheHeap() {
    left = 79;
    assertThat(heap.has()).isTrue();
    left = 80;
    assertThat(heap.has()).isFalse();
  }

  @Test
  void whereThereIsNoneACollectionIsAskedForOnceInAWhile() {
    left = 90;
    for (int i = 0; i < 30; i++) {
      assertThat(heap.has()).isFalse();
      now += SECOND;
    }
    assertThat(collections).isEqualTo(3);
    left = 10;
    assertThat(heap.has()).isTrue();
  }

  @Test
  void ofThisProcessItIsKnownWhatACollectionLeaves() {
    byte[] kept = new byte[8 << 20];
    System.gc();
    assertThat(HeapRoom.leftByTheLastCollection()).isBetween(8L << 20, 1L << 40);
    assertThat(kept).hasSize(8 << 20);
    assertThat(HeapRoom.of(System::nanoTime).has()).isTrue();
  }
}
