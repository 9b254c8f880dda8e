package io.voicebus.queue;

import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;

/**
 * One attempt at a job, as its worker sees it. It is over once: by {@link #finished}, by {@link
 * #failed}, or because it was withdrawn; what is called after that has no effect.
 */
public interface Assignment {
  /** What to do. */
  JobOffer offer();

  /** Where the result goes. */
  BusWriteStream out();

  /** A piece of the result was written: the attempt makes progress. */
  void piece();

  /**
   * The attempt has begun and waits for something outside this worker, until the next {@link
   * #piece}.
   *
   * @param why what it waits for, in words; not empty
   */
  void waits(String why);

  /** The whole result has been written. */
  void finished();

  /**
   * It could not be done. {@link FailureKind#retryable()} kinds are tried elsewhere, all others end
   * the job.
   */
  void failed(Failure why);

  /**
   * Sets a task for the moment when the attempt is withdrawn: by its holder, by its holder's death,
   * or because the worker was closed. It runs once at most, and at once if that has happened.
   */
  void onWithdrawn(Runnable task);
}
