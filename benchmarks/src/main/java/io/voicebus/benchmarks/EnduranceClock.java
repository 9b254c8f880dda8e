package io.voicebus.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A wall clock that jumps, for a process of its own; its monotonic clock goes on. Needs {@code
 * libfaketime} (Debian's package of that name).
 */
final class EnduranceClock implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

  /** Forwards and back: summer time, a server of time that was wrong, years. */
  private static final List<Duration> JUMPS =
      List.of(
          Duration.ofHours(1),
          Duration.ofHours(-1),
          Duration.ofDays(2),
          Duration.ofSeconds(-90),
          Duration.ofDays(-400),
          Duration.ofDays(3_000),
          Duration.ZERO);

  private static final int JUMP_EVERY_MS = 1_500;

  private final Path library;
  private final Path file;
  private final ScheduledExecutorService jumping = Executors.newSingleThreadScheduledExecutor();
  private @Nullable Future<?> jumper;
  private int jumps;

  private EnduranceClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /** Empty where the library is not installed. */
  static Optional<EnduranceClock> in(Path folder) {
    return PLACES.stream()
        .filter(Files::isReadable)
        .findFirst()
        .map(
            library -> {
              EnduranceClock clock = new EnduranceClock(library, folder.resolve("clock"));
              clock.jump();
              return clock;
            });
  }

  /** What a process is started with whose clock this is. */
  Map<String, String> settings() {
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME_TIMESTAMP_FILE",
        file.toString(),
        "FAKETIME_CACHE_DURATION", // in s, until it reads the file again
        "1",
        "DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", // else timed waits are wrong with today's C library
        "0");
  }

  /** Jumps from now on. */
  synchronized void begin() {
    jumper =
        jumping.scheduleAtFixedRate(
            this::jump, JUMP_EVERY_MS, JUMP_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** Jumps no more until it begins again. */
  synchronized void rest() {
    if (jumper != null) {
      jumper.cancel(false);
      jumper = null;
    }
  }

  private synchronized void jump() {
    long seconds = JUMPS.get((jumps + JUMPS.size() - 1) % JUMPS.size()).toSeconds();
    jumps++;
    try {
      Path next = file.resolveSibling("clock-next");
      Files.writeString(next, (seconds < 0 ? "" : "+") + seconds + "\n");
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized int jumps() {
    return jumps - 1;
  }

  @Override
  public void close() {
    jumping.shutdownNow();
  }
}
