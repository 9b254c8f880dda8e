package io.voicebus.queue;

import io.voicebus.bus.Message;

/**
 * Item of a job's link, holder to worker: hand it back if it waits, since somebody else could begin
 * it at once.
 */
public record Recall() implements Message {}
