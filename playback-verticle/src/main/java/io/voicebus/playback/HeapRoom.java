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
 * what came since may be garbage, and is no reason to refuse anybody. Thread-safe.
 */
final class HeapRoom {
  /** Above this share of the heap a collector runs all the time, and soon in vain. */
  private static final double MOST = 0.8;

  private static final List<GarbageCollectorMXBean> COLLECTORS =
      ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);

  private static final Set<String> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());

  private final long maxBytes;
  private final LongSupplier left;

  HeapRoom(long maxBytes, LongSupplier left) {
    this.maxBytes = maxBytes;
    this.left = left;
  }

  /** Of this process. */
  static HeapRoom ofThisProcess() {
    return new HeapRoom(Runtime.getRuntime().maxMemory(), HeapRoom::leftByTheLastCollection);
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

  /** Whether another turn can be taken. */
  boolean has() {
    return left.getAsLong() < MOST * maxBytes;
  }
}
