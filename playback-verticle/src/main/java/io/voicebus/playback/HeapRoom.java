package io.voicebus.playback;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Whether the heap has room for another turn. What counts is what is left in use by the last
 * collection: garbage is no reason to refuse anybody. Thread-safe.
 */
final class HeapRoom {
  /** Above this share of the heap a collector runs all the time, and soon in vain. */
  private static final double MOST_LIVE = 0.75;

  private final long maxBytes;
  private final LongSupplier live;

  HeapRoom(long maxBytes, LongSupplier live) {
    this.maxBytes = maxBytes;
    this.live = live;
  }

  /** Of this process. */
  static HeapRoom ofThisProcess() {
    List<MemoryPoolMXBean> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    return new HeapRoom(
        Runtime.getRuntime().maxMemory(),
        () -> pools.stream().mapToLong(HeapRoom::afterCollection).sum());
  }

  private static long afterCollection(MemoryPoolMXBean pool) {
    MemoryUsage left = pool.getCollectionUsage();
    return left == null ? 0 : left.getUsed();
  }

  /** Whether another turn can be taken. */
  boolean hasRoom() {
    return live.getAsLong() < MOST_LIVE * maxBytes;
  }
}
