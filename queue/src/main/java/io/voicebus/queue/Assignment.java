package io.voicebus.queue;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;

/**
 * One attempt at a job, as its worker sees it. It is over once: by {@link #finished}, by {@link
 * #failed}, or because it was withdrawn; what is called after that has no effect.
 */
public interface Assignment {
  /** What to do, and where the result goes. */
  JobPacket.Offer offer();

  /** A piece of the result is on its way: the attempt gets on. */
  void piece();

  /**
   * The whole result has been written to the receiver. Called at once, not only when the receiver
   * has acknowledged it: the job is kept until then anyway.
   */
  void finished();

  /**
   * It could not be done. Of kind {@code CANCELLED} when the receiver cut it off; {@link
   * FailureKind#retryable()} kinds are tried elsewhere, all others end the job.
   */
  void failed(Failure why);

  /**
   * Says what to do when the attempt is not wanted any more: its holder withdrew it, the holder or
   * the receiver died, or the worker was closed. Called at most once; at once if that has happened.
   */
  void onWithdrawn(Runnable task);
}
