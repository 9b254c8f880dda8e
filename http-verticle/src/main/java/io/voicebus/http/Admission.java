package io.voicebus.http;

import io.voicebus.contract.TurnAccepted;
import io.voicebus.contract.TurnListen;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.turn.KeptAudio;
import io.voicebus.turn.TurnAudio;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnEvent.Outcome;

/**
 * Whether and how a client is served that wants a turn of this instance.
 *
 * @param accepted what it gets
 * @param follows whether it takes the audio besides the turn's listener, or after the turn's end
 */
record Admission(TurnAccepted accepted, boolean follows) {
  /**
   * Decides.
   *
   * @throws ProblemException why it is not served
   */
  static Admission of(TurnSession session, TurnListen wanted) {
    TurnEvent.Ended end = session.ended();
    if (!wanted.audio()) {
      boolean complete = end != null && wanted.lastEvent() >= session.log().lastId();
      return new Admission(new TurnAccepted(0, TurnAccepted.UNKNOWN, complete), false);
    }
    boolean comesBack = wanted.from() != TurnListen.NEW;
    boolean taken = session.attached() && !session.isCutOff();
    if (wanted.follow() || (taken && !comesBack && !wanted.events() && end == null)) {
      return follower(session, Math.max(0, wanted.from()));
    }
    return new Admission(listener(session, wanted, taken, comesBack), false);
  }

  private static Admission follower(TurnSession session, long from) {
    TurnEvent.Ended end = session.ended();
    TurnAudio audio = session.audio();
    if (audio == null) {
      throw end == null ? TurnProblems.unknown() : TurnProblems.ended(end);
    }
    requireKept(audio.kept(), from);
    long length = end == null ? TurnAccepted.UNKNOWN : audio.kept().end();
    return new Admission(new TurnAccepted(from, length, false), true);
  }

  private static TurnAccepted listener(
      TurnSession session, TurnListen wanted, boolean taken, boolean comesBack) {
    TurnEvent.Ended end = session.ended();
    TurnAudio audio = session.audio();
    if (session.attached() && !comesBack) {
      if (taken) {
        throw end == null ? TurnProblems.hasListener() : TurnProblems.ended(end);
      } else if (wanted.events() && audio != null && audio.kept().end() > 0) {
        throw TurnProblems.resume();
      }
    }
    boolean cancelled = end != null && end.outcome() == Outcome.CANCELLED;
    long from = Math.max(0, wanted.from());
    if (end != null && !session.attached() && from == 0 && (wanted.events() || !cancelled)) {
      // One that comes just too late gets what it would have got.
      return new TurnAccepted(0, 0, false);
    }
    if (audio == null || cancelled) {
      throw end == null ? TurnProblems.unknown() : TurnProblems.ended(end);
    }
    KeptAudio kept = audio.kept();
    requireKept(kept, from);
    return end == null
        ? new TurnAccepted(from, TurnAccepted.UNKNOWN, false)
        : new TurnAccepted(
            from, kept.end(), comesBack && from == kept.end() && end.failure() == null);
  }

  /**
   * Makes sure that one can be given all that follows on so many samples.
   *
   * @throws ProblemException 400, 410
   */
  static void requireKept(KeptAudio kept, long from) {
    if (from > kept.end()) {
      throw TurnProblems.notSent(kept.end());
    }
    if (!kept.reaches(from)) {
      throw TurnProblems.notKept(kept.first());
    }
  }
}
