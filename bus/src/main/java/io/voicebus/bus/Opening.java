package io.voicebus.bus;

import io.vertx.core.AsyncResult;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One open under way: asks an instance of this JVM first, then any of the cluster, one more after
 * each silence, until one accepts or the patience is over. An instance of this JVM that does not
 * answer is busy, not gone: it has {@link Limits#OPEN_WITHIN}. All are asked for the same stream,
 * so that one that is asked twice only answers again; the first to accept has it, and those that
 * accept later are cancelled. NOT thread safe.
 */
final class Opening {
  /** After this many repeated refusals all instances count as full. */
  private static final int REPEATED_REFUSALS = 4;

  private final Inbox inbox;
  private final Bus bus;
  private final String to;

  /** Whether the address belongs to one instance only. */
  private final boolean direct;

  private final StreamPacket.Open open;
  private final long askedAt;
  private long giveUpAt;
  private final Promise<StreamPacket.Opened> promise = Promise.promise();
  private final Set<String> refusedBy = new HashSet<>();
  private int repeatedRefusals;
  private long waitNanos = Limits.OPEN_AGAIN.toNanos();
  private boolean over;

  private boolean stoodStill;

  /** Whether an instance of this JVM was asked and has not answered. */
  private boolean askedWithin;

  private String winner = "";
  private @Nullable Failure refusal;
  private StreamPacket.@Nullable Cancel overtaken;
  private Bus.Timer giveUp;
  private Bus.@Nullable Timer again;

  Opening(
      Inbox inbox, Bus bus, String to, boolean direct, StreamPacket.Open open, long patienceNanos) {
    this.direct = direct;
    this.inbox = inbox;
    this.bus = bus;
    this.to = to;
    this.open = open;
    this.askedAt = bus.nanoTime();
    this.giveUpAt = askedAt + patienceNanos;
    this.giveUp = bus.after(patienceNanos, this::patienceIsOver);
  }

  private void patienceIsOver() {
    if (LateTimers.late(bus, giveUpAt)) {
      stoodStill = true;
      fail(unanswered());
      return;
    }
    long more = askedAt + Limits.OPEN_WITHIN.toNanos() - bus.nanoTime();
    if (!askedWithin || more <= 0) {
      fail(unanswered());
      return;
    }
    giveUpAt = bus.nanoTime() + more;
    giveUp = bus.after(more, this::patienceIsOver);
    // The instance may have stopped meanwhile: then there is nobody to ask again.
    bus.ask(to, open, more, true)
        .onComplete(
            answer ->
                inbox.guard(
                    () -> {
                      answered(true, answer);
                      if (!askedWithin && !over && answer.failed()) {
                        fail(unanswered());
                      }
                    }));
  }

  /** Asks; completes with the first acceptance, on the inbox's context. */
  io.vertx.core.Future<StreamPacket.Opened> begin() {
    arm();
    ask(!direct);
    return promise.future();
  }

  long number() {
    return open.stream();
  }

  /**
   * Whether it has failed while this node stood still, or its event loop was busy: answers may wait
   * to be read, but who gave them takes this node for dead by now.
   */
  boolean stoodStill() {
    return stoodStill;
  }

  private void ask(boolean local) {
    if (over) {
      return;
    }
    long left = giveUpAt - bus.nanoTime();
    if (left <= 0) {
      return;
    }
    if (local) {
      askedWithin = true;
      left = Math.max(left, Limits.OPEN_WITHIN.toNanos());
    }
    bus.ask(to, open, left, local).onComplete(answer -> inbox.guard(() -> answered(local, answer)));
  }

  private void arm() {
    if (again != null) {
      again.cancel();
    }
    again =
        bus.after(
            waitNanos,
            () -> {
              again = null;
              BusCounter.OPENS_RETRIED.count();
              arm();
              // Instances are asked in turn: at least one of two is not the one that is silent.
              for (int asked = 0; asked < (direct ? 1 : 2); asked++) {
                ask(false);
              }
            });
    waitNanos = Math.min(2 * waitNanos, Limits.OPEN_AGAIN_MAX.toNanos());
  }

  private void answered(boolean local, AsyncResult<Packet> answer) {
    if (answer.failed()) {
      FailureKind kind = Failure.of(Stage.OWNER, answer.cause()).kind();
      askedWithin &= !local || kind == FailureKind.TIMEOUT;
      // With nobody in this JVM the cluster is asked at once; with nobody there, later again.
      if (local && kind == FailureKind.UNAVAILABLE) {
        ask(false);
      } else if (direct && kind == FailureKind.UNAVAILABLE) {
        fail(unanswered());
      }
      return;
    }
    askedWithin &= !local;
    if (answer.result() instanceof StreamPacket.Opened opened) {
      accepted(opened);
    } else if (answer.result() instanceof StreamPacket.Refused refused) {
      refused(refused);
    } else if (answer.result() instanceof StreamPacket.Unreadable unreadable) {
      refusal = unreadable.why();
    }
  }

  private void accepted(StreamPacket.Opened opened) {
    if (over) {
      if (!opened.from().equals(winner)) {
        BusCounter.OPENS_LATE.count();
        bus.send(opened.from(), new StreamPacket.Fail(inbox.address(), number(), tooLate()));
      }
    } else if (overtaken != null && overtaken.from().equals(opened.from())) {
      fail(overtaken.failure());
    } else {
      winner = opened.from();
      end();
      promise.complete(opened);
    }
  }

  /** For want of room, or because it stops, another one is asked; everything else is final. */
  private void refused(StreamPacket.Refused refused) {
    if (over) {
      return;
    }
    BusCounter.OPENS_REFUSED.count();
    Failure why = refused.failure();
    boolean elsewhere =
        !direct
            && switch (why.kind()) {
              case RATE_LIMITED, UNAVAILABLE, LOST -> true;
              default -> false;
            };
    if (!elsewhere) {
      fail(why);
      return;
    }
    refusal = why;
    if (refusedBy.add(refused.from())) {
      ask(false);
    } else if (++repeatedRefusals < REPEATED_REFUSALS) {
      ask(false);
    } else if (why.kind() == FailureKind.RATE_LIMITED) {
      fail(why);
    }
  }

  /** A cancel has overtaken the acceptance. */
  void cancelled(StreamPacket.Cancel cancel) {
    overtaken = cancel;
  }

  void fail(Failure why) {
    if (!over) {
      end();
      if (direct) {
        bus.send(to, new StreamPacket.Fail(inbox.address(), number(), tooLate()));
      }
      promise.fail(why.toException());
    }
  }

  private void end() {
    over = true;
    giveUp.cancel();
    if (again != null) {
      again.cancel();
    }
    inbox.opened(this);
  }

  private Failure unanswered() {
    if (refusal != null) {
      return refusal;
    }
    String why =
        askedWithin
            ? "the instance for "
                + to
                + " in this process does not answer: is the machine overloaded?"
            : "no instance answers at "
                + to
                + ": is that role deployed in this JVM or its cluster?";
    return new Failure(Stage.OWNER, FailureKind.UNAVAILABLE, why);
  }

  private static Failure tooLate() {
    return new Failure(Stage.OWNER, FailureKind.CANCELLED, "answered too late");
  }
}
