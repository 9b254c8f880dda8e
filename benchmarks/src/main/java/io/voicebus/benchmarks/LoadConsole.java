package io.voicebus.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * How a JVM of the load benchmark talks with the one that started it: it says that it is ready,
 * answers what it has used so far, and ends when its standard input does, so that it never outlives
 * its parent.
 */
final class LoadConsole {
  static final String READY = "ready ";
  static final String USAGE = "usage ";
  static final String ASK_USAGE = "usage";
  static final String ASK_LIVE = "live";

  private LoadConsole() {}

  /** Tells where to find what runs here, and serves until the parent has gone. */
  static void serve(String where) {
    say(READY + where);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String command = commands.readLine(); command != null; command = commands.readLine()) {
        if (command.equals(ASK_LIVE)) {
          ManagementFactory.getMemoryMXBean().gc();
        }
        say(USAGE + usage());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().halt(0);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static LoadUsage usage() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    long own = 0;
    for (long thread : threads.getAllThreadIds()) {
      own += Math.max(0, threads.getThreadCpuTime(thread));
    }
    long allocated = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      allocated += Math.max(0, bytes);
    }
    return new LoadUsage(
        system.getProcessCpuTime(),
        own,
        allocated,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }
}
