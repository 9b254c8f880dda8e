package io.voicebus.turn;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Bus;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.LateTimers;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.TurnFound;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnSought;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds turns whose owner does not answer, and answers instances that look for turns. NOT thread
 * safe.
 */
final class TurnSearch {
  /** How long the first answer is waited for … */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** … and then for a better one: after a break several may think that they have the turn. */
  private static final Duration BETTER = Duration.ofMillis(100);

  private static final Comparator<TurnFound> WORSE_TO_BETTER =
      Comparator.comparingInt(TurnFound::generation)
          .thenComparing(TurnFound::owner)
          .thenComparingInt(TurnFound::facts);

  private final class Search {
    private final TurnId turn;
    private final Promise<String> promise = Promise.promise();
    private Bus.Timer timer;
    private @Nullable TurnFound best;

    Search(TurnId turn) {
      this.turn = turn;
      timer = LateTimers.after(inbox, PATIENCE.toNanos(), this::end);
    }

    void found(TurnFound found) {
      if (best == null) {
        best = found;
        timer.cancel();
        timer = inbox.after(BETTER.toNanos(), this::end);
      } else if (WORSE_TO_BETTER.compare(best, found) < 0) {
        best = found;
      }
    }

    private void end() {
      searches.remove(turn);
      if (best != null) {
        promise.tryComplete(best.from());
      } else {
        promise.tryFail(
            new VoicebusException(
                Stage.OWNER, FailureKind.NOT_FOUND, "no node has that turn, or a copy of it"));
      }
    }
  }

  private final Inbox inbox;
  private final Map<TurnId, Search> searches = new HashMap<>();

  /**
   * Answers others, too.
   *
   * @param here says how this instance has a turn; null for not at all
   */
  TurnSearch(Inbox inbox, Function<TurnId, @Nullable TurnFound> here) {
    this.inbox = inbox;
    inbox.onPacket(
        TurnSought.class,
        sought -> {
          TurnFound found = here.apply(sought.turn());
          if (found != null) {
            inbox.send(sought.from(), found);
          }
        });
    inbox.onPacket(
        TurnFound.class,
        found -> {
          Search search = searches.get(found.turn());
          if (search != null) {
            search.found(found);
          }
        });
  }

  /** The inbox of the one who has it; fails with {@code NOT_FOUND}. */
  Future<String> seek(TurnId turn) {
    return searches
        .computeIfAbsent(
            turn,
            sought -> {
              inbox.publish(Addresses.COPIES, new TurnSought(inbox.address(), sought));
              return new Search(sought);
            })
        .promise
        .future();
  }
}
