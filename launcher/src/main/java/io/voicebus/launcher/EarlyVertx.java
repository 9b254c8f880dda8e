package io.voicebus.launcher;

import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The Vert.x of a command that speaks one turn: made from the process's first moment on, beside the
 * command line and the settings, which take as long.
 */
final class EarlyVertx {
  private static final AtomicReference<@Nullable CompletableFuture<@Nullable Vertx>> MADE =
      new AtomicReference<>();

  private EarlyVertx() {}

  /** Begins to make it, on another thread. */
  static void make() {
    CompletableFuture<@Nullable Vertx> made = new CompletableFuture<>();
    if (MADE.compareAndSet(null, made)) {
      Thread thread = new Thread(() -> make(made), "voicebus-vertx");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void make(CompletableFuture<@Nullable Vertx> made) {
    try {
      made.complete(fresh());
    } catch (IllegalStateException e) {
      // The process is ending.
    } finally {
      made.complete(null); // what went wrong goes wrong again, for who needs it
    }
  }

  /** The instance that was begun, for the first caller; another one for later callers. */
  static Vertx take() {
    CompletableFuture<@Nullable Vertx> begun = MADE.getAndSet(null);
    Vertx made = begun == null ? null : begun.join();
    return made == null ? fresh() : made;
  }

  /** To load Netty's own transport takes longer than it saves on one turn. */
  private static Vertx fresh() {
    return Vertx.vertx(EventLoops.options().setPreferNativeTransport(false));
  }
}
