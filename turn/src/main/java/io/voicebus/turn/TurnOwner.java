package io.voicebus.turn;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import io.voicebus.bus.Recent;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Asked;
import io.voicebus.contract.Characters;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.Position;
import io.voicebus.contract.Sink;
import io.voicebus.contract.TurnFound;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Starts turns and follows each to its one end. The roles {@code http} and {@code say} are built on
 * it, and so can your application be. NOT thread safe: bound to its inbox's context.
 */
public final class TurnOwner {
  /**
   * How many attempts are remembered, to recognise repeated reports: those of many turns at once,
   * for minutes.
   */
  private static final int ATTEMPTS = 8192;

  private static final Meter ACTIVE =
      Meter.level("voicebus.turns.active", "Turns that are under way, of the owners here.");

  private record Attempt(String worker, int number) {
    // By hand, as in Meter.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Attempt that && number == that.number && worker.equals(that.worker);
    }

    @Override
    public int hashCode() {
      return 31 * worker.hashCode() + number;
    }
  }

  private final Inbox inbox;
  private final OwnerLimits limits;
  private final Map<TurnId, Turn> turns = new HashMap<>();
  private final Set<TextAnswer> answers = new HashSet<>();
  private final Conversations conversations;
  private final HeardReports heard;
  private final Recent<Attempt, Asked> asked = new Recent<>(ATTEMPTS);
  private final TurnSlots slots;
  private final LongAdder active;

  /** Read by other threads, too. */
  private volatile Characters characters = Characters.NONE;

  /** Where copies of this owner's turns are kept; null if there are none. */
  private @Nullable CopyHolders holders;

  private @Nullable TurnCopies copies;
  private @Nullable TurnSearch search;
  private String process = "";
  private String only = "";
  private @Nullable Voices voices;
  private TurnObserver observer = TurnObserver.NONE;
  private Spool spool = Spool.inMemory();
  private @Nullable Promise<Void> drained;

  /** How many turns are under way, of all owners of a process. */
  public static long active(Meters ofProcess) {
    return ofProcess.of(ACTIVE).sum();
  }

  /** Owns the turns that are started here. */
  public TurnOwner(Inbox inbox, OwnerLimits limits) {
    this(inbox, limits, new TurnSlots(limits.maxTurns()));
  }

  /**
   * The same, for one of several owners that share a limit.
   *
   * @param slots in place of the limit of turns
   */
  public TurnOwner(Inbox inbox, OwnerLimits limits, TurnSlots slots) {
    this.slots = slots;
    this.active = inbox.meters().of(ACTIVE);
    this.inbox = inbox;
    this.limits = limits;
    this.conversations = new Conversations(inbox);
    this.heard = new HeardReports(inbox, conversations, limits.maxTurns());
    inbox.onPacket(Asked.class, this::onAsked);
  }

  /** Sets an observer of the turns that are started from now on. */
  public TurnOwner observedBy(TurnObserver who) {
    observer = who;
    return this;
  }

  /** Keeps the audio of the turns that are started from now on for listeners that come late. */
  public TurnOwner keepingAudioIn(Spool keeper) {
    spool = keeper;
    return this;
  }

  /**
   * Speaks a text that shows no language in this one, whatever the listener's own is: no other is
   * spoken by a voice that is not named.
   *
   * @param language a two-letter code; empty if the voices speak several
   */
  public TurnOwner speakingOnly(String language) {
    only = language;
    return this;
  }

  /**
   * Speaks a text that shows no language in that of its voice, where these know it.
   *
   * @param known of the same inbox
   */
  public TurnOwner knowing(Voices known) {
    voices = known;
    return this;
  }

  /**
   * Lets other processes keep copies of this owner's turns, keeps copies of theirs, and continues
   * turns whose owner is lost. The inbox must already receive what is published at {@link
   * io.voicebus.contract.Addresses#COPIES}.
   *
   * @param ofProcess names this process; no other instance of it keeps the copies
   * @param returns how long a client may stay away
   */
  public TurnOwner withCopies(String ofProcess, Duration returns) {
    return withCopies(ofProcess, returns, turn -> -1);
  }

  /**
   * The same.
   *
   * @param ended the {@link Turn#generation} of a turn that has ended here, and can still be asked
   *     for; -1 for none
   */
  public TurnOwner withCopies(String ofProcess, Duration returns, ToIntFunction<TurnId> ended) {
    CopyHolders others = new CopyHolders(inbox, ofProcess);
    TurnCopies kept = new TurnCopies(inbox, others, limits.maxTurns(), returns);
    process = ofProcess;
    holders = others;
    copies = kept;
    search = new TurnSearch(inbox, turn -> found(turn, kept, ended));
    inbox.onThaw(() -> List.copyOf(turns.values()).forEach(Turn::thawed));
    others.call();
    return this;
  }

  private @Nullable TurnFound found(TurnId id, TurnCopies kept, ToIntFunction<TurnId> ended) {
    Turn turn = turns.get(id);
    int generation = turn == null ? ended.applyAsInt(id) : turn.generation();
    return generation < 0
        ? kept.found(id)
        : new TurnFound(inbox.address(), id, true, generation, 0);
  }

  /**
   * Accepts a turn.
   *
   * @param events gets what happens, {@link TurnEvent.Ended} once and last; never from within this
   *     call
   * @throws VoicebusException {@code RATE_LIMITED} over the limit of turns, {@code UNAVAILABLE}
   *     while stopping, and if there is no memory for another turn
   */
  public Turn start(TurnRequest request, Consumer<TurnEvent> events) {
    TurnRequest accepted = request.expecting(expected(request.options()));
    TurnMemory memory = takeSlot(accepted);
    Turn turn = turn(TurnId.ofOwner(inbox.address()), accepted, memory, events, 0);
    turn.begin();
    return turn;
  }

  /** A voice that is named may speak another language than the others. */
  private String expected(TurnOptions options) {
    if (!only.isEmpty() && options.voice().isEmpty()) {
      return only;
    }
    String own = voices == null ? "" : voices.language(options.voice());
    return own.isEmpty() ? heard.language(options.conversation()) : own;
  }

  /**
   * Lets a model answer in text alone, which nobody speaks. It counts as a turn.
   *
   * @param onOver called once, when it has ended or was cancelled
   * @throws VoicebusException as {@link #start}
   */
  public TextAnswer answer(TurnRequest request, TextAnswer.Listener listener, Runnable onOver) {
    TurnMemory memory = takeSlot(request);
    TextAnswer[] answer = new TextAnswer[1];
    answer[0] =
        new TextAnswer(
            inbox,
            limits,
            TurnId.ofOwner(inbox.address()),
            request,
            memory,
            listener,
            () -> {
              onOver(answer[0], memory);
              onOver.run();
            });
    answers.add(answer[0]);
    answer[0].begin();
    return answer[0];
  }

  private void onOver(TextAnswer answer, TurnMemory memory) {
    answers.remove(answer);
    releaseSlot(memory.share());
    tellIfDrained();
  }

  private void tellIfDrained() {
    if (drained != null && turns.isEmpty() && answers.isEmpty()) {
      drained.tryComplete();
    }
  }

  private TurnMemory takeSlot(TurnRequest request) {
    return TurnMemory.of(takeSlot(TurnMemory.ofStart(request)), request);
  }

  private void releaseSlot(MemoryBudget.Share share) {
    slots.release(share);
    active.decrement();
  }

  /**
   * Makes room for one more turn.
   *
   * @param bytes that it holds from its beginning
   * @throws VoicebusException why there is none
   */
  private MemoryBudget.Share takeSlot(long bytes) {
    if (drained != null) {
      throw new VoicebusException(Stage.OWNER, FailureKind.UNAVAILABLE, "Voicebus is stopping");
    }
    MemoryBudget.Share share = slots.take(bytes);
    active.increment();
    return share;
  }

  private Turn turn(
      TurnId id,
      TurnRequest request,
      TurnMemory memory,
      Consumer<TurnEvent> events,
      int generation) {
    HeardReport report =
        heard.of(
            id, request.options().conversation(), generation, request.options().mode().isGiven());
    Turn turn =
        new Turn(
            inbox,
            limits,
            spool,
            id,
            generation,
            request,
            memory,
            events,
            this::onEnded,
            report,
            observer);
    turns.put(id, turn);
    if (holders != null && request.sink() == Sink.BUS) {
      turn.copyTo(holders, process);
    }
    return turn;
  }

  /**
   * A turn of which a copy is kept here, as soon as its owner is known to be lost, which takes two
   * seconds at most. Its client must be here, and {@link #goOn} must follow.
   *
   * @param has the samples that its client has, for which a copy may be too old; 0 for none
   * @return fails with {@code NOT_FOUND} if no copy is kept here, with {@code UNAVAILABLE} if its
   *     owner is alive or the copy is too old, and as {@link #start} does
   */
  public Future<LostTurn> lost(TurnId id, long has) {
    if (copies == null || turns.containsKey(id)) {
      return Future.failedFuture(noCopy());
    }
    MemoryBudget.Share share;
    try {
      share = takeSlot(MemoryBudget.OWNER_BYTES);
    } catch (VoicebusException refusal) {
      return Future.failedFuture(refusal);
    }
    return copies.take(id, has, share).onFailure(none -> releaseSlot(share));
  }

  private static VoicebusException noCopy() {
    return new VoicebusException(Stage.OWNER, FailureKind.NOT_FOUND, "no copy is kept here");
  }

  /**
   * Continues a turn whose owner is lost.
   *
   * @param has the samples that the client has
   * @param fixed how many of them it has played or stored, so that they cannot be replaced; the
   *     turn continues at {@link Turn#goesOnAt}
   * @param events gets what had happened, from within this call, and what happens
   */
  public Turn goOn(LostTurn lost, long has, long fixed, Consumer<TurnEvent> events) {
    TurnRequest request = lost.request();
    TurnMemory memory = TurnMemory.of(lost.share(), request);
    Turn turn = turn(lost.head().turn().turn(), request, memory, events, lost.generation());
    CopyCounter.RESUMED.count();
    turn.resume(lost.copy(), has, fixed);
    return turn;
  }

  /**
   * Waits until the owner of a turn of which a copy is kept here is known to be lost.
   *
   * @return fails with {@code NOT_FOUND} when no copy is kept here, and with {@code UNAVAILABLE}
   *     when its owner is alive
   */
  public Future<Void> loss(TurnId turn) {
    return copies == null ? Future.failedFuture(noCopy()) : copies.loss(turn);
  }

  /** The inbox of the owner of a turn of which a copy is kept here; else empty. */
  public Optional<String> ownerOfCopy(TurnId turn) {
    return copies == null ? Optional.empty() : Optional.ofNullable(copies.owner(turn));
  }

  /** A listener's report for a turn of which a copy is kept here. */
  public void position(TurnId turn, Position reported) {
    if (copies != null) {
      copies.position(turn, reported);
    }
  }

  /** Whether a copy of the turn is kept here. */
  public boolean hasCopy(TurnId turn) {
    return copies != null && copies.has(turn);
  }

  /** Whether a copy of the turn is kept here, and its owner is known to be lost. */
  public boolean isLost(TurnId turn) {
    return copies != null && copies.isLost(turn);
  }

  /** Whether there are other instances that can be asked who has a turn. */
  public boolean canSeek() {
    return search != null;
  }

  /**
   * Finds the instance that owns a turn, or keeps a copy of it.
   *
   * @return its inbox; fails with {@code NOT_FOUND} when no instance has answered for a second
   */
  public Future<String> seek(TurnId turn) {
    return search == null
        ? Future.failedFuture(
            new VoicebusException(Stage.OWNER, FailureKind.NOT_FOUND, "no other node is asked"))
        : search.seek(turn);
  }

  /** How many copies of others' turns are kept here. */
  public int copies() {
    return copies == null ? 0 : copies.size();
  }

  /** Counts what a worker asks for after a turn's end, while it does not know of the end yet. */
  private void onAsked(Asked sum) {
    Attempt attempt = new Attempt(sum.from(), sum.attempt());
    Asked before = asked.get(attempt);
    asked.put(attempt, before == null ? sum : sum.or(before));
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
    releaseSlot(turn.memory().share());
    tellIfDrained();
  }

  /** The inbox of this owner, which also gives its context. */
  Inbox inbox() {
    return inbox;
  }

  /**
   * Another owner starts a turn of this conversation. The turns of the conversation here that are
   * still heard are interrupted; those that nobody hears end.
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
    return turns.size() + answers.size();
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
      if (copies != null) {
        copies.stop();
      }
      drained = Promise.promise();
      tellIfDrained();
    }
    return drained.future();
  }

  /** Cancels what is under way. */
  public void close() {
    drain();
    for (Turn turn : List.copyOf(turns.values())) {
      turn.stop("Voicebus has stopped");
    }
    Failure stopped = new Failure(Stage.OWNER, FailureKind.UNAVAILABLE, "Voicebus has stopped");
    List.copyOf(answers).forEach(answer -> answer.stop(stopped));
    if (copies != null) {
      copies.close();
    }
    heard.close();
  }
}
