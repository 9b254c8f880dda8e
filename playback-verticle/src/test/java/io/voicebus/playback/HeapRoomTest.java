package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapRoomTest {
  private final ScriptedHeap scripted = new ScriptedHeap();
  private final HeapRoom heap = new HeapRoom(100, scripted);

  private static final class ScriptedHeap implements HeapRoom.Heap {
    private long collections;
    private long left;
    private long used;

    @Override
    public long collections() {
      return collections;
    }

    @Override
    public long leftBytes() {
      return left;
    }

    @Override
    public long usedBytes() {
      return used;
    }
  }

  private void collectionLeaves(int bytes) {
    scripted.collections++;
    scripted.left = bytes;
    scripted.used = bytes;
  }

  @Test
  void thereIsRoomUntilTheLastCollectionHasLeftFourFifthsOfTheHeap() {
    collectionLeaves(79);
    assertThat(heap.has(10)).isTrue();
    collectionLeaves(80);
    assertThat(heap.has(10)).isFalse();
  }

  @Test
  void whatCameSinceTheLastCollectionMayBeGarbage() {
    collectionLeaves(20);
    scripted.used = 100;
    assertThat(heap.has(10)).isTrue();
    assertThat(heap.tight(10)).isFalse();
  }

  @Test
  void turnsHoldNoMoreThanIsHeardSoonBeforeNoneIsTaken() {
    collectionLeaves(64);
    assertThat(heap.tight(10)).isFalse();
    collectionLeaves(65);
    assertThat(heap.tight(10)).isTrue();
    assertThat(heap.has(10)).isTrue();
  }

  @Test
  void whereTurnsHaveEndedSinceThereIsRoomWithoutAnotherCollection() {
    // given: 100 turns hold it all
    collectionLeaves(90);
    assertThat(heap.has(100)).isFalse();
    // when
    for (int turns = 100; turns > 80; turns--) {
      heap.look(turns);
    }
    // then
    assertThat(heap.has(80)).isTrue();
    // but a collection knows better
    collectionLeaves(90);
    assertThat(heap.has(80)).isFalse();
  }

  @Test
  void turnsThatEndedBeforeTheCollectionHaveNoShareInWhatItLeft() {
    // given
    heap.look(100);
    heap.look(51);
    // when
    collectionLeaves(90);
    // then
    assertThat(heap.has(50)).isFalse();
  }

  @Test
  void whatTheCollectorHasFreedOnTheQuietCounts() {
    collectionLeaves(90);
    assertThat(heap.has(10)).isFalse();
    scripted.used = 30;
    assertThat(heap.has(10)).isTrue();
  }

  @Test
  void oneTurnAloneIsAlwaysTaken() {
    collectionLeaves(95);
    assertThat(heap.has(0)).isTrue();
  }

  @Test
  void ofThisProcessItIsKnownWhatACollectionLeaves() {
    // given
    byte[] kept = new byte[8 << 20];
    HeapRoom.Heap process = new HeapRoom.OfThisProcess();
    long before = process.collections();
    // when
    System.gc();
    // then
    assertThat(process.collections()).isGreaterThan(before);
    assertThat(process.leftBytes()).isBetween(8L << 20, 1L << 40);
    assertThat(process.usedBytes()).isBetween(8L << 20, 1L << 40);
    assertThat(kept).hasSize(8 << 20);
    assertThat(HeapRoom.ofThisProcess().has(1)).isTrue();
  }
}
