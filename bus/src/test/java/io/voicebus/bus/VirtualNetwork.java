package io.voicebus.bus;

import io.voicebus.bus.VirtualBus.Faults;
import io.voicebus.bus.VirtualBus.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When packets arrive, and whether they do. The order is kept for each pair of inboxes, as the
 * event bus keeps it; every type of packet may be dropped, doubled, delayed (and the packets behind
 * it as well) or overtaken. The same seed gives the same arrivals.
 */
final class VirtualNetwork {
  private static final long HOP = TimeUnit.MICROSECONDS.toNanos(300);
  private static final int JITTER_NANOS = 2_000_000;

  private final Random random;
  private final Map<String, Long> lastArrival = new HashMap<>();
  private final Map<Class<?>, Faults> faults = new HashMap<>();
  private final Set<String> cutLinks = new HashSet<>();
  private final Map<String, Long> connectedAt = new HashMap<>();
  private long coldNanos;
  private Faults otherwise = Faults.NONE;

  VirtualNetwork(long seed) {
    random = new Random(seed);
  }

  void faults(Class<? extends Packet> type, Faults newFaults) {
    faults.put(type, newFaults);
  }

  void faults(Faults newFaults) {
    faults.clear();
    otherwise = newFaults;
  }

  /** Loses all that one node sends to another, or heals that. */
  void cut(Node from, Node to, boolean broken) {
    if (broken && from != to) {
      cutLinks.add(pair(from.name(), to.name()));
    } else {
      cutLinks.remove(pair(from.name(), to.name()));
    }
  }

  /** Whether no packet gets through. */
  boolean isCut(@Nullable Node from, Node to) {
    return to.isCutOff()
        || (from != null && (from.isCutOff() || cutLinks.contains(pair(from.name(), to.name()))));
  }

  /** From now on a connection between two machines takes this long to be made. */
  void cold(Duration connecting) {
    coldNanos = connecting.toNanos();
    connectedAt.clear();
  }

  /**
   * When the copies of one packet arrive, in nanoseconds of virtual time: none if it is dropped,
   * two if it is doubled.
   *
   * @param from null for a sender that is no node of this bus
   */
  List<Long> arrivals(@Nullable Node from, Node to, Class<? extends Packet> type, long now) {
    Faults fault = faults.getOrDefault(type, otherwise);
    if (random.nextDouble() < fault.drop()) {
      return List.of();
    }
    int copies = random.nextDouble() < fault.twice() ? 2 : 1;
    List<Long> arrivals = new ArrayList<>(copies);
    for (int i = 0; i < copies; i++) {
      arrivals.add(arrival(from, to, fault, now));
    }
    return arrivals;
  }

  private long arrival(@Nullable Node from, Node to, Faults fault, long now) {
    long at = connectedAt(from, to, now) + HOP + random.nextInt(JITTER_NANOS);
    long longest = Math.max(1, fault.longest().toNanos());
    if (random.nextDouble() < fault.overtaken()) {
      return at + random.nextLong(longest);
    }
    if (random.nextDouble() < fault.delay()) {
      at += random.nextLong(longest);
    }
    String pair = pair(from == null ? "" : from.name(), to.name());
    at = Math.max(at, lastArrival.getOrDefault(pair, 0L));
    lastArrival.put(pair, at);
    return at;
  }

  private long connectedAt(@Nullable Node from, Node to, long now) {
    return from == null || from.machine().equals(to.machine())
        ? now
        : Math.max(
            now,
            connectedAt.computeIfAbsent(
                pair(from.machine(), to.machine()), pair -> now + coldNanos));
  }

  private static String pair(String from, String to) {
    return from + ">" + to;
  }
}
