package io.voicebus.benchmarks;

/**
 * What a JVM has used.
 *
 * @param cpuNanos of all its threads, since its start
 * @param ownNanos of that, by the threads that live and are no compiler's and no collector's
 * @param allocatedBytes by the threads that live, since their start
 * @param heapBytes on the heap now; what is live, if it was asked for just after a collection
 */
record LoadUsage(long cpuNanos, long ownNanos, long allocatedBytes, long heapBytes) {

  static LoadUsage parse(String line) {
    String[] parts = line.split(" ", -1);
    return new LoadUsage(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]));
  }

  LoadUsage since(LoadUsage before) {
    return new LoadUsage(
        cpuNanos - before.cpuNanos,
        ownNanos - before.ownNanos,
        allocatedBytes - before.allocatedBytes,
        heapBytes - before.heapBytes);
  }

  @Override
  public String toString() {
    return cpuNanos + " " + ownNanos + " " + allocatedBytes + " " + heapBytes;
  }
}
