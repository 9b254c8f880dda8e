package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, worker to playback: who speaks the frames that follow.
 *
 * @param sampleRateHz 8000 to 48000
 * @param byText true: the first frame begins with the first word not wholly delivered ({@link
 *     ResumePoint#chars()}); false: with the first sample not delivered ({@link
 *     ResumePoint#samples()}), which only a deterministic engine can do
 * @param engine names the engine and the voice that speak, so that only the same ones go on by
 *     samples; not empty
 */
public record Speaker(int sampleRateHz, boolean byText, String engine) implements Message {}
