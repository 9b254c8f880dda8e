package io.voicebus.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operating system tells of another process. */
final class ProcessFigures {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(?<kib>\\d+) kB");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(?<kib>\\d+) kB");

  private ProcessFigures() {}

  /** The most memory that it has had so far, in MiB; -1 where the system does not tell. */
  static long peakMib(long pid) {
    return mib(pid, PEAK);
  }

  /** Its memory now, in MiB; -1 where the system does not tell. */
  static long residentMib(long pid) {
    return mib(pid, RESIDENT);
  }

  private static long mib(long pid, Pattern line) {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
      Matcher found = line.matcher(status);
      return found.find() ? Long.parseLong(found.group("kib")) / 1024 : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  /**
   * Waits until a process has taken next to no processor time for two seconds, half a minute at
   * most.
   */
  static void awaitRest(long pid) throws InterruptedException {
    Duration before = cpu(pid);
    for (int quiet = 0, tries = 0; quiet < 4 && tries < 60; tries++) {
      Thread.sleep(500);
      Duration now = cpu(pid);
      quiet = now.minus(before).toMillis() <= 50 ? quiet + 1 : 0;
      before = now;
    }
  }

  /** Has a JVM collect its garbage. */
  static void collectGarbage(long pid) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a JVM has on its heap, from its figures for Prometheus. */
  static double heapBytes(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{") && line.contains("\"heap\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** CPU of all its threads so far. */
  static Duration cpu(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }
}
