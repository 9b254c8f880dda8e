package io.voicebus.emulators;

import io.vertx.core.Future;
import java.util.function.Predicate;

/** The counters as they change, and the limits that hang on them. Thread-safe. */
final class ElevenUsage {
  private final int maxConcurrent;
  private final Watch<ElevenCounters> watch = new Watch<>(this::counters);
  private long credits;
  private int openSockets;
  private int openContexts;
  private int generating;
  private long sockets;
  private long contexts;
  private long requests;
  private long refusals;
  private long errors;
  private long keepalives;
  private int peakContexts;
  private int peakGenerating;
  private long charactersBilled;

  ElevenUsage(int maxConcurrent, long credits) {
    this.maxConcurrent = maxConcurrent;
    this.credits = credits;
  }

  synchronized ElevenCounters counters() {
    return new ElevenCounters(
        openSockets,
        openContexts,
        generating,
        sockets,
        contexts,
        requests,
        refusals,
        errors,
        keepalives,
        peakContexts,
        peakGenerating,
        charactersBilled);
  }

  synchronized Future<ElevenCounters> when(Predicate<ElevenCounters> wish) {
    return watch.when(wish);
  }

  synchronized void socketOpened() {
    openSockets++;
    sockets++;
    changed();
  }

  synchronized void socketClosed() {
    openSockets--;
    changed();
  }

  synchronized void contextOpened(int onSocket) {
    openContexts++;
    contexts++;
    peakContexts = Math.max(peakContexts, onSocket);
    changed();
  }

  synchronized void contextClosed() {
    openContexts--;
    changed();
  }

  synchronized void requested() {
    requests++;
    changed();
  }

  synchronized void refused() {
    refusals++;
    changed();
  }

  synchronized void erred() {
    errors++;
    changed();
  }

  synchronized void keptAlive() {
    keepalives++;
    changed();
  }

  synchronized boolean full() {
    return maxConcurrent > 0 && generating >= maxConcurrent;
  }

  synchronized int generating() {
    return generating;
  }

  int maxConcurrent() {
    return maxConcurrent;
  }

  synchronized void begun() {
    generating++;
    peakGenerating = Math.max(peakGenerating, generating);
    changed();
  }

  synchronized void finished() {
    generating--;
    changed();
  }

  /** Whether there are credits for so many characters; then they are spent. */
  synchronized boolean bill(int characters) {
    if (characters > credits) {
      return false;
    }
    credits -= characters;
    charactersBilled += characters;
    changed();
    return true;
  }

  private void changed() {
    watch.changed();
  }
}
