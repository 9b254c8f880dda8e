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
import java.util.stream.Collectors;

/**
 * Whether the heap has room for another turn, and for speech that nobody waits for yet. What counts
 * is what the last collection has left: what came since may be garbage, and is no reason to refuse
 * anybody. Turns that have ended since have left their share of it; so there is room again when
 * they are gone, also where nothing is taken any more and so no collection comes. NOT thread-safe.
 */
final class HeapRoom {
  /** Above this share of the heap a collector runs all the time, and soon in vain. */
  private static final double MOST = 0.8;

  /** Above this share turns hold no more than their listeners are about to hear. */
  private static final double TIGHT = 0.65;

  /** A heap. */
  interface Heap {
    /** How many collections there were. */
    long collections();

    /** Bytes that the last one has left; 0 before the first one. */
    long leftBytes();

    /** Bytes that are in use, garbage included. */
    long usedBytes();
  }

  private final long maxBytes;
  private final Heap heap;
  private long collections = -1;
  private long leftBytes;

  /** Turns at the last collection. */
  private int turnsThen;

  HeapRoom(long maxBytes, Heap heap) {
    this.maxBytes = maxBytes;
    this.heap = heap;
  }

  /** Of this process. */
  static HeapRoom ofThisProcess() {
    return new HeapRoom(Runtime.getRuntime().maxMemory(), new OfThisProcess());
  }

  /**
   * The number of turns is about to change.
   *
   * @param turns how many there are, and have been since this was called last
   */
  void look(int turns) {
    long now = heap.collections();
    if (now != collections) {
      collections = now;
      leftBytes = heap.leftBytes();
      turnsThen = turns;
    }
  }

  /** Whether there may be another turn beside so many. One alone is always taken. */
  boolean has(int turns) {
    return turns == 0 || live(turns) < MOST * maxBytes;
  }

  /** Whether so many turns are to hold no more than is heard soon. */
  boolean tight(int turns) {
    return live(turns) >= TIGHT * maxBytes;
  }

  /** Bytes that are in use for certain, by the best of what is known. */
  private double live(int turns) {
    look(turns);
    double bytes = Math.min(leftBytes, heap.usedBytes());
    return turns < turnsThen ? bytes * turns / turnsThen : bytes;
  }

  /** The heap of this process. */
  static final class OfThisProcess implements Heap {
    private static final List<GarbageCollectorMXBean> COLLECTORS =
        ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);

    private static final Set<String> POOLS =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());

    @Override
    public long collections() {
      long count = 0;
      for (GarbageCollectorMXBean collector : COLLECTORS) {
        count += collector.getCollectionCount();
      }
      return count;
    }

    @Override
    public long leftBytes() {
      long latest = -1;
      long bytes = 0;
      for (GarbageCollectorMXBean collector : COLLECTORS) {
        GcInfo last = collector.getLastGcInfo();
        if (last != null && last.getEndTime() > latest) {
          latest = last.getEndTime();
          bytes = 0;
          for (Map.Entry<String, MemoryUsage> pool : last.getMemoryUsageAfterGc().entrySet()) {
            bytes += POOLS.contains(pool.getKey()) ? pool.getValue().getUsed() : 0;
          }
        }
      }
      return bytes;
    }

    @Override
    public long usedBytes() {
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }
  }
}
