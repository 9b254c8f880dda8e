package io.voicebus.turn;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.MemoryBudget;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many turns there may be at once, over all owners that share it: no more than are allowed, and
 * no more than the process has memory for. Thread-safe.
 */
public final class TurnSlots {
  private final AtomicInteger taken = new AtomicInteger();
  private final int most;
  private final MemoryBudget memory;

  /** None is taken yet, and there is memory for all. */
  public TurnSlots(int most) {
    this(most, MemoryBudget.unlimited());
  }

  /**
   * None is taken yet.
   *
   * @param memory of the process, of which each turn takes what it needs
   */
  public TurnSlots(int most, MemoryBudget memory) {
    this.most = most;
    this.memory = memory;
  }

  /**
   * Takes one, to be {@link #release released}.
   *
   * @param bytes that the turn holds from its beginning
   * @throws VoicebusException why there is none
   */
  MemoryBudget.Share take(long bytes) {
    VoicebusException refusal = refusal();
    if (refusal != null) {
      throw refusal;
    }
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      throw tooMany(most);
    }
    MemoryBudget.Share share = memory.own(bytes);
    if (share == null) {
      taken.decrementAndGet();
      throw noMemory();
    }
    return share;
  }

  /** Gives one back. */
  void release(MemoryBudget.Share share) {
    taken.decrementAndGet();
    share.close();
  }

  /** Why there would be none now; null if there is one. */
  public @Nullable VoicebusException refusal() {
    int now = taken.get();
    if (now >= most) {
      return tooMany(now);
    }
    return memory.hasTurn() ? null : noMemory();
  }

  private static VoicebusException tooMany(int taken) {
    return new VoicebusException(
        Stage.OWNER,
        FailureKind.RATE_LIMITED,
        "there are " + taken + " turns already, the most that max-turns allows");
  }

  private VoicebusException noMemory() {
    return new VoicebusException(
        Stage.OWNER,
        FailureKind.UNAVAILABLE,
        "there is no memory left for another turn beside the "
            + taken.get()
            + " that are under way: try again in a moment, or give the server more (-Xmx)");
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
