package io.voicebus.launcher;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What another process does, where no event of this one tells of it. */
final class OtherProcess {
  /** Looking without a pause would take the processor that the other one needs. */
  private static final int BETWEEN_LOOKS_MS = 20;

  private OtherProcess() {}

  /** Looks until it is so; the time-out of the test ends it. */
  static void until(Callable<Boolean> seen) throws Exception {
    while (!seen.call()) {
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(BETWEEN_LOOKS_MS, TimeUnit.MILLISECONDS))
          .get();
    }
  }
}
