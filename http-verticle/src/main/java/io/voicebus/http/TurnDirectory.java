package io.voicebus.http;

import io.vertx.core.Future;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.AudioAsk;
import io.voicebus.contract.AudioKept;
import io.voicebus.contract.Position;
import io.voicebus.contract.RequestCancelled;
import io.voicebus.contract.TurnAsk;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.contract.TurnState;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import java.time.Duration;
import java.util.List;

/**
 * Serves turns: of this instance, or of another one in this JVM or its cluster; {@link TurnReach}
 * finds them. NOT thread safe.
 */
final class TurnDirectory {
  private static final Position NOWHERE = new Position(0, false);

  private final Inbox inbox;
  private final TurnSessions own;
  private final HttpSettings settings;

  /** Begins to answer the other instances. */
  TurnDirectory(Inbox inbox, TurnSessions own, HttpSettings settings) {
    this.inbox = inbox;
    this.own = own;
    this.settings = settings;
    inbox.onLink(TurnListen.class, (wanted, link) -> LinkClient.serve(own, wanted, link));
    inbox.onAsk(TurnAsk.class, ask -> asked(ask).map(TurnState::parts));
    inbox.onAsk(AudioAsk.class, ask -> asked(ask).map(kept -> List.of(kept)));
    inbox.onPacket(
        RequestCancelled.class,
        cancelled -> own.shared().mcp.cancel(cancelled.client(), cancelled.request()));
  }

  /** Tells all instances that a client has given up a request. */
  void cancelRequest(String client, String request) {
    inbox.publish(Addresses.COPIES, new RequestCancelled(inbox.address(), client, request));
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
    return new TurnReach<>(
            inbox,
            own,
            wanted.turn(),
            new TurnReach.Ways<TurnConnection>() {
              @Override
              public TurnConnection here(TurnSession session) {
                return new OwnConnection(session, wanted, client);
              }

              @Override
              public Future<TurnConnection> copied() {
                return own.goOn(wanted).map(this::here);
              }

              @Override
              public Future<TurnConnection> at(String instance, Duration patience) {
                PauseLimit pause = new PauseLimit(inbox, settings.pause());
                return RemoteConnection.open(inbox, instance, patience, wanted, client, pause);
              }
            })
        .reach();
  }

  /** What there is of a turn's audio; fails with a {@link ProblemException}. */
  Future<AudioKept> audio(TurnId turn) {
    return new TurnReach<>(
            inbox,
            own,
            turn,
            new TurnReach.Ways<AudioKept>() {
              @Override
              public AudioKept here(TurnSession session) {
                return session.audioKept();
              }

              @Override
              public Future<AudioKept> copied() {
                // Whether its owner is lost is found out when the client is connected.
                return Future.succeededFuture(AudioKept.UNKNOWN);
              }

              @Override
              public Future<AudioKept> at(String instance, Duration patience) {
                return inbox
                    .ask(instance, new AudioAsk(turn), patience)
                    .map(answers -> only(answers, AudioKept.class));
              }
            })
        .reach();
  }

  private Future<AudioKept> asked(AudioAsk ask) {
    TurnSession session = own.find(ask.turn());
    if (session != null) {
      return Future.succeededFuture(session.audioKept());
    }
    return own.hasCopy(ask.turn())
        ? Future.succeededFuture(AudioKept.UNKNOWN)
        : Future.failedFuture(noSuchTurn());
  }

  private static VoicebusException noSuchTurn() {
    return new VoicebusException(Stage.OWNER, FailureKind.NOT_FOUND, "there is no such turn");
  }

