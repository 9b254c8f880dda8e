package io.voicebus.emulators;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The counters as they change, and the limits that hang on them. Thread-safe. */
final class ElevenUsage {
  private final int maxConcurrent;
  private final List<Waiting> waiting = new ArrayList<>();
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

  private record Waiting(Predicate<ElevenCounters> wish, Promise<ElevenCounters> answer) {}

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
    Promise<ElevenCounters> answer = Promise.promise();
    waiting.add(new Waiting(wish, answer));
    changed();
    return answer.future();
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
    if (waiting.isEmpty()) {
      return;
    }
    ElevenCounters now = counters();
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting next = all.next();
      if (next.wish().test(now)) {
        all.remove();
        next.answer().complete(now);
      }
    }
  }
}
