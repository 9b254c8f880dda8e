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
 * @param follow whether it takes the audio besides that listener: then it neither holds the turn up
 *     nor keeps it alive, nor takes over from anybody
 */
public record TurnListen(
    TurnId turn, long from, boolean audio, boolean events, long lastEvent, boolean follow)
    implements Message {
  /** A client that has said of no sample that it has it. */
  public static final long NEW = -1;

  /** A client that would be the listener. */
  public TurnListen(TurnId turn, long from, boolean audio, boolean events, long lastEvent) {
    this(turn, from, audio, events, lastEvent, false);
  }
}
