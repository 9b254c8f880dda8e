package io.voicebus.turn;

import io.voicebus.contract.CopyOpen;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.Sink;

/** A turn whose owner is lost, for the instance that continues it. */
public final class LostTurn {
  private final CopyOpen head;
  private final TurnCopy copy;
  private final MemoryBudget.Share share;

  /**
   * One.
   *
   * @param head as its owner opened the copy
   * @param copy what is known of it
   * @param share of memory, for who goes on with it
   */
  LostTurn(CopyOpen head, TurnCopy copy, MemoryBudget.Share share) {
    this.head = head;
    this.copy = copy;
    this.share = share;
  }

  CopyOpen head() {
    return head;
  }

  TurnCopy copy() {
    return copy;
  }

  MemoryBudget.Share share() {
    return share;
  }

  /** How many samples its listener had been given, as far as is known. */
  public long delivered() {
    return copy.lastSample();
  }

  /** How often it will have changed its owner when it goes on. */
  public int generation() {
    return head.generation() + 1;
  }

  /** As its caller asked for it. */
  public TurnRequest request() {
    return new TurnRequest(
        head.prompt(), head.turn().options(), Sink.BUS, "", head.background(), head.turn().trace());
  }
}
