package io.voicebus.queue;

import io.voicebus.bus.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a holder knows of the workers: when each was last heard, how many jobs it accepts, and
 * whether it has an offer to answer. NOT thread safe.
 */
final class KnownWorkers {
  private static final class Known {
    final String inbox;
    int slots;
    int offers;
    long heardAt;

    Known(String inbox) {
      this.inbox = inbox;
    }

    /**
     * Room for an offer. A worker that has an offer to answer gets no second one, since the answer
     * tells its room; one that has been silent for too long has none.
     */
    int free(long now) {
      return offers == 0 && now - heardAt <= Limits.SILENCE.toNanos() ? slots : 0;
    }
  }

  private final Random random;
  private final Map<String, Known> workers = new LinkedHashMap<>();

  KnownWorkers(Random random) {
    this.random = random;
  }

  /** A worker has reported how many more jobs it accepts. */
  void heard(String inbox, int slots, long now) {
    Known worker = workers.computeIfAbsent(inbox, Known::new);
    worker.slots = slots;
    worker.heardAt = now;
  }

  void offered(String inbox) {
    Known worker = workers.get(inbox);
    if (worker != null) {
      worker.offers++;
    }
  }

  /** An offer was answered, or its answer is no longer awaited. */
  void answered(String inbox) {
    Known worker = workers.get(inbox);
    if (worker != null) {
      worker.offers = Math.max(0, worker.offers - 1);
    }
  }

  /** The worker gets no offer until it reports again. */
  void full(String inbox) {
    Known worker = workers.get(inbox);
    if (worker != null) {
      worker.slots = 0;
    }
  }

  void forget(String inbox) {
    workers.remove(inbox);
  }

  /** Forgets workers that have been silent for too long. */
  void prune(long now) {
    workers.values().removeIf(worker -> now - worker.heardAt > Limits.SILENCE.toNanos());
  }

  boolean anyFree(long now) {
    for (Known worker : workers.values()) {
      if (worker.free(now) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether this worker can begin a job at once. */
  boolean idle(String inbox, long now) {
    Known worker = workers.get(inbox);
    return worker != null && worker.free(now) > JobLimits.WAITING;
  }

  /** Whether another worker can begin a job at once. */
  boolean idleBut(String inbox, long now) {
    for (Known worker : workers.values()) {
      if (!worker.inbox.equals(inbox) && worker.free(now) > JobLimits.WAITING) {
        return true;
      }
    }
    return false;
  }

  /** Whether any worker has an offer to answer. */
  boolean asked() {
    for (Known worker : workers.values()) {
      if (worker.offers > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether this worker has an offer to answer. */
  boolean asked(String inbox) {
    Known worker = workers.get(inbox);
    return worker != null && worker.offers > 0;
  }

  /** At most so many random workers that are not among these. */
  List<String> others(Set<String> these, int count) {
    if (count <= 0) {
      return List.of();
    }
    List<String> others = new ArrayList<>(workers.keySet());
    others.removeAll(these);
    Collections.shuffle(others, random);
    return others.subList(0, Math.min(count, others.size()));
  }

  boolean none() {
    return workers.isEmpty();
  }

  /**
   * The worker that gets the next offer: the preferred one if it can begin at once, else the better
   * of two random ones that can, else the better of two at which the job would wait.
   *
   * @param avoided not chosen, unless no other worker is alive
   * @param surely whether the last offer went unanswered: then the worker that was heard last
   * @return its inbox; null if no worker has room
   */
  @Nullable String choose(String preferred, String avoided, boolean surely, long now) {
    List<Known> idle = new ArrayList<>();
    List<Known> busy = new ArrayList<>();
    for (Known worker : workers.values()) {
      if (worker.free(now) < 1 || (worker.inbox.equals(avoided) && liveOthers(avoided, now))) {
        continue;
      }
      boolean startsAtOnce = worker.free(now) > JobLimits.WAITING;
      if (startsAtOnce && !surely && worker.inbox.equals(preferred)) {
        return preferred;
      }
      (startsAtOnce ? idle : busy).add(worker);
    }
    if (surely) {
      // A dead worker looks idle; waiting at a living one costs less.
      busy.addAll(idle);
      return heardLast(busy);
    }
    return betterOfTwo(idle.isEmpty() ? busy : idle, now);
  }

  private static @Nullable String heardLast(List<Known> candidates) {
    Known last = null;
    for (Known worker : candidates) {
      if (last == null || worker.heardAt - last.heardAt > 0) {
        last = worker;
      }
    }
    return last == null ? null : last.inbox;
  }

  private boolean liveOthers(String inbox, long now) {
    for (Known worker : workers.values()) {
      if (!worker.inbox.equals(inbox) && now - worker.heardAt <= Limits.SILENCE.toNanos()) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String betterOfTwo(List<Known> candidates, long now) {
    if (candidates.isEmpty()) {
      return null;
    }
    Known one = candidates.get(random.nextInt(candidates.size()));
    Known two = candidates.get(random.nextInt(candidates.size()));
    return two.free(now) > one.free(now) ? two.inbox : one.inbox;
  }
}
