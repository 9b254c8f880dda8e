package io.voicebus.tts.service;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Utterances that wait for room at a service, the earliest due first. NOT thread-safe. */
public final class WaitingLine {
  /** Each belongs to a slot of a worker, so there are never many. */
  private static final int MOST = 1_024;

  private record Waiting(ServiceUtterance utterance, long dueAt) {}

  private static final Comparator<Waiting> ORDER =
      Comparator.comparingLong(Waiting::dueAt)
          .thenComparingInt(waiting -> waiting.utterance.asked().chunk());

  private final String service;
  private final List<Waiting> line = new ArrayList<>();

  /**
   * An empty queue.
   *
   * @param service the service's name for people
   */
  public WaitingLine(String service) {
    this.service = service;
  }

  /** Adds an utterance in its order; fails it if the queue is full. */
  public void add(ServiceUtterance utterance, long now) {
    dropOver();
    if (line.size() >= MOST) {
      utterance.fail(
          new Failure(
              Stage.SPEECH,
              FailureKind.RATE_LIMITED,
              MOST + " utterances wait for " + service + " already; try again later"));
      return;
    }
    utterance.stands("");
    Waiting waiting = new Waiting(utterance, utterance.dueAt(now));
    int place = line.size();
    while (place > 0 && ORDER.compare(waiting, line.get(place - 1)) < 0) {
      place--;
    }
    line.add(place, waiting);
  }

  /** Removes the utterances that have ended or were cancelled. */
  public void dropOver() {
    line.removeIf(waiting -> waiting.utterance.over());
  }

  /**
   * Reports to an utterance that was added why it waits and how long at least, if the service has
   * told.
   *
   * @param now in nanoseconds of the clock of the limit
   */
  public void tell(ServiceUtterance utterance, ServiceLimit limit, long now) {
    long wait = limit.waitNanos(now);
    boolean knownWhy =
        !limit.why().isEmpty() && line.stream().anyMatch(each -> each.utterance == utterance);
    if ((wait > 0 || knownWhy) && !utterance.over()) {
      utterance.waits(wait / 1_000_000, limit.why());
    }
  }

  /** Whether no utterance waits. */
  public boolean isEmpty() {
    return line.isEmpty();
  }

  /** The waiting utterances in their order. */
  public List<ServiceUtterance> all() {
    return line.stream().map(Waiting::utterance).toList();
  }

  /** Removes an utterance. */
  public void remove(ServiceUtterance utterance) {
    line.removeIf(waiting -> waiting.utterance == utterance);
  }

  /** Removes and returns all utterances that match. */
  public List<ServiceUtterance> takeAll(Predicate<ServiceUtterance> kind) {
    List<ServiceUtterance> taken = all().stream().filter(kind).toList();
    line.removeIf(waiting -> kind.test(waiting.utterance));
    return taken;
  }

  /** When the first one is due, while there is one. */
  long firstDueAt() {
    return line.get(0).dueAt;
  }

  /** Takes the first one out, while there is one. */
  ServiceUtterance first() {
    return line.remove(0).utterance;
  }
}
