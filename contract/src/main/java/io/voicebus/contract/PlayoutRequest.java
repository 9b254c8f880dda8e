package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, owner to playback: play this turn. The owner's {@link PlayoutLength}, {@link SkipChunk} and
 * {@link Position} follow as items.
 *
 * @param turn the turn; its {@code playback} is empty
 * @param sink where the audio goes
 * @param path the file to write, for {@link Sink#FILE}; else empty
 */
public record PlayoutRequest(TurnContext turn, Sink sink, String path) implements Message {}
