package io.voicebus.queue;

/**
 * How a job went. Durations are differences on one node's clock each, in nanoseconds.
 *
 * @param attempts how many attempts were taken
 * @param waitNanos at the holder, from {@link JobHolder#hold} until the last attempt was taken,
 *     waiting for room included
 * @param firstNanos at the worker, from taking the job to the result's first piece; -1 for none
 * @param totalNanos at the worker, from taking the job to the last piece
 */
public record JobReport(int attempts, long waitNanos, long firstNanos, long totalNanos) {}
