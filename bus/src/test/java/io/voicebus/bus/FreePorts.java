package io.voicebus.bus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Ports for servers that must know theirs before they listen, or listen there once more.
 *
 * <p>They lie below the ports that systems give to clients (from 32,768 on Linux, from 49,152 on
 * others): one of those may be the local end of another test's connection a moment after it was
 * found free.
 */
public final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int BELOW = 32_000;

  /** From here on single ports are given; below, ranges. */
  private static final int SINGLE = 28_000;

  /** A node watches for failures so many ports above its own. */
  private static final int WATCH = 100;

  private static final int RANGE = 25;

  /** Held until the process ends. */
  private static final List<FileLock> RANGES = new ArrayList<>();

  private FreePorts() {}

  /** A port at which nobody listens on the loopback interface. */
  public static int one() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(SINGLE, BELOW);
      if (isFree(port)) {
        return port;
      }
    }
  }

  /** Several of them, each another one. */
  public static int[] several(int count) {
    return IntStream.generate(FreePorts::one).distinct().limit(count).toArray();
  }

  /**
   * The first of so many in a row, {@value #RANGE} at most, that are free, and of those that are
   * {@value #WATCH} higher: those of a cluster's nodes, and at which they look for each other's
   * failures. No other test of this machine is given one of them, so that clusters that run at the
   * same time do not find each other.
   */
  public static synchronized int range(int count) {
    if (count > RANGE) {
      throw new IllegalArgumentException("at most " + RANGE + " ports");
    }
    while (true) {
      int pick = ThreadLocalRandom.current().nextInt((SINGLE - LOWEST) / RANGE / 2);
      int perBlock = WATCH / RANGE;
      int from = LOWEST + pick / perBlock * 2 * WATCH + pick % perBlock * RANGE;
      if (IntStream.range(from, from + count).allMatch(port -> isFree(port) && isFree(port + WATCH))
          && isReserved(from)) {
        return from;
      }
    }
  }

  /** Whether this process has it now, and no other one. */
  private static boolean isReserved(int from) {
    Path folder =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "voicebus-test-ports-" + System.getProperty("user.name"));
    try {
      FileChannel channel =
          FileChannel.open(
              Files.createDirectories(folder).resolve(Integer.toString(from)),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = lock(channel);
      if (lock == null) {
        channel.close();
        return false;
      }
      return RANGES.add(lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this process has it already
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
