package io.voicebus.contract;

import io.voicebus.bus.Message;
import io.voicebus.bus.Packet;

/**
 * Worker to the turn's owner, for its ledger: what an attempt at a chunk has asked engines for so
 * far. Sent each time that it gives text to an engine or finds it said already, and again at the
 * attempt's end, so that one that is lost does no harm.
 *
 * @param turn the turn
 * @param chunk whose text it is
 * @param chars of the whole chunk's text
 * @param asked characters that engines were given
 * @param saved characters that were found instead
 * @param attempt which of its attempts, as the worker counts
 */
public record Asked(
    String from, TurnId turn, int chunk, int chars, int asked, int saved, int attempt)
    implements Packet, Message {
  /** What it says beyond what the same attempt said before. */
  public Asked since(Asked before) {
    return new Asked(
        from,
        turn,
        chunk,
        chars,
        Math.max(0, asked - before.asked),
        Math.max(0, saved - before.saved),
        attempt);
  }

  /** What is known after both. */
  public Asked or(Asked other) {
    return new Asked(
        from,
        turn,
        chunk,
        chars,
        Math.max(asked, other.asked),
        Math.max(saved, other.saved),
        attempt);
  }

  /** What it comes to when none of it is heard. */
  public Characters unheard() {
    return new Characters(asked, 0, asked, saved);
  }
}
