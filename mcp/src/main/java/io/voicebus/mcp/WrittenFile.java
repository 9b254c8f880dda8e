package io.voicebus.mcp;

import io.voicebus.turn.TurnEvent;

/** A text that is written to a file. */
final class WrittenFile extends SaidText {
  private final String path;

  WrittenFile(McpTurns turns, String path) {
    super(turns);
    this.path = path;
  }

  @Override
  void finished(TurnEvent.Ended end) {
    answer(text(said("written to " + path), false));
  }
}
