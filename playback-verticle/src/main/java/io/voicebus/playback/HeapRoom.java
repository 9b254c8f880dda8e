package io.voicebus.playback;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Whether the heap has room for another turn. What counts is what the last collection has left:
 * what came since may be garbage, and is no reason to refuse anybody. NOT thread-safe.
 */
final class HeapRoom {
  /** Above this share of the heap a collector runs all the time, and soon in vain. */
  private static final double MOST = 0.8;

  /** Between two collections that are asked for. */
  private static final long BETWEEN_NANOS = 10_000_000_000L;

  private static final List<GarbageCollectorMXBean> COLLECTORS =
      ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);

  private static final Set<String> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());

  private final long maxBytes;
  private final LongSupplier left;
  private final LongSupplier nanoTime;
  private final Runnable collect;
  private boolean asked;
  private long askedAt;

  /**
   * A heap.
   *
   * @param left bytes that the last collection has left
   * @param collect asks for one, and does not wait for it
   */
  HeapRoom(long maxBytes, LongSupplier left, LongSupplier nanoTime, Runnable collect) {
    this.maxBytes = maxBytes;
    this.left = left;
    this.nanoTime = nanoTime;
    this.collect = collect;
  }

  /** Of this process. */
  static HeapRoom of(LongSupplier nanoTime) {
    return new HeapRoom(
        Runtime.getRuntime().maxMemory(),
        HeapRoom::leftByTheLastCollection,
        nanoTime,
        HeapRoom::collectLater);
  }

  /** Bytes of this process; 0 before the first one. */
  static long leftByTheLastCollection() {
    long latest = -1;
    long bytes = 0;
    for (GarbageCollectorMXBean collector : COLLECTORS) {
      GcInfo last = collector.getLastGcInfo();
      if (last != null && last.getEndTime() > latest) {
        latest = last.getEndTime();
        bytes = 0;
        for (Map.Entry<String, MemoryUsage> pool : last.getMemoryUsageAfterGc().entrySet()) {
          bytes += HEAP.contains(pool.getKey()) ? pool.getValue().getUsed() : 0;
        }
      }
    }
    return bytes;
  }

  /**
   * Whether another turn can be taken. If not, a collection is asked for once in a while: where
   * nothing more is taken, none would come, and what has become free would not be seen.
   */
  boolean has() {
    if (left.getAsLong() < MOST * maxBytes) {
      return true;
    }
    long now = nanoTime.getAsLong();
    if (!asked || now - askedAt >= BETWEEN_NANOS) {
      asked = true;
      askedAt = now;
      collect.run();
    }
    return false;
  }

  /** Off the event loop, since it takes as long as it takes. */
  private static void collectLater() {
    Thread collector = new Thread(System::gc, "heap-room");
    collector.setDaemon(true);
    collector.start();
  }
}
