package io.voicebus.http;

import io.voicebus.contract.TurnId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns that have ended, for those who ask late: bounded by number, by age and by size, the oldest
 * first. (A cache such as Caffeine rather keeps those that are asked for more often, and may not
 * even take in the newest.) NOT thread safe.
 *
 * @param <T> what is kept of a turn
 */
final class EndedTurns<T> {
  private record Kept<T>(T value, long endedAt, int bytes) {}

  private final Map<TurnId, Kept<T>> kept = new LinkedHashMap<>();
  private final int maxTurns;
  private final long maxAgeNanos;
  private final long maxBytes;
  private final IntSupplier sharers;
  private final Consumer<T> forgotten;
  private long bytes;

  /**
   * Keeps the last turns.
   *
   * @param maxTurns how many
   * @param maxAge how long
   * @param maxBytes of all of them
   * @param sharers how many of these the bounds are for
   * @param forgotten is given what is not kept any more
   */
  EndedTurns(
      int maxTurns, Duration maxAge, long maxBytes, IntSupplier sharers, Consumer<T> forgotten) {
    this.sharers = sharers;
    this.forgotten = forgotten;
    this.maxTurns = maxTurns;
    this.maxAgeNanos = maxAge.toNanos();
    this.maxBytes = maxBytes;
  }

  /** Keeps a turn of this size. */
  void put(TurnId id, T value, int size, long now) {
    kept.put(id, new Kept<>(value, now, size));
    bytes += size;
    forget(now);
  }

  /** The turn, unless it is forgotten: then null. */
  @Nullable T get(TurnId id, long now) {
    forget(now);
    Kept<T> found = kept.get(id);
    return found == null ? null : found.value();
  }

  /** How long until the oldest is too old, in nanoseconds; -1 if there is none. */
  long nextIn(long now) {
    Iterator<Kept<T>> oldest = kept.values().iterator();
    return oldest.hasNext() ? Math.max(0, maxAgeNanos - (now - oldest.next().endedAt())) : -1;
  }

  /** Forgets those that are too old. */
  void forget(long now) {
    int shares = sharers.getAsInt();
    int most = maxTurns == 0 ? 0 : Math.max(1, maxTurns / shares);
    Iterator<Kept<T>> oldest = kept.values().iterator();
    while (oldest.hasNext()) {
      Kept<T> turn = oldest.next();
      if (kept.size() <= most && bytes <= maxBytes / shares && now - turn.endedAt() < maxAgeNanos) {
        return;
      }
      bytes -= turn.bytes();
      oldest.remove();
      forgotten.accept(turn.value());
    }
  }
}
