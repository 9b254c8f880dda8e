package io.voicebus.emulators;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Who waits for counters to become as wished, so that tests need not poll. NOT thread-safe: its
 * owner guards it with the counters.
 *
 * @param <C> the counters, as they stand
 */
final class Watch<C> {
  private final Supplier<C> counters;
  private final List<Waiting<C>> waiting = new ArrayList<>();

  private record Waiting<C>(Predicate<C> wish, Promise<C> answer) {}

  Watch(Supplier<C> counters) {
    this.counters = counters;
  }

  /** Completes as soon as they are as wished. */
  Future<C> when(Predicate<C> wish) {
    Promise<C> answer = Promise.promise();
    waiting.add(new Waiting<>(wish, answer));
    changed();
    return answer.future();
  }

  void changed() {
    if (waiting.isEmpty()) {
      return;
    }
    C now = counters.get();
    for (Iterator<Waiting<C>> all = waiting.iterator(); all.hasNext(); ) {
      Waiting<C> next = all.next();
      if (next.wish().test(now)) {
        all.remove();
        next.answer().complete(now);
      }
    }
  }
}
