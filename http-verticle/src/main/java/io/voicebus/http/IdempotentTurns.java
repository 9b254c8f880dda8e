package io.voicebus.http;

import io.voicebus.contract.TurnId;
import io.voicebus.http.api.IdempotencyKey;
import io.voicebus.http.wire.Problem;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which turn was started with which {@link IdempotencyKey}, so that a request that is sent again
 * gets the same turn and nothing is synthesised, and paid, twice. Of all instances of a server
 * together. Thread-safe.
 */
final class IdempotentTurns {
  /** How long a key means the same. */
  static final Duration KEPT = Duration.ofMinutes(10);

  /** Keys that are remembered: some 500 bytes each. */
  static final int MAX_KEYS = 10_000;

  private record Started(String content, TurnId turn, long at) {}

  /** So many keys are found or started at once. */
  private static final int LOCKS = 64;

  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

  /** The oldest first. */
  private final Map<String, Started> byName = new LinkedHashMap<>();

  /**
   * Does what finds or starts the turn of a key, for one request with it after the other: of two
   * that come at once, at two event loops, the second one finds what the first one has started.
   *
   * @param key null for none, which waits for nobody
   * @param task quick, since an event loop may wait for it
   */
  <T> T oneByOne(@Nullable IdempotencyKey key, Supplier<T> task) {
    if (key == null) {
      return task.get();
    }
    synchronized (locks[Math.floorMod(key.name().hashCode(), LOCKS)]) {
      return task.get();
    }
  }

  /**
   * The turn that was started with a key.
   *
   * @param now in nanoseconds
   * @throws io.voicebus.http.wire.ProblemException 422 if something else was asked with it
   */
  synchronized Optional<TurnId> find(IdempotencyKey key, long now) {
    Started known = byName.get(key.name());
    if (known == null || now - known.at() >= KEPT.toNanos()) {
      return Optional.empty();
    }
    if (!known.content().equals(key.content())) {
      throw new Problem(
              "idempotency-key-reused",
              "This Idempotency-Key was used for something else",
              422,
              "send a new key with each new request; the same one only when you send the very same"
                  + " request again")
          .toException();
    }
    return Optional.of(known.turn());
  }

  /** A turn has been started with a key. */
  synchronized void put(IdempotencyKey key, TurnId turn, long now) {
    byName.remove(key.name());
    byName.put(key.name(), new Started(key.content(), turn, now));
    Iterator<Started> oldest = byName.values().iterator();
    while (oldest.hasNext()) {
      Started first = oldest.next();
      if (byName.size() <= MAX_KEYS && now - first.at() < KEPT.toNanos()) {
        return;
      }
      oldest.remove();
    }
  }

  /** The turn did not begin: a client that repeats its request gets another one. */
  synchronized void forget(IdempotencyKey key, TurnId turn) {
    Started known = byName.get(key.name());
    if (known != null && known.turn().equals(turn)) {
      byName.remove(key.name());
    }
  }
}
