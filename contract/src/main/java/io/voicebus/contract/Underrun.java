package io.voicebus.contract;

import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;

/**
 * Item, playback to owner: the listener has waited in silence for sound that was not there. Comes
 * when it is.
 *
 * @param chunk whose sound was missing
 * @param ms for how long, beyond the pause that is natural there
 * @param stage which owed it for most of that time: {@link Stage#TEXT} where there was no text to
 *     speak, {@link Stage#SPEECH} where there was
 */
public record Underrun(int chunk, long ms, Stage stage) implements Message {}
