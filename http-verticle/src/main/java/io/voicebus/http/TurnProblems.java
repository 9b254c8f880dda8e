package io.voicebus.http;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.turn.TurnEvent;

/** Why a client does not get a turn. */
final class TurnProblems {
  /** The client must say first what audio it has. */
  static final String RESUME = "resume";

  private static final String NOT_SENT = "invalid-request";

  /** The member with the first sample that can be had. */
  private static final String FROM = "from";

  private TurnProblems() {}

  static ProblemException unknown() {
    return ProblemMapping.of(
            FailureKind.NOT_FOUND,
            "there is no such turn here: turns are forgotten a while after their end")
        .toException();
  }

  /** The node that has it does not answer, and no other can go on with it yet. */
  static ProblemException outOfReach() {
    return ProblemMapping.of(
            new Failure(
                Stage.OWNER,
                FailureKind.UNAVAILABLE,
                "the node that has the turn does not answer: ask again in a moment"))
        .toException();
  }

  static ProblemException hasListener() {
    return new Problem(
            "has-listener",
            "The turn has a listener",
            409,
            "a turn is spoken to one listener; others can hear it at its path with /audio")
        .toException();
  }

  static ProblemException resume() {
    return new Problem(
            RESUME,
            "The turn waits for its listener",
            409,
            "its listener was cut off: say with ?from= how many samples you have")
        .toException();
  }

  static ProblemException notOnHold() {
    return new Problem(
            "not-on-hold",
            "The turn is not on hold",
            409,
            "audio is sent again only when a turn is resumed that is on hold: leave out played_ms")
        .toException();
  }

  static ProblemException ended(TurnEvent.Ended end) {
    Failure failure = end.failure();
    return new Problem(
            "ended",
            "The turn has ended",
            ProblemMapping.status(FailureKind.CANCELLED),
            "the turn has "
                + (failure == null ? "ended" : "ended: " + failure.detail())
                + "; its audio is not kept, so send the prompt again")
        .withMember("outcome", ProblemMapping.dashed(end.outcome()))
        .toException();
  }

  /** Nothing follows what the listener has. */
  static ProblemException cancelled() {
    return new Problem(
            "cancelled",
            "The turn was cancelled",
            ProblemMapping.status(FailureKind.CANCELLED),
            "only what was heard of it is kept, and you have that: without Range and 'from' you get"
                + " all of that")
        .toException();
  }

  /** The listener lacks more than is kept. */
  static ProblemException notKept(long first) {
    return new Problem(
            "not-kept",
            "That audio is not kept any more",
            ProblemMapping.status(FailureKind.CANCELLED),
            "what was sent longest ago is forgotten; go on with ?from="
                + first
                + ", which leaves a gap, or send the prompt again")
        .withMember(FROM, String.valueOf(first))
        .toException();
  }

  /** The listener cannot have that much. */
  static ProblemException notSent(long end) {
    return new Problem(
            NOT_SENT,
            "The request cannot be served as it is",
            400,
            "only "
                + end
                + " samples of this turn were sent: what you go on with must be its own audio, in"
                + " the same format")
        .withMember(FROM, String.valueOf(end))
        .toException();
  }

  /** Whether it is {@link #notSent}, here or at another instance. */
  static boolean isNotSent(Throwable why) {
    return why instanceof ProblemException problem
        && problem.problem().type().equals(NOT_SENT)
        && problem.problem().members().containsKey(FROM);
  }

  static ProblemException tooManyReaders() {
    return new Problem(
            "rate-limited",
            "Too much at once",
            429,
            "a turn's events have at most " + TurnSession.MAX_READERS + " readers")
        .withHeader("Retry-After", ProblemMapping.RETRY_AFTER)
        .toException();
  }
}
