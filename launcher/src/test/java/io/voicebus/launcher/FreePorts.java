package io.voicebus.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for a cluster of a test, so that two runs on one machine do not meet. */
final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 30_000;

  private FreePorts() {}

  /** The first of so many in a row that were free just now, and of those that are 100 higher. */
  static int range(int count) {
    while (true) {
      int from = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (free(from, count) && free(from + 100, count)) {
        return from;
      }
    }
  }

  private static boolean free(int from, int count) {
    for (int port = from; port < from + count; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (socket.getLocalPort() != port) {
          return false;
        }
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
