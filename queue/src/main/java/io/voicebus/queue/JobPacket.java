package io.voicebus.queue;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;
import io.voicebus.bus.Packet;
import io.voicebus.contract.Characters;
import io.voicebus.contract.JobId;
import io.voicebus.contract.ResumePoint;

/**
 * The protocol of the work queue between a <em>holder</em>, which keeps a job until it is done, a
 * <em>worker</em>, which does it, and the <em>receiver</em> of its result, which alone knows that
 * it is done. Every packet may be lost or come twice.
 */
public sealed interface JobPacket extends Packet {

  /**
   * Holder to receiver: let this attempt be the only one, and tell when there is room and where to
   * begin. All earlier attempts are cut off. Repeated until answered by {@link Granted} or {@link
   * Done}, since the answer waits for room.
   *
   * @param estimatedMs estimated length of the whole result, as audio in milliseconds
   */
  record Claim(String from, JobId job, int attempt, long estimatedMs) implements JobPacket {}

  /**
   * Receiver to holder: the claim stands, and room is reserved.
   *
   * @param at where the attempt begins
   * @param neededInMs how long until the result is due: 0 for what is being heard or is heard next
   */
  record Granted(String from, JobId job, int attempt, ResumePoint at, long neededInMs)
      implements JobPacket {}

  /** Receiver to holder: wholly received, or its turn has ended: forget the job. */
  record Done(String from, JobId job) implements JobPacket {}

  /**
   * Holder to worker: do this.
   *
   * @param receiver the inbox that the result goes to
   * @param at where the result begins
   * @param neededInMs how urgent it is
   */
  record Offer(
      String from,
      JobId job,
      int attempt,
      String receiver,
      ResumePoint at,
      long neededInMs,
      Message payload)
      implements JobPacket {}

  /**
   * Worker to holder: mine. Repeated for a repeated offer.
   *
   * @param slots how many more jobs the worker takes
   */
  record Taken(String from, JobId job, int attempt, int slots) implements JobPacket {}

  /** Worker to holder: no room, or given back before it was begun. */
  record Declined(String from, JobId job, int attempt, int slots) implements JobPacket {}

  /**
   * Worker to holder: the whole result has been sent to the receiver.
   *
   * @param firstNanos from taking to the result's first piece, at the worker; -1 for none
   * @param totalNanos from taking to the last
   */
  record Finished(String from, JobId job, int attempt, int slots, long firstNanos, long totalNanos)
      implements JobPacket {}

  /** Worker to holder: could not do it, or was cut off by the receiver. */
  record Failed(String from, JobId job, int attempt, int slots, Failure failure)
      implements JobPacket {}

  /** Holder to worker: stop this attempt. */
  record Withdraw(String from, JobId job, int attempt) implements JobPacket {}

  /**
   * Holder to worker: give this back if it waits, since somebody else could begin it at once.
   * Answered by {@link Declined}; by {@link Taken} when it has begun.
   */
  record Recall(String from, JobId job, int attempt) implements JobPacket {}

  /** Holder to worker: keep me in mind for a second; I have a job due in so long. */
  record Want(String from, long neededInMs) implements JobPacket {}

  /** Worker to the holder of its most urgent want: a slot is kept for you for a moment. */
  record SlotKept(String from, int slots) implements JobPacket {}

  /** Holder to worker: not needed any more. */
  record Pass(String from) implements JobPacket {}

  /** Holder to every worker, published when it starts: who is there? Each answers with its beat. */
  record RollCall(String from) implements JobPacket {}

  /** Worker to every holder, published: I exist and have room for so many jobs. */
  record WorkerBeat(String from, int slots) implements JobPacket {}

  /**
   * Worker to the turn's owner, for its ledger: what an attempt has asked engines for so far. Told
   * each time that it gives text to an engine or finds it said already, and again at the attempt's
   * end, so that one that is lost does no harm.
   *
   * @param chars of the whole job's text
   * @param asked characters that engines were given
   * @param saved characters that were found instead
   */
  record Asked(String from, JobId job, int chars, int asked, int saved, int attempt)
      implements JobPacket {

    /** What it tells beyond what the same attempt told before. */
    Asked since(Asked before) {
      return new Asked(
          from,
          job,
          chars,
          Math.max(0, asked - before.asked),
          Math.max(0, saved - before.saved),
          attempt);
    }

    /** What is known after both. */
    Asked or(Asked other) {
      return new Asked(
          from, job, chars, Math.max(asked, other.asked), Math.max(saved, other.saved), attempt);
    }

    /** What it comes to when none of it is heard. */
    Characters unheard() {
      return new Characters(asked, 0, asked, saved);
    }
  }
}
