package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, worker to playback: the frames of one attempt at a chunk follow.
 *
 * @param job the chunk
 * @param attempt which attempt; playback refuses any but the one that it granted last
 * @param sampleRateHz 8000 to 48000
 * @param byText true: the first frame begins with the first word not wholly delivered ({@link
 *     ResumePoint#chars()}); false: with the first sample not delivered ({@link
 *     ResumePoint#samples()}), which only an engine that always says a thing the same way can do
 * @param engine names the engine and the voice that speak, so that only the same ones go on by
 *     samples; not empty
 */
public record FramesOpen(JobId job, int attempt, int sampleRateHz, boolean byText, String engine)
    implements Message {}
