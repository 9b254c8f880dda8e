package io.voicebus.benchmarks;

import java.util.Locale;

/** The ways from a prompt to its audio that are compared. */
enum LoadFlow {
  /** Voicebus, first chunk a whole sentence. */
  VOICEBUS("/v1/speak?clauses=off", true),
  /** The bare relay. */
  RELAY("/relay", false),
  /** The model completes, a pause, then speech. */
  SEQUENTIAL("/sequential", false),
  /** Voicebus as it comes out of the box: the first chunk may be an early clause. */
  CLAUSES("/v1/speak", true);

  private final String uri;
  private final boolean voicebus;

  LoadFlow(String uri, boolean voicebus) {
    this.uri = uri;
    this.voicebus = voicebus;
  }

  String uri() {
    return uri;
  }

  /** Whether Voicebus serves it; else the JVM of the baselines. */
  boolean voicebus() {
    return voicebus;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How long the answer to a question takes, without any software. */
  double nominalMs(LoadQuestion question) {
    return this == SEQUENTIAL
        ? LoadPace.sequentialMs(question.text().length())
        : LoadPace.wholeMs(question.cuts());
  }
}
