package io.voicebus.queue;

import io.voicebus.bus.Message;

/**
 * Last item of a job's link, worker to holder: the whole result went before.
 *
 * @param firstNanos from taking to the result's first piece, at the worker; -1 for none
 * @param totalNanos from taking to the last
 * @param slots how many more jobs the worker takes
 */
public record JobDone(long firstNanos, long totalNanos, int slots) implements Message {}
