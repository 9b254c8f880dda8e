package io.voicebus.turn;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens to the copies of turns, over all owners of this JVM. May be read by any
 * thread.
 */
public enum CopyCounter {
  MADE("copies that another node began to keep"),
  MOVED("copies whose node was lost, and that another one keeps"),
  VOID("copies that were given up because their node did not keep pace, or they grew too long"),
  LATE("pieces of audio that did not wait any longer for the copy's node to know who speaks"),
  PACKETS("messages with facts for copies"),
  RESUMED("turns that go on here because their owner was lost"),
  SUPERSEDED("turns that were given up because another node goes on with them");

  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // a counter counts
  private final LongAdder count = new LongAdder();

  CopyCounter(String meaning) {
    this.meaning = meaning;
  }

  void count() {
    count.increment();
  }

  /** How often, since the JVM started. */
  public long value() {
    return count.sum();
  }

  /** What it counts, for people. */
  public String meaning() {
    return meaning;
  }
}
