package io.voicebus.contract;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks all instances who they are. NOT thread safe: used on its inbox's context only. */
public final class Roster {
  /** How long answers are waited for: who lives and is not overloaded answers in much less. */
  public static final Duration PATIENCE = Duration.ofMillis(250);

  private static final Comparator<NodePacket.Here> BY_NODE_AND_ROLE =
      Comparator.comparing(NodePacket.Here::node)
          .thenComparing(NodePacket.Here::role)
          .thenComparing(NodePacket.Here::from);

  private final Inbox inbox;
  private final List<Map<String, NodePacket.Here>> asking = new ArrayList<>();

  /** Asks from this inbox, which has one roster at most. */
  public Roster(Inbox inbox) {
    this.inbox = inbox;
    inbox.onNode(
        NodePacket.Here.class, here -> asking.forEach(answers -> answers.put(here.from(), here)));
  }

  /** Everybody who answers within {@link #PATIENCE}, the asker too, by node and role. */
  public Future<List<NodePacket.Here>> call() {
    Promise<List<NodePacket.Here>> called = Promise.promise();
    Map<String, NodePacket.Here> answers = new TreeMap<>();
    asking.add(answers);
    inbox.after(
        PATIENCE.toNanos(),
        () -> {
          asking.removeIf(each -> each == answers);
          called.complete(answers.values().stream().sorted(BY_NODE_AND_ROLE).toList());
        });
    inbox.publish(Addresses.NODES, new NodePacket.WhoIsThere(inbox.address()));
    return called.future();
  }
}
