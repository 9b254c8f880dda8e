package io.voicebus.benchmarks;

/** A stretch of the way to first audio, at the server. */
enum LoadStep {
  /** Until the first text. */
  DELTA("accepted to first delta"),
  /** Until the first sentence is cut. */
  CHUNK("to first sentence"),
  /** Until its first audio. */
  FRAME("to first frame"),
  /** Until that is handed to the connection. */
  AUDIO("to first audio");

  private final String words;

  LoadStep(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  private double ms(LoadTrace trace) {
    return switch (this) {
      case DELTA -> trace.firstDelta();
      case CHUNK -> trace.firstChunk() - trace.firstDelta();
      case FRAME -> trace.firstFrame() - trace.firstChunk();
      case AUDIO -> trace.firstAudio() - trace.firstFrame();
    };
  }

  LoadSample of(LoadLevel level, LoadFlow flow) {
    return level.step(flow, this::ms);
  }

  /** How much longer it takes in Voicebus than in the relay. */
  LoadSample difference(LoadLevel level) {
    return level.steps(LoadFlow.VOICEBUS, LoadFlow.RELAY, this::ms);
  }
}
