package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapRoomTest {
  @Test
  void thereIsRoomUntilTheLastCollectionHasLeftFourFifthsOfTheHeap() {
    assertThat(new HeapRoom(100, () -> 79).has()).isTrue();
    assertThat(new HeapRoom(100, () -> 80).has()).isFalse();
  }

  @Test
  void ofThisProcessIsKnownWhatACollectionLeaves() {
    byte[] kept = new byte[8 << 20];
    System.gc();
    assertThat(HeapRoom.leftByTheLastCollection()).isBetween(8L << 20, 1L << 40);
    assertThat(kept).hasSize(8 << 20);
    assertThat(HeapRoom.ofThisProcess().has()).isTrue();
  }
}
