package io.voicebus.launcher;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Lets a plain thread wait for a future. */
final class Waiting {
  /** More than any deployment or shutdown takes by itself. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** How long a stopped command may take to end. */
  private static final Duration BRIEF = Duration.ofSeconds(2);

  private Waiting() {}

  static <T> T on(Future<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return on(future, LIMIT);
  }

  private static <T> T on(Future<T> future, Duration limit)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), MILLISECONDS);
  }

  /** The process need not do this any more when it ends. */
  static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is ending.
    }
  }

  /** Waits for the end of a clean-up, successful or not. */
  static void quietly(Future<?> future) {
    quietlyFor(future, LIMIT);
  }

  /** The same, where a person waits, and a player that reads nothing may hold a thread up. */
  static void briefly(Future<?> future) {
    quietlyFor(future, BRIEF);
  }

  /**
   * The same, for a shutdown.
   *
   * @param longer how long it may wait for others
   */
  static void quietly(Future<?> future, Duration longer) {
    quietlyFor(future, LIMIT.plus(longer));
  }

  private static void quietlyFor(Future<?> future, Duration limit) {
    try {
      on(future, limit);
    } catch (ExecutionException | TimeoutException e) {
      // It goes away with the process.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
