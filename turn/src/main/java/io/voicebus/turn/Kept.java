package io.voicebus.turn;

import io.vertx.core.Future;
import io.voicebus.bus.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is cached for some time, so that its source is not asked more often. NOT thread
 * safe.
 */
public final class Kept<T> {
  private final Clock clock;
  private final Duration good;
  private final Supplier<Future<T>> ask;

  /** Asked for, or the last answer. */
  private @Nullable Future<T> known;

  private long askedAt;

  /**
   * Keeps nothing yet.
   *
   * @param good how long an answer is good, from when it was asked for; a failure is not kept
   */
  public Kept(Clock clock, Duration good, Supplier<Future<T>> ask) {
    this.clock = clock;
    this.good = good;
    this.ask = ask;
  }

  /** The last answer, while it is good; else asks. */
  public Future<T> get() {
    Future<T> last = known;
    if (last == null || last.failed() || clock.nanoTime() - askedAt >= good.toNanos()) {
      last = ask.get();
      known = last;
      askedAt = clock.nanoTime();
    }
    return last;
  }
}
