package io.voicebus.bus;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Faults of the bus, counted over all inboxes of this JVM. May be read by any thread. */
public enum BusCounter {
  STREAMS_LOST("streams that failed because an item never came"),
  PEERS_DIED("inboxes that fell silent"),
  OPENS_RETRIED("opens that were asked again, after a silence"),
  OPENS_REFUSED("opens that were refused"),
  OPENS_LATE("opens that were accepted after another instance had"),
  LATE_TICKS("heartbeats that came late because this JVM was busy or stood still"),
  UNKNOWN_ITEMS("items of a newer node, which were ignored"),
  UNREADABLE("packets that could not be read");

  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // a counter counts
  private final LongAdder count = new LongAdder();

  BusCounter(String meaning) {
    this.meaning = meaning;
  }

  void count() {
    count.increment();
  }

  /** How often, since the JVM started. */
  public long value() {
    return count.sum();
  }

  /** Its name for programs, such as {@code streams-lost}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All of them, for those who ask this node. */
  static List<NodePacket.Count> all() {
    return Arrays.stream(values())
        .map(counter -> new NodePacket.Count(counter.label(), counter.value()))
        .toList();
  }

  /** What it counts, for people. */
  public String meaning() {
    return meaning;
  }
}
