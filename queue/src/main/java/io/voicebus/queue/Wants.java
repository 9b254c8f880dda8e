package io.voicebus.queue;

import io.voicebus.bus.Recent;
import org.jspecify.annotations.Nullable;

/** The holders that have jobs for a worker without room. NOT thread safe. */
final class Wants {
  /** One holder's want: when its most urgent job is due, and until when it counts. */
  record Want(String holder, long dueAt, long expiresAt) {}

  private final Recent<String, Want> wants = new Recent<>(JobLimits.REMEMBERED);

  void put(String holder, long dueAt, long now) {
    wants.put(holder, new Want(holder, dueAt, now + JobLimits.WANT.toNanos()));
  }

  /** Removes and returns the most urgent want; null if there is none. */
  @Nullable Want poll(long now) {
    Want first = null;
    wants.values().removeIf(want -> now >= want.expiresAt());
    for (Want want : wants.values()) {
      if (first == null || want.dueAt() < first.dueAt()) {
        first = want;
      }
    }
    if (first != null) {
      wants.remove(first.holder());
    }
    return first;
  }

  void clear() {
    wants.clear();
  }
}
