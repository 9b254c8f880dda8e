package io.voicebus.turn;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.LateTimers;
import io.voicebus.bus.Link;
import io.voicebus.bus.Recent;
import io.voicebus.bus.Stage;
import io.voicebus.bus.Tie;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.CopiedFact;
import io.voicebus.contract.CopiedFacts;
import io.voicebus.contract.CopyKept;
import io.voicebus.contract.CopyOpen;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.Position;
import io.voicebus.contract.TurnFound;
import io.voicebus.contract.TurnId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The copies that one instance keeps of turns that others own. One whose owner is lost, or whose
 * turn has finished, is kept for as long as its client may come back. NOT thread safe.
 */
final class TurnCopies {
  /** A client may come back before its owner's silence has lasted long enough to be a death. */
  static final Duration DEATH_PATIENCE = Duration.ofMillis(2500);

  /** Turns that went on here, so that their former owners are told. */
  private static final int REMEMBERED = 4096;

  private static final Failure TAKEN =
      new Failure(Stage.OWNER, FailureKind.CANCELLED, "another node goes on with the turn");

  private static final class Held {
    private final CopyOpen head;
    private final Link link;
    private final TurnCopy copy = new TurnCopy();
    private final List<Promise<Void>> waiting = new ArrayList<>();
    private long received;
    private boolean orphan;
    private @Nullable Tie owner;
    private Bus.@Nullable Timer expiry;

    Held(CopyOpen head, Link link) {
      this.head = head;
      this.link = link;
    }

    /** Whether its owner sends nothing more to it. */
    boolean isLeft() {
      return expiry != null;
    }

    /** Nobody here needs to know any more whether its owner lives. */
    void unwatch() {
      if (owner != null) {
        owner.release();
        owner = null;
      }
    }

    /** Nothing more happens to it. */
    void close() {
      unwatch();
      if (expiry != null) {
        expiry.cancel();
      }
    }
  }

  private final Inbox inbox;
  private final CopyHolders holders;
  private final int most;
  private final Duration returns;
  private final Map<TurnId, Held> copies = new HashMap<>();

  /** The generations of those that were taken. */
  private final Recent<TurnId, Integer> taken = new Recent<>(REMEMBERED);

  private boolean stopping;

  /**
   * Keeps copies from now on.
   *
   * @param most at once
   * @param returns how long a client may stay away
   */
  TurnCopies(Inbox inbox, CopyHolders holders, int most, Duration returns) {
    this.inbox = inbox;
    this.holders = holders;
    this.most = most;
    this.returns = returns;
    inbox.onLink(CopyOpen.class, this::onOpen);
  }

  /** How many there are. */
  int size() {
    return copies.size();
  }

  /** Whether there is one of this turn. */
  boolean has(TurnId turn) {
    return copies.containsKey(turn);
  }

  /** Whether there is one of this turn, and its owner is known to be lost. */
  boolean isLost(TurnId turn) {
    Held held = copies.get(turn);
    return held != null && held.orphan;
  }

  /** How it is kept here, for those who seek it; null for not at all. */
  @Nullable TurnFound found(TurnId turn) {
    Held held = copies.get(turn);
    return held == null
        ? null
        : new TurnFound(inbox.address(), turn, false, held.head.generation(), held.copy.size());
  }

  /** The inbox of its owner, as far as is known here; null where no copy is kept. */
  @Nullable String owner(TurnId turn) {
    Held held = copies.get(turn);
    return held == null ? null : held.link.peer();
  }

  /** Its listener tells how far it has heard, though nobody owns the turn just now. */
  void position(TurnId turn, Position reported) {
    Held held = copies.get(turn);
    if (held != null) {
      held.copy.add(reported);
    }
  }

  private void onOpen(CopyOpen head, Link link) {
    holders.note(link.peer(), head.process());
    TurnId turn = head.turn().turn();
    Integer generation = taken.get(turn);
    Held known = copies.get(turn);
    if ((generation != null && head.generation() <= generation)
        || (known != null && head.generation() < known.head.generation())) {
      throw TAKEN.toException();
    }
    if (stopping) {
      throw new VoicebusException(Stage.OWNER, FailureKind.UNAVAILABLE, "the instance stops");
    }
    if (known == null && copies.size() >= most) {
      throw new VoicebusException(
          Stage.OWNER, FailureKind.RATE_LIMITED, "this node keeps as many copies as it may");
    }
    if (known != null) {
      drop(known);
      known.link.fail(TAKEN);
    }
    Held held = new Held(head, link);
    copies.put(turn, held);
    link.in()
        .handler(
            item -> {
              if (item instanceof CopiedFacts facts) {
                add(held, facts);
              }
            });
    link.tell(new CopyKept(0));
    link.in().endHandler(finished -> leave(held));
    link.onFailure(
        why -> {
          if (why.kind() == FailureKind.CANCELLED) {
            drop(held);
          } else if (why.kind() == FailureKind.LOST && !link.isPeerDead()) {
            leave(held);
          } else {
            holders.forget(link.peer());
            orphan(held);
          }
        });
  }

