package io.voicebus.bus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

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

  private FreePorts() {}

  /** A port at which nobody listens on the loopback interface. */
  public static int one() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BELOW);
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
   * The first of so many in a row that are free, and of those that are 100 higher: those of a
   * cluster's nodes, and at which they look for each other's failures.
   */
  public static int range(int count) {
    while (true) {
      int from = ThreadLocalRandom.current().nextInt(LOWEST, BELOW);
      if (IntStream.range(from, from + count)
          .allMatch(port -> isFree(port) && isFree(port + 100))) {
        return from;
      }
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
