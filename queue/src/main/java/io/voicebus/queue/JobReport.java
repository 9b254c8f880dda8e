package io.voicebus.queue;

/**
 * How a job went. Durations are differences on one node's clock each, in nanoseconds.
 *
 * @param attempts how many attempts were taken, or may have been, since their offers were not
 *     answered; 0 when the turn ended before
 * @param waitNanos at the holder, from {@link JobHolder#hold} until the last attempt was taken,
 *     waiting for room at the receiver included; -1 when none was
 * @param firstNanos at the worker, from taking the job to the result's first piece; -1 when the
 *     worker's word had not come when the job was done
 * @param totalNanos at the worker, from taking the job to the last piece; -1 likewise
 */
public record JobReport(int attempts, long waitNanos, long firstNanos, long totalNanos) {}
