package io.voicebus.queue;

import io.voicebus.bus.Inbox;
import io.voicebus.contract.JobId;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.TurnId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The work queue at one inbox that results go to. It decides when there is room for a result, which
 * attempt is the only one, and when a job is done.
 *
 * <p>A claim is a reservation and a fence in one: it cuts off every earlier attempt at once, and is
 * granted when there is room. NOT thread safe: used on its inbox's context only. It has no timers:
 * a lost answer is repeated because the holder repeats its claim.
 */
public final class JobReceiver {

  /** What the receiver of the results knows. */
  public interface Policy {
    /** Whether nothing more is wanted: wholly received, skipped, or its turn ended or unknown. */
    boolean over(JobId job);

    /**
     * From now on only this attempt counts: the stream of an earlier one is stopped, as {@code
     * CANCELLED}.
     *
     * @return the first unit that is lacking; it holds until the next cut, since nothing comes in
     *     between but this attempt's result
     */
    ResumePoint cut(JobId job, int attempt);

    /**
     * Reserves room for a result if there is room. What is being heard has always room; a job that
     * has a reservation keeps it.
     *
     * @param estimatedMs estimated length of the whole result, as audio in milliseconds
     */
    boolean reserve(JobId job, long estimatedMs);

    /** Milliseconds until the job's result is due; 0 for what is being heard or is heard next. */
    long neededInMs(JobId job);
  }

  private static final class Claimed {
    final JobPacket.Claim claim;
    final ResumePoint at;
    boolean granted;

    Claimed(JobPacket.Claim claim, ResumePoint at) {
      this.claim = claim;
      this.at = at;
    }

    JobId job() {
      return claim.job();
    }
  }

  private record Waiting(Claimed claimed, long neededInMs) {}

  private static final Comparator<Waiting> MOST_URGENT =
      Comparator.comparingLong(Waiting::neededInMs)
          .thenComparingInt(waiting -> waiting.claimed().job().chunk());

  private final Inbox inbox;
  private final Policy policy;
  private final Map<TurnId, TreeMap<Integer, Claimed>> turns = new HashMap<>();

  public JobReceiver(Inbox inbox, Policy policy) {
    this.inbox = inbox;
    this.policy = policy;
    inbox.onJob(JobPacket.Claim.class, this::onClaim);
  }

  /** Whether a result may come in: only that of the attempt that was granted last. */
  public boolean admits(JobId job, int attempt) {
    Claimed claimed = find(job);
    return claimed != null
        && claimed.granted
        && claimed.claim.attempt() == attempt
        && !policy.over(job);
  }

  /** Wholly received, or not wanted any more: the job's holder may forget it. */
  public void received(JobId job) {
    Claimed claimed = forget(job);
    if (claimed != null) {
      done(claimed.claim);
    }
  }

  /** Room may have come free for any turn: looks at all waiting claims, the most urgent first. */
  public void roomChanged() {
    List<Waiting> waiting = new ArrayList<>();
    for (TreeMap<Integer, Claimed> turn : turns.values()) {
      addWaiting(turn.values(), waiting);
    }
    grant(waiting);
  }

  /** Room may have come free for one turn: looks at its waiting claims only. */
  public void roomChanged(TurnId turn) {
    TreeMap<Integer, Claimed> claims = turns.get(turn);
    if (claims != null) {
      List<Waiting> waiting = new ArrayList<>();
      addWaiting(claims.values(), waiting);
      grant(waiting);
    }
  }

  /** The turn is over: its jobs are done. */
  public void drop(TurnId turn) {
    TreeMap<Integer, Claimed> claims = turns.remove(turn);
    if (claims != null) {
      claims.values().forEach(claimed -> done(claimed.claim));
    }
  }

  /** How many jobs are claimed and not wholly received. */
  public int claimed() {
    return turns.values().stream().mapToInt(Map::size).sum();
  }

  private void onClaim(JobPacket.Claim claim) {
    JobId job = claim.job();
    if (policy.over(job)) {
      forget(job);
      done(claim);
      return;
    }
    Claimed claimed = find(job);
    if (claimed == null || claim.attempt() > claimed.claim.attempt()) {
      claimed = new Claimed(claim, policy.cut(job, claim.attempt()));
      turns.computeIfAbsent(job.turn(), turn -> new TreeMap<>()).put(job.chunk(), claimed);
      roomChanged(job.turn());
    } else if (claim.attempt() == claimed.claim.attempt() && claimed.granted) {
      answer(claimed);
    }
  }

  private void addWaiting(Collection<Claimed> claims, List<Waiting> waiting) {
    for (Claimed claimed : claims) {
      if (!claimed.granted) {
        waiting.add(new Waiting(claimed, policy.neededInMs(claimed.job())));
      }
    }
  }

  private void grant(List<Waiting> waiting) {
    waiting.sort(MOST_URGENT);
    // A later chunk must not take the room that an earlier one of its turn waits for.
    Set<TurnId> full = new HashSet<>();
    for (Waiting next : waiting) {
      Claimed claimed = next.claimed();
      if (!full.contains(claimed.job().turn())) {
        if (policy.reserve(claimed.job(), claimed.claim.estimatedMs())) {
          claimed.granted = true;
          answer(claimed);
        } else {
          full.add(claimed.job().turn());
        }
      }
    }
  }

  private void answer(Claimed claimed) {
    inbox.send(
        claimed.claim.from(),
        new JobPacket.Granted(
            inbox.address(),
            claimed.job(),
            claimed.claim.attempt(),
            claimed.at,
            policy.neededInMs(claimed.job())));
  }

  private void done(JobPacket.Claim claim) {
    inbox.send(claim.from(), new JobPacket.Done(inbox.address(), claim.job()));
  }

  private @Nullable Claimed find(JobId job) {
    TreeMap<Integer, Claimed> claims = turns.get(job.turn());
    return claims == null ? null : claims.get(job.chunk());
  }

  private @Nullable Claimed forget(JobId job) {
    TreeMap<Integer, Claimed> claims = turns.get(job.turn());
    if (claims == null) {
      return null;
    }
    Claimed claimed = claims.remove(job.chunk());
    if (claims.isEmpty()) {
      turns.remove(job.turn());
    }
    return claimed;
  }
}
