package io.voicebus.benchmarks;

/**
 * What a round of one flow took.
 *
 * @param turns those that are not measured included
 * @param server used by the flow's JVM
 * @param emulators used by the emulators' JVM
 * @param wallNanos from before the first question to after the last answer
 * @param peak the most turns in flight
 * @param meanInFlight the mean of turns in flight over that time
 */
record LoadCost(
    int round,
    int turns,
    LoadUsage server,
    LoadUsage emulators,
    long wallNanos,
    int peak,
    double meanInFlight) {

  double cpuMsPerTurn() {
    return server.cpuNanos() / 1e6 / turns;
  }

  /** Without what compiling and collecting garbage took. */
  double ownCpuMsPerTurn() {
    return server.ownNanos() / 1e6 / turns;
  }

  double allocatedKiBPerTurn() {
    return server.allocatedBytes() / 1024.0 / turns;
  }

  /** How much of one core the flow's JVM used. */
  double serverCores() {
    return (double) server.cpuNanos() / wallNanos;
  }

  double emulatorCores() {
    return (double) emulators.cpuNanos() / wallNanos;
  }
}