  private void add(Held held, CopiedFacts facts) {
    boolean audioFollows = false;
    for (CopiedFact fact : facts.facts()) {
      held.copy.add(fact.fact());
      held.received++;
      audioFollows |= TurnCopy.precedesAudio(fact.fact());
    }
    if (audioFollows) {
      held.link.tell(new CopyKept(held.received));
    }
    if (held.copy.isTooLong()) {
      held.link.fail(
          new Failure(Stage.OWNER, FailureKind.TOO_LARGE, "the turn is too long for a copy"));
      drop(held);
    }
  }

  /**
   * Its owner lives and sends nothing more to it: the turn has finished, or the owner, for which
   * this node was silent for too long, has its copy at another node since.
   */
  private void leave(Held held) {
    if (isKept(held) && !held.isLeft()) {
      keepForAWhile(held);
      held.owner = inbox.watch(held.link.peer(), () -> orphan(held));
    }
  }

  /** Its owner is lost. */
  private void orphan(Held held) {
    if (isKept(held) && !held.orphan) {
      held.orphan = true;
      if (!held.isLeft()) {
        keepForAWhile(held);
      }
      List.copyOf(held.waiting).forEach(Promise::tryComplete);
    }
  }

  private boolean isKept(Held held) {
    return copies.get(held.head.turn().turn()) == held;
  }

  private void keepForAWhile(Held held) {
    held.link.out().end();
    held.expiry = LateTimers.after(inbox, returns.toNanos(), () -> drop(held));
  }

  private void drop(Held held) {
    if (copies.remove(held.head.turn().turn(), held)) {
      held.close();
      List.copyOf(held.waiting).forEach(waiting -> waiting.tryFail(unknown()));
    }
  }

  /**
   * Waits until the owner of a turn is known to be lost.
   *
   * @return fails with {@code NOT_FOUND} when there is no copy here, and with {@code UNAVAILABLE}
   *     when its owner is alive
   */
  Future<Void> loss(TurnId turn) {
    Held held = copies.get(turn);
    if (held == null) {
      return Future.failedFuture(unknown());
    }
    if (held.orphan) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    held.waiting.add(promise);
    Bus.Timer timer =
        inbox.after(
            DEATH_PATIENCE.toNanos(), () -> promise.tryFail(askAgain("its owner is alive")));
    return promise
        .future()
        .onComplete(
            done -> {
              timer.cancel();
              held.waiting.remove(promise);
            });
  }

  /**
   * A turn's client has come here: the copy, once its owner is lost; fails as {@link #loss}, and
   * with {@code UNAVAILABLE} when the copy is older than what the client has. That is so where this
   * node was frozen, and the owner, which may be alive, has its copy at another node since.
   *
   * @param has the samples that the client has
   * @param share of memory, for who goes on with it
   */
  Future<LostTurn> take(TurnId turn, long has, MemoryBudget.Share share) {
    return loss(turn)
        .map(
            lost -> {
              Held held = copies.get(turn);
              if (held == null) {
                // One client goes on with the turn; others find it here when they ask again.
                throw askAgain("another client has just come back to it");
              }
              if (has > 0 && !held.copy.hasAudio()) {
                throw askAgain("its copy here is older than what its listener has");
              }
              return take(held, share);
            });
  }

  private LostTurn take(Held held, MemoryBudget.Share share) {
    TurnId turn = held.head.turn().turn();
    copies.remove(turn, held);
    held.close();
    taken.put(turn, held.head.generation());
    return new LostTurn(held.head, held.copy, share);
  }

  private static VoicebusException unknown() {
    return new VoicebusException(
        Stage.OWNER, FailureKind.NOT_FOUND, "no copy of that turn is kept here");
  }

  private static VoicebusException askAgain(String why) {
    return new VoicebusException(
        Stage.OWNER, FailureKind.UNAVAILABLE, "ask for the turn again in a moment: " + why);
  }

  /** Keeps no more: owners find other nodes for what they have here. */
  void stop() {
    stopping = true;
    holders.stop();
    Failure why = new Failure(Stage.OWNER, FailureKind.UNAVAILABLE, "the instance stops");
    for (Held held : List.copyOf(copies.values())) {
      if (held.isLeft()) {
        held.unwatch();
      } else {
        drop(held);
        held.link.fail(why);
      }
    }
  }

  /** Drops all that is left. */
  void close() {
    stop();
    List.copyOf(copies.values()).forEach(this::drop);
  }
}
