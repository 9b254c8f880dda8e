package io.voicebus.queue;

import io.voicebus.bus.Message;

/**
 * Head of a job's link, holder to worker: an attempt at a job. A worker that accepts the link has
 * taken the job, and the link's death ends the attempt for both. The worker begins once the link is
 * confirmed. The result comes back over the link, then {@link JobDone} and the end. An end without
 * {@code JobDone} returns a job that was not begun.
 *
 * @param job names it
 * @param attempt counts the job's offers at its holder, from 1
 * @param neededInMs how long until the result is due: 0 for what is being heard or is heard next
 * @param payload what to do
 */
public record JobOffer(JobId job, int attempt, long neededInMs, Message payload)
    implements Message {}
