package io.voicebus.queue;

import io.voicebus.bus.Message;

/**
 * Head of a job's link, holder to worker: do this. To accept it is to take the job; the link's
 * death is the end of the attempt, for both. The worker begins once the link is confirmed; the
 * result comes back over it, then {@link JobDone} and the end. An end without {@code JobDone} hands
 * back what was not begun.
 *
 * @param job names it
 * @param attempt counts the job's offers at its holder, from 1
 * @param neededInMs how long until the result is due: 0 for what is being heard or is heard next
 * @param payload what to do
 */
public record JobOffer(JobId job, int attempt, long neededInMs, Message payload)
    implements Message {}
