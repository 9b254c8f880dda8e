package io.voicebus.queue;

import io.voicebus.bus.Inbox;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * A holder's wants: while jobs wait and no worker has room, two workers know when the most urgent
 * job is due, and reserve their next free slot for it. NOT thread safe.
 */
final class Wanted {
  private final Inbox inbox;
  private final KnownWorkers workers;
  private final Map<String, Long> expiries = new HashMap<>();
  private long dueAt;

  Wanted(Inbox inbox, KnownWorkers workers) {
    this.inbox = inbox;
    this.workers = workers;
  }

  /** Tells two workers of a job that is due at this time, unless they know of one as urgent. */
  void want(long due) {
    long now = inbox.now();
    boolean moreUrgent = due < dueAt;
    for (Iterator<Map.Entry<String, Long>> each = expiries.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<String, Long> want = each.next();
      if (now >= want.getValue()) {
        each.remove();
      } else if (moreUrgent) {
        want.setValue(send(want.getKey(), due, now));
      }
    }
    if (expiries.isEmpty() || moreUrgent) {
      dueAt = due;
    }
    for (String worker : workers.others(expiries.keySet(), JobLimits.WANTS - expiries.size())) {
      expiries.put(worker, send(worker, due, now));
    }
  }

  private long send(String worker, long due, long now) {
    inbox.send(worker, new JobPacket.Want(inbox.address(), JobLimits.neededInMs(now, due)));
    return now + JobLimits.WANT.toNanos();
  }

  /** Whether {@link JobLimits#WANTS} workers know of a job, and none has reserved a slot yet. */
  boolean isWanted(long now) {
    long live = expiries.values().stream().filter(expiry -> now < expiry).count();
    return live >= JobLimits.WANTS;
  }

  /** A worker has reserved a slot, and forgotten the want. */
  void answered(String worker) {
    expiries.remove(worker);
  }
}
