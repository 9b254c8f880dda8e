package io.voicebus.contract;

import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;

/**
 * Head, stage to owner: what this stage has to say of the turn follows. Its failure is the stage's
 * failure; its end means that the stage has done its part.
 *
 * @param turn the turn
 * @param stage {@link Stage#TEXT}, {@link Stage#CHUNKER} or {@link Stage#PLAYBACK}
 */
public record ReportOpen(TurnId turn, Stage stage) implements Message {}
