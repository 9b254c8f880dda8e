package io.voicebus.queue;

import io.voicebus.bus.Message;
import io.voicebus.contract.JobId;

/**
 * Something to be done by one of many workers, kept by its holder until the receiver of its result
 * says that it is done.
 *
 * @param id names it
 * @param receiver the inbox that the result goes to
 * @param estimatedMs estimated length of the result, as audio in milliseconds; at least 1
 * @param payload what the worker is told
 */
public record Job(JobId id, String receiver, long estimatedMs, Message payload) {}
