package io.voicebus.benchmarks;

import io.vertx.core.json.JsonObject;

/**
 * What came of questions that arrived at a rate.
 *
 * @param perSecond of questions, on average
 * @param sample of all turns
 * @param cpuMsPerTurn of the flow's process
 * @param cores of the machine that the process took
 * @param peakInFlight the most turns at once
 * @param residentMib the process' memory at the end
 */
record FieldLoad(
    double perSecond,
    FieldSample sample,
    double cpuMsPerTurn,
    double cores,
    int peakInFlight,
    long residentMib) {

  /** Listeners at once in real time for whom one core does the work. */
  double turnsPerCore() {
    return sample.meanSoundMs() / cpuMsPerTurn;
  }

  JsonObject json() {
    return sample
        .json()
        .put("per_second", perSecond)
        .put("cpu_ms_per_turn", cpuMsPerTurn)
        .put("turns_per_core", turnsPerCore())
        .put("cores", cores)
        .put("peak_in_flight", peakInFlight)
        .put("resident_mib", residentMib);
  }
}
