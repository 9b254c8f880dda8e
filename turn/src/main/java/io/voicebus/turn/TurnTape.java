package io.voicebus.turn;

import io.voicebus.bus.Message;

/**
 * Records one turn as it passes through its owner, for the operator. Called on the owner's context,
 * so it must return at once. Times are nanoseconds from the turn's acceptance, on the owner's
 * clock.
 */
public interface TurnTape {
  /** Of a turn that nobody takes down. */
  TurnTape NONE =
      new TurnTape() {
        @Override
        public void item(long nanos, Message item) {}

        @Override
        public void event(long nanos, TurnEvent event) {}
      };

  /**
   * A stage told something that is news, or the caller did. Of what workers say come {@link
   * io.voicebus.contract.SpeechPiece}s, and not the playout's audio.
   */
  void item(long nanos, Message item);

  /** The owner itself tells something; {@link TurnEvent.Ended} comes once, last. */
  void event(long nanos, TurnEvent event);
}
