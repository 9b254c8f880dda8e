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

  /** A piece of the result is on its way: the attempt gets on. */
  void piece();

  /**
   * It is begun, and cannot go on for now, through nobody's fault here; until the next {@link
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
   * Says what to do when the attempt is not wanted any more: its holder withdrew it or died, or the
   * worker was closed. Called at most once; at once if that has happened.
   */
  void onWithdrawn(Runnable task);
}
