package io.voicebus.tts.service;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What tests of all services need: little patience, and to wait for what happens elsewhere. */
public final class ServiceStage {
  /** Repeats come at once, and no test waits for a time-out. */
  public static final ServiceTimes IMPATIENT =
      new ServiceTimes(
          Duration.ofSeconds(5),
          Duration.ofMillis(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          Duration.ofMillis(5),
          Duration.ofMillis(300),
          Duration.ofSeconds(60));

  private ServiceStage() {}

  /** What comes of it, within 20 s. */
  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
