package io.voicebus.gemini;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.AsyncMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A shared map in virtual time: each call happens, and is answered, up to some milliseconds later,
 * so that calls of several overtake one another.
 */
final class SlowMap implements AsyncMap<String, Buffer> {
  final Map<String, Buffer> values = new HashMap<>();
  boolean hangs;
  long lastLifeMs;
  private final ManualTime time;
  private final Random random;
  private final int slowestMs;

  SlowMap(ManualTime time, long seed, int slowestMs) {
    this.time = time;
    this.random = new Random(seed);
    this.slowestMs = slowestMs;
  }

  /** What is stored, which must be there. */
  byte[] bytes(String key) {
    Buffer stored = values.get(key);
    if (stored == null) {
      throw new AssertionError("nothing is stored");
    }
    return stored.getBytes();
  }

  private <T> Future<T> later(Supplier<T> call) {
    Promise<T> answer = Promise.promise();
    if (!hangs) {
      time.after(
          delay(),
          () -> {
            T result = call.get();
            time.after(delay(), () -> answer.complete(result));
          });
    }
    return answer.future();
  }

  private long delay() {
    return TimeUnit.MILLISECONDS.toNanos(slowestMs == 0 ? 0 : random.nextInt(slowestMs));
  }

  @Override
  public Future<Buffer> get(String key) {
    return later(() -> values.get(key));
  }

  @Override
  public Future<Buffer> putIfAbsent(String key, Buffer value, long lifeMs) {
    lastLifeMs = lifeMs;
    return later(() -> values.putIfAbsent(key, value));
  }

  @Override
  public Future<Buffer> remove(String key) {
    return later(() -> values.remove(key));
  }

  @Override
  public Future<Boolean> removeIfPresent(String key, Buffer value) {
    return later(() -> values.remove(key, value));
  }

  @Override
  public Future<Boolean> replaceIfPresent(String key, Buffer old, Buffer value, long lifeMs) {
    lastLifeMs = lifeMs;
    return later(() -> values.replace(key, old, value));
  }

  @Override
  public Future<Integer> size() {
    return later(values::size);
  }

  @Override
  public Future<Map<String, Buffer>> entries() {
    return later(() -> Map.copyOf(values));
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("conversations do without it");
  }

  @Override
  public Future<Void> put(String key, Buffer value) {
    throw unused();
  }

  @Override
  public Future<Void> put(String key, Buffer value, long lifeMs) {
    throw unused();
  }

  @Override
  public Future<Buffer> putIfAbsent(String key, Buffer value) {
    throw unused();
  }

  @Override
  public Future<Buffer> replace(String key, Buffer value) {
    throw unused();
  }

  @Override
  public Future<Boolean> replaceIfPresent(String key, Buffer old, Buffer value) {
    throw unused();
  }

  @Override
  public Future<Void> clear() {
    throw unused();
  }

  @Override
  public Future<Set<String>> keys() {
    throw unused();
  }

  @Override
  public Future<List<Buffer>> values() {
    throw unused();
  }
}
