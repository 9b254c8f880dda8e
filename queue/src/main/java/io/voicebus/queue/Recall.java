package io.voicebus.queue;

import io.voicebus.bus.Message;

/**
 * Item of a job's link, holder to worker: return the job if it has not begun, since another worker
 * could begin it at once.
 */
public record Recall() implements Message {}
