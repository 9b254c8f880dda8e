package io.voicebus.queue;

import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Link;
import org.jspecify.annotations.Nullable;

/** An attempt that a worker has accepted: waiting for a slot, then running, then over. */
final class TakenJob implements Assignment {
  private final JobWorker worker;
  private final JobOffer offer;
  private final Link link;
  private final long takenAt;

  /** When its result is needed, on this node's clock. */
  final long dueAt;

  /** Whether its holder knows that it was accepted. */
  boolean confirmed;

  boolean running;
  private boolean over;
  private boolean withdrawn;
  private long firstNanos = -1;

  /** What it waits for; empty for nothing. */
  private String waits = "";

  private @Nullable Runnable onWithdrawn;

  TakenJob(JobWorker worker, JobOffer offer, Link link, long now) {
    this.worker = worker;
    this.offer = offer;
    this.link = link;
    this.takenAt = now;
    this.dueAt = JobLimits.dueAt(now, offer.neededInMs());
  }

  @Override
  public JobOffer offer() {
    return offer;
  }

  @Override
  public BusWriteStream out() {
    return link.out();
  }

  Link link() {
    return link;
  }

  @Override
  public void piece() {
    if (firstNanos < 0) {
      firstNanos = worker.now() - takenAt;
    }
    told("");
  }

  @Override
  public void waits(String why) {
    if (!over) {
      told(why);
    }
  }

  private void told(String why) {
    if (!waits.equals(why)) {
      waits = why;
      link.tell(new JobWaits(why));
    }
  }

  /** What it waits for, in words; empty for nothing. */
  String waits() {
    return waits;
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

  /** Its holder has withdrawn it or died, or the worker was closed. */
  void withdraw() {
    if (end()) {
      withdrawn = true;
      if (onWithdrawn != null) {
        onWithdrawn.run();
      }
    }
  }

  private boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }
}
