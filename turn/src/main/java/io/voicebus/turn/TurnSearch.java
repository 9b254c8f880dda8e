package io.voicebus.turn;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Bus;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.TurnFound;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnSought;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds turns whose owner does not answer, and tells others who look for them. NOT thread safe. */
final class TurnSearch {
  /** How long answers are waited for … */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * … and where a node is silent: until the cluster has expelled it, after some 8 s, it may take as
   * long to find out who is where.
   */
  static final Duration LONG_PATIENCE = Duration.ofSeconds(10);

  /** Who keeps a copy waits so long for one who owns the turn by now. */
  private static final Duration OWNER_FIRST = Duration.ofMillis(100);

  private final class Search {
    private final Promise<String> promise = Promise.promise();
    private Bus.Timer timer;
    private @Nullable String holder;

    Search(TurnId turn, Duration patience) {
      timer = inbox.after(patience.toNanos(), () -> end(turn));
    }

    void found(TurnFound found) {
      if (found.owner()) {
        holder = found.from();
        end(found.turn());
      } else if (holder == null) {
        holder = found.from();
        timer.cancel();
        timer = inbox.after(OWNER_FIRST.toNanos(), () -> end(found.turn()));
      }
    }

    private void end(TurnId turn) {
      timer.cancel();
      searches.remove(turn);
      if (holder != null) {
        promise.tryComplete(holder);
      } else {
        promise.tryFail(
            new VoicebusException(
                Stage.OWNER, FailureKind.NOT_FOUND, "no node has that turn, or a copy of it"));
      }
    }
  }

  private final Inbox inbox;
  private final Map<TurnId, Search> searches = new HashMap<>();

  /** Answers others, too. */
  TurnSearch(Inbox inbox, Predicate<TurnId> owned, Predicate<TurnId> copied) {
    this.inbox = inbox;
    inbox.onPacket(
        TurnSought.class,
        sought -> {
          boolean owner = owned.test(sought.turn());
          if (owner || copied.test(sought.turn())) {
            inbox.send(sought.from(), new TurnFound(inbox.address(), sought.turn(), owner));
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

  /**
   * The inbox of the one who has it; fails with {@code NOT_FOUND}.
   *
   * @param silent whether its owner's node says nothing, instead of being gone
   */
  Future<String> seek(TurnId turn, boolean silent) {
    return searches
        .computeIfAbsent(
            turn,
            sought -> {
              inbox.publish(Addresses.COPIES, new TurnSought(inbox.address(), sought));
              return new Search(sought, silent ? LONG_PATIENCE : PATIENCE);
            })
        .promise
        .future();
  }
}
