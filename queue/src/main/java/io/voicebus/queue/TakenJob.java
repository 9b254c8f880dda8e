package io.voicebus.queue;

import io.voicebus.bus.Failure;
import io.voicebus.bus.StreamPacket;
import io.voicebus.bus.Tie;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt that a worker has taken: waiting for a slot, then running, then over. */
final class TakenJob implements Assignment {
  private final JobWorker worker;
  private final JobPacket.Offer offer;
  private final List<Tie> ties;
  private final long takenAt;

  /** When its result is needed, on this node's clock. */
  final long dueAt;

  boolean running;
  private boolean moved;
  private boolean over;
  private boolean withdrawn;
  private long firstNanos = -1;
  private @Nullable Runnable onWithdrawn;

  TakenJob(JobWorker worker, JobPacket.Offer offer, List<Tie> ties, long now) {
    this.worker = worker;
    this.offer = offer;
    this.ties = ties;
    this.takenAt = now;
    this.dueAt = JobLimits.dueAt(now, offer.neededInMs());
  }

  @Override
  public JobPacket.Offer offer() {
    return offer;
  }

  @Override
  public void piece() {
    moved = true;
    if (firstNanos < 0) {
      firstNanos = worker.now() - takenAt;
    }
  }

  @Override
  public void finished() {
    if (end()) {
      worker.finished(this, firstNanos, worker.now() - takenAt);
    }
  }

  @Override
  public void failed(Failure why) {
    if (end()) {
      worker.failed(this, why);
    }
  }

  @Override
  public void onWithdrawn(Runnable task) {
    if (withdrawn) {
      task.run();
    } else if (!over) {
      onWithdrawn = task;
    }
  }

  /** Not wanted any more. */
  void withdraw() {
    if (end()) {
      withdrawn = true;
      if (onWithdrawn != null) {
        onWithdrawn.run();
      }
    }
  }

  private boolean end() {
    if (over) {
      return false;
    }
    over = true;
    ties.forEach(Tie::release);
    return true;
  }

  /** Its lease for the next heartbeat, which tells whether it got on since the last one. */
  StreamPacket.Lease renewal() {
    boolean since = moved;
    moved = false;
    return new StreamPacket.Lease(offer.job(), offer.attempt(), since);
  }

  /** What it is known by. */
  StreamPacket.Lease lease() {
    return new StreamPacket.Lease(offer.job(), offer.attempt());
  }
}
