package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, owner to who asked with {@link TurnListen}: the client is served.
 *
 * @param from the sample that it gets first
 * @param length of the turn in samples; {@link #UNKNOWN} while it goes on
 * @param complete whether the client has everything already, and the turn is over
 */
public record TurnAccepted(long from, long length, boolean complete) implements Message {
  /** The turn goes on. */
  public static final long UNKNOWN = -1;
}
