package io.voicebus.benchmarks;

import io.vertx.core.json.JsonArray;

/**
 * The milestones of a turn, in ms from its acceptance; the same for Voicebus and for the relay.
 *
 * @param firstDelta the first text arrived
 * @param firstChunk the first sentence was cut
 * @param firstFrame its first audio arrived
 * @param firstAudio that was handed to the connection
 * @param taken of the first chunk, from its making until a worker took it; -1 unknown
 * @param voice from then to the voice's first frame; -1 unknown
 */
record LoadTrace(
    double firstDelta,
    double firstChunk,
    double firstFrame,
    double firstAudio,
    double taken,
    double voice) {

  /** From nanoseconds; -1 for what is not known. */
  static LoadTrace of(long[] nanos) {
    return new LoadTrace(nanos[0] / 1e6, nanos[1] / 1e6, nanos[2] / 1e6, nanos[3] / 1e6, -1, -1);
  }

  static LoadTrace of(JsonArray ms) {
    return new LoadTrace(
        ms.getDouble(0), ms.getDouble(1), ms.getDouble(2), ms.getDouble(3), -1, -1);
  }

  JsonArray json() {
    return new JsonArray()
        .add(firstDelta)
        .add(firstChunk)
        .add(firstFrame)
        .add(firstAudio)
        .add(taken)
        .add(voice);
  }
}
