package io.voicebus.bus;

import static java.util.stream.Collectors.toSet;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Asks all instances who they are. NOT thread safe: used on its inbox's context only. */
public final class Roster {
  /**
   * How long to wait for answers. Most come at once; the first one between two nodes waits for
   * their connection, with TLS and on a busy machine for some tenths of a second.
   */
  public static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Comparator<NodePacket.Here> BY_NODE_AND_ROLE =
      Comparator.comparing(NodePacket.Here::node)
          .thenComparing(NodePacket.Here::role)
          .thenComparing(NodePacket.Here::from);

  private final Inbox inbox;
  private final List<Call> calls = new ArrayList<>();

  /** Asks from this inbox, which has one roster at most. */
  public Roster(Inbox inbox) {
    this.inbox = inbox;
    inbox.onNode(
        NodePacket.Here.class, here -> List.copyOf(calls).forEach(call -> call.answered(here)));
  }

  /** Everybody who answers within {@link #PATIENCE}, the asker too, by node and role. */
  public Future<List<NodePacket.Here>> call() {
    return call(roles -> false);
  }

  /**
   * The same, but only until it is enough.
   *
   * @param enough is given the roles that have answered so far
   */
  public Future<List<NodePacket.Here>> call(Predicate<Set<String>> enough) {
    Call call = new Call(enough);
    calls.add(call);
    inbox.publish(NodePacket.ADDRESS, new NodePacket.WhoIsThere(inbox.address()));
    return call.promise.future();
  }

  private final class Call {
    final Promise<List<NodePacket.Here>> promise = Promise.promise();
    private final Map<String, NodePacket.Here> answers = new HashMap<>();
    private final Predicate<Set<String>> enough;
    private final Bus.Timer timer = LateTimers.after(inbox, PATIENCE.toNanos(), this::end);

    Call(Predicate<Set<String>> enough) {
      this.enough = enough;
    }

    void answered(NodePacket.Here here) {
      answers.put(here.from(), here);
      if (enough.test(answers.values().stream().map(NodePacket.Here::role).collect(toSet()))) {
        end();
      }
    }

    private void end() {
      timer.cancel();
      calls.remove(this);
      promise.tryComplete(answers.values().stream().sorted(BY_NODE_AND_ROLE).toList());
    }
  }
}
