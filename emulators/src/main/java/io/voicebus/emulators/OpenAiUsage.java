package io.voicebus.emulators;

import io.vertx.core.Future;
import java.util.function.Predicate;

/** The counters as they change. Thread-safe. */
final class OpenAiUsage {
  private final Watch<OpenAiCounters> watch = new Watch<>(this::counters);
  private int openChats;
  private int openSpeeches;
  private long chats;
  private long speeches;
  private long refusals;
  private long cancelled;
  private int peakChats;
  private int peakSpeeches;
  private long charactersSpoken;
  private long connections;
  private int openConnections;

  synchronized OpenAiCounters counters() {
    return new OpenAiCounters(
        openChats,
        openSpeeches,
        chats,
        speeches,
        refusals,
        cancelled,
        peakChats,
        peakSpeeches,
        charactersSpoken,
        connections,
        openConnections);
  }

  synchronized Future<OpenAiCounters> when(Predicate<OpenAiCounters> wish) {
    return watch.when(wish);
  }

  synchronized void connected() {
    connections++;
    openConnections++;
    watch.changed();
  }

  synchronized void disconnected() {
    openConnections--;
    watch.changed();
  }

  synchronized void begun(boolean speech) {
    if (speech) {
      speeches++;
      peakSpeeches = Math.max(peakSpeeches, ++openSpeeches);
    } else {
      chats++;
      peakChats = Math.max(peakChats, ++openChats);
    }
    watch.changed();
  }

  /**
   * A request is over.
   *
   * @param whole whether its response was ended in good form
   */
  synchronized void finished(boolean speech, boolean whole) {
    if (speech) {
      openSpeeches--;
    } else {
      openChats--;
    }
    cancelled += whole ? 0 : 1;
    watch.changed();
  }

  synchronized void refused() {
    refusals++;
    watch.changed();
  }

  synchronized void spoken(int characters) {
    charactersSpoken += characters;
    watch.changed();
  }
}
