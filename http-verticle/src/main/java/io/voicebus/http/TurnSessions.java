package io.voicebus.http;

import io.vertx.core.Future;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.contract.Characters;
import io.voicebus.contract.TurnId;
import io.voicebus.turn.Conversations;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import java.util.HashMap;
import java.util.Map;

/** The turns of one HTTP server: those under way, and those that ended lately. */
final class TurnSessions {
  /** The events of all ended turns together. */
  static final long MAX_KEPT_BYTES = 64L * 1024 * 1024;

  private final Inbox inbox;
  private final TurnOwner owner;
  private final int eventsBytes;
  private final Map<TurnId, TurnSession> live = new HashMap<>();
  private final EndedTurns<TurnSession> ended;
  private boolean draining;

  TurnSessions(Inbox inbox, HttpSettings settings) {
    this.inbox = inbox;
    this.owner = new TurnOwner(inbox, settings.limits());
    this.eventsBytes = settings.eventsBytes();
    this.ended = new EndedTurns<>(settings.keptTurns(), settings.keptFor(), MAX_KEPT_BYTES);
  }

  /**
   * Accepts a turn.
   *
   * @throws io.voicebus.bus.VoicebusException over the limit of turns, and while stopping
   */
  TurnSession start(TurnRequest request) {
    TurnSession session =
        new TurnSession(new EventLog(eventsBytes), events -> owner.start(request, events));
    TurnId id = session.id();
    live.put(id, session);
    session.onEnd(
        end -> {
          live.remove(id);
          ended.put(id, session, session.log().bytes(), inbox.now());
        });
    return session;
  }

  /**
   * The turn with this id, under way or ended lately.
   *
   * @throws ProblemException 404
   */
  TurnSession find(String id) {
    try {
      TurnId turn = new TurnId(id);
      TurnSession session = live.get(turn);
      if (session == null) {
        session = ended.get(turn, inbox.now());
      }
      if (session != null) {
        return session;
      }
    } catch (IllegalArgumentException notAnId) {
      // Then there is no such turn.
    }
    throw ProblemMapping.of(
            FailureKind.NOT_FOUND,
            "there is no such turn here: turns are forgotten a while after their end")
        .toException();
  }

  /** What conversations remember. */
  Conversations conversations() {
    return owner.conversations();
  }

  /** How many turns are under way. */
  int active() {
    return owner.active();
  }

  /** What all turns that have ended asked engines for. */
  Characters characters() {
    return owner.characters();
  }

  boolean draining() {
    return draining;
  }

  /** Accepts no more turns; completes when those under way have ended. */
  Future<Void> drain() {
    draining = true;
    return owner.drain();
  }

  /** Cancels what is under way. */
  void close() {
    draining = true;
    owner.close();
  }
}
