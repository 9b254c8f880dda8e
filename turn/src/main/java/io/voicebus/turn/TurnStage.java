package io.voicebus.turn;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;

/** A stage of a turn as its owner sees it: behind a link, or the caller that writes the text. */
interface TurnStage {
  /** What becomes of it. */
  interface Listener {
    void item(TurnStage stage, Message item);

    /** The stage has done its part. */
    void ended(TurnStage stage);

    /**
     * It cannot go on.
     *
     * @param nodeLost whether that is for want of its node, so that another one might
     */
    void failed(TurnStage stage, Failure why, boolean nodeLost);
  }

  Stage stage();

  /** Begins, or begins at another instance. */
  void open(Message head);

  /** It has done its part: for a former owner of the turn, or as far as it could. */
  void markEnded();

  /** Whether the stage has done its part. */
  boolean hasEnded();

  /** Whether it may be taken over once more. */
  boolean mayBeTakenOver();

  /** Nothing is heard of it for now. */
  void pause();

  /** What it says is heard again: perhaps at once, from within this call. */
  void resume();

  /** The turn is over: what is being opened is not wanted any more. */
  void closeForGood(Failure why);
}
