package io.voicebus.http;

import io.vertx.core.Future;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Position;
import io.voicebus.contract.TurnAsk;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.contract.TurnState;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import java.time.Duration;
import java.util.List;

/**
 * Finds turns: of this instance, or of another one in this JVM or its cluster, which a turn's id
 * names. NOT thread safe.
 */
final class TurnDirectory {
  /** How long an owner may take to answer: a cold connection between two nodes takes tenths. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The same for a client that waits for audio, and may be served by another one. */
  private static final Duration CONNECT_PATIENCE = Duration.ofMillis(2500);

  private static final Position NOWHERE = new Position(0, false);

  private final Inbox inbox;
  private final TurnSessions own;
  private final HttpSettings settings;

  /** Also answers the other instances, from now on. */
  TurnDirectory(Inbox inbox, TurnSessions own, HttpSettings settings) {
    this.inbox = inbox;
    this.own = own;
    this.settings = settings;
    inbox.onLink(TurnListen.class, (wanted, link) -> LinkClient.serve(own, wanted, link));
    inbox.onAsk(
        TurnAsk.class, ask -> Future.succeededFuture(List.of(answer(known(ask.turn()), ask))));
  }

  /**
   * A turn's id as it is in a path.
   *
   * @throws ProblemException 404
   */
  static TurnId id(String path) {
    try {
      return new TurnId(path);
    } catch (IllegalArgumentException notAnId) {
      throw TurnProblems.unknown();
    }
  }

  /** Connects a client; fails with a {@link ProblemException}. */
  Future<TurnConnection> connect(TurnListen wanted, TurnClient client) {
    TurnSession session = own.find(wanted.turn());
    if (session != null) {
      try {
        return Future.succeededFuture(new OwnConnection(session, wanted, client));
      } catch (ProblemException why) {
        return Future.failedFuture(why);
      }
    }
    long asked = inbox.now();
    if (own.isLost(wanted.turn()) && wanted.audio()) {
      return goOn(wanted, client).recover(why -> unreachable(why, true));
    }
    boolean[] silent = {false};
    return owner(wanted.turn())
        .compose(owner -> open(owner, wanted, client))
        .recover(
            why -> {
              silent[0] = isLate(asked);
              return isLost(why)
                  ? elsewhere(wanted, client, why, silent[0])
                  : Future.failedFuture(why);
            })
        .recover(why -> unreachable(why, silent[0]));
  }

  private Future<TurnConnection> open(String to, TurnListen wanted, TurnClient client) {
    PauseLimit pause = new PauseLimit(inbox, settings.pause());
    return RemoteConnection.open(inbox, to, CONNECT_PATIENCE, wanted, client, pause);
  }

  /** Whether a turn's owner does not answer, or is not its owner any more. */
  private static boolean isLost(Throwable why) {
    return why instanceof ProblemException problem
        ? problem.problem().status() == ProblemMapping.status(FailureKind.NOT_FOUND)
        : switch (Failure.of(Stage.OWNER, why).kind()) {
          case UNAVAILABLE, LOST, TIMEOUT, NOT_FOUND -> true;
          default -> false;
        };
  }

  /** A turn whose owner is lost goes on where its copy is kept. */
  private Future<TurnConnection> elsewhere(
      TurnListen wanted, TurnClient client, Throwable why, boolean silent) {
    return own.hasCopy(wanted.turn()) && wanted.audio()
        ? goOn(wanted, client)
        : own.seek(wanted.turn(), silent)
            .recover(nowhere -> Future.failedFuture(why))
            .compose(holder -> open(holder, wanted, client));
  }

  private Future<TurnConnection> goOn(TurnListen wanted, TurnClient client) {
    return own.goOn(wanted.turn(), Math.max(0, wanted.from()))
        .map(session -> new OwnConnection(session, wanted, client));
  }

  /** How a turn stands, as JSON. */
  Future<String> state(TurnId turn) {
    return ask(new TurnAsk(turn, TurnAsk.Command.LOOK, NOWHERE));
  }

  /** Ends a turn: also one that has ended, and is still heard. */
  Future<String> delete(TurnId turn) {
    return ask(new TurnAsk(turn, TurnAsk.Command.DELETE, NOWHERE));
  }

  /** A listener's report: also of a turn that has ended, and is still heard. */
  Future<String> position(TurnId turn, PositionJson position) {
    return ask(
        new TurnAsk(
            turn, TurnAsk.Command.POSITION, new Position(position.playedMs(), position.paused())));
  }

  private Future<String> ask(TurnAsk ask) {
    TurnSession session = own.find(ask.turn());
    if (session != null) {
      return Future.succeededFuture(answer(session, ask).json());
    }
    long asked = inbox.now();
    boolean[] silent = {false};
    return owner(ask.turn())
        .compose(owner -> inbox.ask(owner, ask, PATIENCE))
        .recover(
            why -> {
              silent[0] = isLate(asked);
              return isLost(why)
                  ? own.seek(ask.turn(), silent[0])
                      .recover(nowhere -> Future.failedFuture(why))
                      .compose(owner -> inbox.ask(owner, ask, PATIENCE))
                  : Future.failedFuture(why);
            })
        .map(
            answers -> {
              if (answers.size() == 1 && answers.get(0) instanceof TurnState state) {
                return state.json();
              }
              throw TurnProblems.unknown();
            })
        .recover(why -> unreachable(why, silent[0]));
  }

  private Future<String> owner(TurnId turn) {
    return turn.owner()
        .filter(owner -> !owner.equals(inbox.address()))
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture(TurnProblems.unknown()));
  }

  /** The one place where it is decided what becomes of a turn whose owner cannot be asked. */
  private <T> Future<T> unreachable(Throwable why, boolean silent) {
    if (why instanceof ProblemException) {
      return Future.failedFuture(why);
    }
    Failure failure = Failure.of(Stage.OWNER, why);
    if (failure.kind() == FailureKind.NOT_FOUND) {
      return Future.failedFuture(TurnProblems.unknown());
    }
    boolean gone = failure.kind() == FailureKind.UNAVAILABLE || failure.kind() == FailureKind.LOST;
    return Future.failedFuture(
        gone && !silent
            ? TurnProblems.unknown()
            : ProblemMapping.of(
                    FailureKind.TIMEOUT,
                    "the instance that has the turn does not answer: try again in a moment")
                .toException());
  }

  /** Of an owner that is not there it is known at once; of one that is frozen it is not. */
  private boolean isLate(long asked) {
    return inbox.now() - asked >= CONNECT_PATIENCE.toNanos();
  }

  private TurnSession known(TurnId turn) {
    TurnSession session = own.find(turn);
    if (session == null) {
      throw new VoicebusException(Stage.OWNER, FailureKind.NOT_FOUND, "there is no such turn");
    }
    return session;
  }

  private TurnState answer(TurnSession session, TurnAsk ask) {
    switch (ask.command()) {
      case DELETE -> session.delete("the turn was deleted");
      case POSITION ->
          session.position(new PositionJson(ask.position().playedMs(), ask.position().paused()));
      case LOOK -> {}
    }
    return new TurnState(TurnsEndpoint.state(session, settings.door().base()).toString());
  }
}
