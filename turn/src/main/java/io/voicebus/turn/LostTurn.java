package io.voicebus.turn;

import io.voicebus.contract.CopyOpen;
import io.voicebus.contract.Sink;

/** A turn whose owner is lost, for the one who goes on with it. */
public final class LostTurn {
  private final CopyOpen head;
  private final TurnCopy copy;

  /**
   * One.
   *
   * @param head as its owner opened the copy
   * @param copy what is known of it
   */
  LostTurn(CopyOpen head, TurnCopy copy) {
    this.head = head;
    this.copy = copy;
  }

  CopyOpen head() {
    return head;
  }

  TurnCopy copy() {
    return copy;
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
