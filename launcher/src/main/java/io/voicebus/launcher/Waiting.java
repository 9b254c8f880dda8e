package io.voicebus.launcher;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets a plain thread wait for a future. */
final class Waiting {
  /** More than any deployment or shutdown takes. */
  private static final long LIMIT_SECONDS = 60;

  private Waiting() {}

  static <T> T on(Future<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** The process need not do this any more when it ends. */
  static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is ending.
    }
  }

  /** Waits, whatever comes of it: for what is only being put away. */
  static void quietly(Future<?> future) {
    try {
      on(future);
    } catch (ExecutionException | TimeoutException e) {
      // It goes away with the process.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
