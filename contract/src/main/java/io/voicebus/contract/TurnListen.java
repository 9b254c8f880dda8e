package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, {@code http} to {@code http}: a client of the one wants to hear a turn that the other owns.
 * Back comes {@link TurnAccepted} or {@link TurnRefused}; then {@link PlayoutFormat}, {@link
 * ChunkAudio} and {@link TurnNews}, and last {@link TurnOver}. {@link Position}s and {@link
 * TurnCancel} may follow.
 *
 * @param turn which
 * @param from how many samples the client has; {@link #NEW} for one that does not come back
 * @param audio whether it takes the audio, as the turn's one listener
 * @param events whether it reads the events
 * @param lastEvent the last event that it has; 0 for none
 */
public record TurnListen(TurnId turn, long from, boolean audio, boolean events, long lastEvent)
    implements Message {
  /** A client that has said of no sample that it has it. */
  public static final long NEW = -1;
}
