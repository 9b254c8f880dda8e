package io.voicebus.queue;

/**
 * Something to be done by one of many workers for its holder, who needs the result.
 *
 * @param id names it
 * @param estimatedMs estimated length of the result, as audio in milliseconds; at least 1
 */
public record Job(JobId id, long estimatedMs) {}
