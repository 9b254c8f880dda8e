package io.voicebus.turn;

import java.util.concurrent.atomic.AtomicInteger;

/** How many turns there may be at once, over all owners that share it. Thread-safe. */
public final class TurnSlots {
  private final AtomicInteger taken = new AtomicInteger();
  private final int most;

  /** None is taken yet. */
  public TurnSlots(int most) {
    this.most = most;
  }

  /** Takes one, if there is one. */
  boolean take() {
    if (taken.incrementAndGet() <= most) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  void release() {
    taken.decrementAndGet();
  }

  /** How many turns are under way. */
  public int taken() {
    return taken.get();
  }

  /** How many there may be. */
  public int most() {
    return most;
  }
}
