package io.voicebus.turn;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Recent;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Asked;
import io.voicebus.contract.Characters;
import io.voicebus.contract.TurnId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts turns and follows each to its one end: what the {@code http} and {@code say} roles are
 * built on, and what an application of yours uses. NOT thread safe: bound to its inbox's context.
 */
public final class TurnOwner {
  /** Attempts whose words are told from their repetitions: minutes of many turns at once. */
  private static final int ATTEMPTS = 8192;

  private record Attempt(String worker, int number) {}

  private final Inbox inbox;
  private final OwnerLimits limits;
  private final Map<TurnId, Turn> turns = new HashMap<>();
  private final Conversations conversations;
  private final HeardReports heard;
  private final Recent<Attempt, Asked> told = new Recent<>(ATTEMPTS);
  private final TurnSlots slots;

  /** Read by other threads, too. */
  private volatile Characters characters = Characters.NONE;

  private @Nullable Promise<Void> drained;

  /** Owns the turns that are started here. */
  public TurnOwner(Inbox inbox, OwnerLimits limits) {
    this(inbox, limits, new TurnSlots(limits.maxTurns()));
  }

  /**
   * The same, together with others.
   *
   * @param slots in place of the limit of turns
   */
  public TurnOwner(Inbox inbox, OwnerLimits limits, TurnSlots slots) {
    this.slots = slots;
    this.inbox = inbox;
    this.limits = limits;
    this.conversations = new Conversations(inbox);
    this.heard = new HeardReports(inbox, conversations, limits.maxTurns());
    inbox.onPacket(Asked.class, this::onAsked);
  }

  /**
   * Accepts a turn.
   *
   * @param events is told what happens, {@link TurnEvent.Ended} once and last; never from within
   *     this call
   * @throws VoicebusException {@code RATE_LIMITED} over the limit of turns, {@code UNAVAILABLE}
   *     while stopping
   */
  public Turn start(TurnRequest request, Consumer<TurnEvent> events) {
    if (drained != null) {
      throw new VoicebusException(Stage.OWNER, FailureKind.UNAVAILABLE, "Voicebus is stopping");
    }
    if (!slots.take()) {
      throw new VoicebusException(
          Stage.OWNER,
          FailureKind.RATE_LIMITED,
          "there are " + slots.taken() + " turns already, the most that max-turns allows");
    }
    Turn turn = new Turn(inbox, limits, request, events, this::onEnded, heard);
    turns.put(turn.id(), turn);
    turn.begin();
    return turn;
  }

  /** What is asked for after a turn's end, by a worker that does not know of it yet, counts. */
  private void onAsked(Asked sum) {
    Attempt attempt = new Attempt(sum.from(), sum.attempt());
    Asked before = told.get(attempt);
    told.put(attempt, before == null ? sum : sum.or(before));
    Asked more = before == null ? sum : sum.since(before);
    Turn turn = turns.get(sum.turn());
    if (turn == null) {
      characters = characters.plus(more.unheard());
    } else {
      turn.asked(more);
    }
  }

  private void onEnded(Turn turn, Characters ofTurn) {
    characters = characters.plus(ofTurn);
    turns.remove(turn.id());
    slots.release();
    if (drained != null && turns.isEmpty()) {
      drained.tryComplete();
    }
  }

  /**
   * Another owner starts a turn of this conversation, and so breaks in upon what is still heard of
   * it here, or is not heard by anybody.
   */
  public void interrupt(String conversation) {
    heard.interrupt(conversation);
  }

  /** What conversations remember. */
  public Conversations conversations() {
    return conversations;
  }

  /** How many turns are under way. */
  public int active() {
    return turns.size();
  }

  /**
   * What all turns that have ended asked engines for, and how much of that was heard. From any
   * thread.
   */
  public Characters characters() {
    return characters;
  }

  /** Accepts no more turns; completes when those under way have ended. */
  public Future<Void> drain() {
    if (drained == null) {
      drained = Promise.promise();
      if (turns.isEmpty()) {
        drained.complete();
      }
    }
    return drained.future();
  }

  /** Cancels what is under way. */
  public void close() {
    drain();
    for (Turn turn : List.copyOf(turns.values())) {
      turn.cancel("Voicebus has stopped");
    }
    heard.close();
  }
}