  private static <A> A only(List<?> answers, Class<A> type) {
    if (answers.size() == 1 && type.isInstance(answers.get(0))) {
      return type.cast(answers.get(0));
    }
    throw TurnProblems.unknown();
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

  /** The captions of a turn so far. */
  Future<String> captions(TurnId turn, TurnAsk.Command format) {
    return ask(new TurnAsk(turn, format, NOWHERE));
  }

  /**
   * Puts a turn on hold.
   *
   * @param playedMs by its listener; negative for unknown
   */
  Future<String> hold(TurnId turn, long playedMs) {
    return ask(new TurnAsk(turn, TurnAsk.Command.HOLD, new Position(playedMs, true)));
  }

  /**
   * Goes on with it.
   *
   * @param playedMs what its listener still has; negative for all
   */
  Future<String> resume(TurnId turn, long playedMs) {
    return ask(new TurnAsk(turn, TurnAsk.Command.RESUME, new Position(playedMs, false)));
  }

  private Future<String> ask(TurnAsk ask) {
    return new TurnReach<>(
            inbox,
            own,
            ask.turn(),
            new TurnReach.Ways<String>() {
              @Override
              public String here(TurnSession session) {
                return answer(session, ask);
              }

              @Override
              public Future<String> copied() {
                return lost(ask);
              }

              @Override
              public Future<String> at(String instance, Duration patience) {
                // A question gives each of two tries half of its time.
                return inbox
                    .ask(instance, ask, patience.multipliedBy(2))
                    .map(TurnDirectory::joined);
              }
            })
        .reach();
  }

  /** What another instance answers. */
  private static String joined(List<Message> parts) {
    if (parts.isEmpty() || !parts.stream().allMatch(TurnState.class::isInstance)) {
      throw TurnProblems.unknown();
    }
    return TurnState.joined(parts.stream().map(TurnState.class::cast).toList());
  }

  /** Another instance asks. */
  private Future<String> asked(TurnAsk ask) {
    TurnSession session = own.find(ask.turn());
    if (session != null) {
      try {
        return Future.succeededFuture(answer(session, ask));
      } catch (ProblemException why) {
        return Future.failedFuture(refused(why.problem()));
      }
    }
    return own.hasCopy(ask.turn()) ? lost(ask) : Future.failedFuture(noSuchTurn());
  }

  /** The same in the bus's own words. */
  private static VoicebusException refused(Problem why) {
    boolean gone = why.status() == ProblemMapping.status(FailureKind.CANCELLED);
    return new VoicebusException(
        Stage.OWNER, gone ? FailureKind.CANCELLED : FailureKind.INVALID_REQUEST, why.detail());
  }

  private String answer(TurnSession session, TurnAsk ask) {
    switch (ask.command()) {
      case DELETE -> session.delete("the turn was deleted");
      case POSITION ->
          session.position(new PositionJson(ask.position().playedMs(), ask.position().paused()));
      case CAPTIONS_VTT -> {
        return CaptionText.vtt(session.captions(), session.ended() == null);
      }
      case CAPTIONS_SRT -> {
        return CaptionText.srt(session.captions());
      }
      case HOLD -> session.hold(ask.position().playedMs());
      case RESUME -> session.resume(ask.position().playedMs());
      case LOOK -> {}
    }
    return TurnsEndpoint.state(session, settings.door().base()).toString();
  }

  /** The state of a turn of which a copy is kept here, and whose owner does not answer. */
  private Future<String> lost(TurnAsk ask) {
    if (ask.command() == TurnAsk.Command.DELETE) {
      return own.goOn(ask.turn()).map(session -> answer(session, ask));
    }
    if (ask.command() == TurnAsk.Command.CAPTIONS_VTT
        || ask.command() == TurnAsk.Command.CAPTIONS_SRT) {
      return Future.failedFuture(
          new VoicebusException(
              Stage.OWNER,
              FailureKind.UNAVAILABLE,
              "the turn's owner was lost; its captions can be had once its listener comes back"));
    }
    return own.loss(ask.turn())
        .map(
            lost -> {
              boolean reports =
                  ask.command() == TurnAsk.Command.POSITION
                      || ask.command() == TurnAsk.Command.HOLD;
              if (reports && ask.position().playedMs() >= 0) {
                own.position(ask.turn(), ask.position());
              }
              return TurnsEndpoint.waiting(ask.turn(), settings.door().base()).toString();
            });
  }
}
