package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Stage;
import io.voicebus.contract.TurnId;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Reaches one turn, wherever it is: here, at the owner that its id or its copy names, at another
 * one that goes on with it, or where its copy is kept, once the owner's silence counts as its
 * death. It looks again and again while nodes are silent; a turn is unknown only when nobody alive
 * has it. NOT thread safe.
 *
 * @param <T> what is wanted of the turn
 */
final class TurnReach<T> {
  /** How a turn is served. */
  interface Ways<T> {
    /**
     * It is of this instance.
     *
     * @throws ProblemException why not
     */
    T here(TurnSession session);

    /** A copy of it is kept here; fails with {@code UNAVAILABLE} as long as its owner lives. */
    Future<T> copied();

    /** Another instance has it, or a copy of it. */
    Future<T> at(String inbox, Duration patience);
  }

  /** While a client waits for so long, nodes are looked for again. */
  static final Duration PATIENCE = Duration.ofSeconds(12);

  /** Between two rounds. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** A living owner answers in milliseconds, over a cold connection in tenths of a second … */
  private static final Duration ANSWER = Duration.ofSeconds(1);

  /** … on a machine that is very busy not even then. */
  private static final Duration LATE_ANSWER = Duration.ofMillis(2500);

  /**
   * An owner that has been silent towards its copy's holder, and so is lost or was just cut off.
   */
  private static final Duration LOST_ANSWER = Duration.ofMillis(300);

  private final Inbox inbox;
  private final TurnSessions own;
  private final TurnId turn;
  private final Ways<T> ways;
  private final long giveUpAt;
  private final Promise<T> promise = Promise.promise();
  private int rounds;

  /** How often nobody had it, while its owner did not exist. */
  private int misses;

  /** Nothing happens before {@link #reach}. */
  TurnReach(Inbox inbox, TurnSessions own, TurnId turn, Ways<T> ways) {
    this.inbox = inbox;
    this.own = own;
    this.turn = turn;
    this.ways = ways;
    giveUpAt = inbox.now() + PATIENCE.toNanos();
  }

  /** What is wanted; fails with a {@link ProblemException}. */
  Future<T> reach() {
    round();
    return promise.future();
  }

  private void round() {
    TurnSession session = own.find(turn);
    if (session != null) {
      tried(() -> Future.succeededFuture(ways.here(session))).onComplete(promise);
      return;
    }
    String owner =
        own.ownerOfCopy(turn)
            .or(turn::owner)
            .filter(named -> !named.equals(inbox.address()))
            .orElse("");
    if (owner.isEmpty()) {
      elsewhere(true, true);
      return;
    }
    Duration patience = own.isLost(turn) ? LOST_ANSWER : rounds == 0 ? ANSWER : LATE_ANSWER;
    rounds++;
    long asked = inbox.now();
    tried(() -> ways.at(owner, patience))
        .onSuccess(promise::complete)
        .onFailure(
            why -> {
              boolean answered = isNotFound(why);
              boolean silent = inbox.now() - asked >= patience.toNanos() / 2;
              if (mayBeElsewhere(why)) {
                elsewhere(answered || !silent, answered);
              } else {
                promise.fail(why);
              }
            });
  }

  /**
   * Its owner does not have it, or does not answer.
   *
   * @param gone whether the owner is known not to have it, and is not only silent
   * @param sure whether it said so itself
   */
  private void elsewhere(boolean gone, boolean sure) {
    if (own.hasCopy(turn)) {
      or(tried(ways::copied));
    } else {
      own.seek(turn)
          .onSuccess(found -> or(tried(() -> ways.at(found, LATE_ANSWER))))
          .onFailure(nobody -> nowhere(gone, sure));
    }
  }

  /** An attempt that throws has failed: in a timer nobody else would tell the client. */
  private static <A> Future<A> tried(Supplier<Future<A>> attempt) {
    try {
      return attempt.get();
    } catch (RuntimeException why) {
      return Future.failedFuture(why);
    }
  }

  private void or(Future<T> attempt) {
    attempt
        .onSuccess(promise::complete)
        .onFailure(
            why -> {
              if (mayBeElsewhere(why)) {
                again();
              } else {
                promise.fail(why);
              }
            });
  }

  /** One that was asked may have been too busy to answer: nobody has it when that is said twice. */
  private void nowhere(boolean gone, boolean sure) {
    if (gone && (sure || !own.canSeek() || ++misses == 2)) {
      promise.fail(TurnProblems.unknown());
    } else {
      again();
    }
  }

  private void again() {
    if (inbox.now() + PAUSE.toNanos() < giveUpAt) {
      inbox.after(PAUSE.toNanos(), this::round);
    } else {
      promise.fail(TurnProblems.outOfReach());
    }
  }

  private static boolean isNotFound(Throwable why) {
    return why instanceof ProblemException problem
        ? problem.problem().status() == ProblemMapping.status(FailureKind.NOT_FOUND)
        : Failure.of(Stage.OWNER, why).kind() == FailureKind.NOT_FOUND;
  }

  /** Whether the instance that was asked does not answer, or does not have the turn. */
  private static boolean mayBeElsewhere(Throwable why) {
    if (isNotFound(why)) {
      return true;
    }
    return !(why instanceof ProblemException)
        && switch (Failure.of(Stage.OWNER, why).kind()) {
          case UNAVAILABLE, LOST, TIMEOUT -> true;
          default -> false;
        };
  }
}
