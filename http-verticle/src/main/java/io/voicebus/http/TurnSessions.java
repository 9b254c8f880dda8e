package io.voicebus.http;

import io.vertx.core.Future;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Characters;
import io.voicebus.contract.Position;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.http.api.IdempotencyKey;
import io.voicebus.http.door.Caller;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.turn.Conversations;
import io.voicebus.turn.LostTurn;
import io.voicebus.turn.TextAnswer;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import io.voicebus.turn.TurnTexts;
import io.voicebus.turn.Voices;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The turns of one instance of the HTTP server: those under way, and those that ended lately. */
final class TurnSessions {
  /** The events of all ended turns together, or a 32nd of the heap, if that is less. */
  static final long MAX_KEPT_BYTES =
      Math.min(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 32);

  private static final Meter REFUSED =
      Meter.counter(
          "voicebus.turns.refused",
          "Turns that were refused: the server is full or stopping, or the client has too many.",
          "reason");

  private static final List<String> REASONS = List.of("full", "client", "stopping");

  /** This JVM among those of its cluster. */
  private static final String PROCESS = UUID.randomUUID().toString();

  private final Inbox inbox;
  private final TurnOwner owner;
  private final int eventsBytes;
  private final Map<TurnId, TurnSession> live = new HashMap<>();
  private final EndedTurns<TurnSession> ended;

  private final Duration pause;
  private final HttpShared shared;
  private final Set<Runnable> drains = new LinkedHashSet<>();
  private boolean draining;
  private boolean forgetting;

  TurnSessions(Inbox inbox, HttpSettings settings, HttpShared shared) {
    this(inbox, settings, shared, PROCESS);
  }

  /**
   * The same.
   *
   * @param process names the process, of which no other instance keeps copies of these turns
   */
  TurnSessions(Inbox inbox, HttpSettings settings, HttpShared shared, String process) {
    this.shared = shared;
    this.inbox = inbox;
    // A rate begins with a 0: without it the first refusal would be in none.
    REASONS.forEach(reason -> inbox.meters().of(REFUSED, reason));
    this.owner =
        new TurnOwner(inbox, settings.limits(), shared.slots)
            .observedBy(shared.observer)
            .keepingAudioIn(shared.spool);
    this.eventsBytes = settings.eventsBytes();
    this.pause = settings.pause();
    int most = settings.keptTurns();
    this.ended =
        new EndedTurns<>(
            most, settings.keptFor(), MAX_KEPT_BYTES, shared::instances, TurnSession::forgotten);
    shared.add(this);
    if (shared.clustered && !settings.limits().detach().isZero()) {
      owner.withCopies(process, settings.limits().detach(), this::generation);
    }
  }

  /** See {@link TurnOwner#speakingOnly}. */
  TurnSessions speakingOnly(String language) {
    owner.speakingOnly(language);
    return this;
  }

  /** See {@link TurnOwner#knowing}. */
  TurnSessions knowing(Voices voices) {
    owner.knowing(voices);
    return this;
  }

  /**
   * Accepts a turn.
   *
   * @param caller whose turn it is
   * @throws io.voicebus.bus.VoicebusException over the limit of turns, and while stopping
   * @throws ProblemException over what one client may have
   */
  TurnSession start(TurnRequest request, Caller caller) {
    ProblemException full = draining ? null : full();
    if (full != null) {
      throw full;
    }
    shared.clients.begin(caller, inbox.now());
    TurnSession session;
    try {
      TurnRequest known = request.expecting(caller.language()).withTrace(caller.trace());
      session = session(known, 0, events -> owner.start(known, events));
    } catch (RuntimeException refused) {
      shared.clients.end(caller);
      throw refused;
    }
    session.onEnd(end -> shared.clients.end(caller));
    if (!request.options().mode().isGiven()) {
      shared.interrupt(this, request.options().conversation());
    }
    return session;
  }

  /** Finds or starts the turn of a key: see {@link IdempotentTurns#oneByOne}. */
  <T> T oneByOne(@Nullable IdempotencyKey key, Supplier<T> task) {
    return shared.idempotent.oneByOne(key, task);
  }

  /**
   * The turn that was started with this key; empty if it was not, or is not remembered.
   *
   * @param key null for none
   * @throws ProblemException 422 if something else was asked with it
   */
  Optional<TurnId> startedWith(@Nullable IdempotencyKey key) {
    return key == null ? Optional.empty() : shared.idempotent.find(key, inbox.now());
  }

  /**
   * Accepts a turn, and remembers that it was started with this key. One that fails, is cancelled,
   * or is no longer kept, is not remembered.
   *
   * @param key null for none
   */
  TurnSession start(TurnRequest request, Caller caller, @Nullable IdempotencyKey key) {
    TurnSession session = start(request, caller);
    if (key != null) {
      shared.idempotent.put(key, session.id(), inbox.now());
      session.onEnd(
          end -> {
            if (end.outcome() != TurnEvent.Outcome.FINISHED) {
              shared.idempotent.forget(key, session.id());
            }
          });
      session.onForgotten(() -> shared.idempotent.forget(key, session.id()));
    }
    return session;
  }

  /**
   * Has a model answer in text alone, which counts as a turn.
   *
   * @throws io.voicebus.bus.VoicebusException as {@link #start}
   * @throws ProblemException as {@link #start}
   */
  TextAnswer answer(TurnRequest request, Caller caller, TextAnswer.Listener listener) {
    shared.clients.begin(caller, inbox.now());
    try {
      return owner.answer(request, listener, () -> shared.clients.end(caller));
    } catch (RuntimeException refused) {
      shared.clients.end(caller);
      throw refused;
    }
  }

  /**
   * Goes on with a turn of which a copy is kept here, once its owner is known to be lost.
   *
   * @return fails as {@link TurnOwner#lost}, and with {@code UNAVAILABLE} for a client that wants
   *     no audio
   */
  Future<TurnSession> goOn(TurnListen wanted) {
    long from = Math.max(0, wanted.from());
    return wanted.audio()
        ? goOn(wanted.turn(), from, lost -> from)
        : Future.failedFuture(
            new VoicebusException(
                Stage.OWNER, FailureKind.UNAVAILABLE, "it goes on when its listener comes back"));
  }

  /** The same for one that need not be heard. */
  Future<TurnSession> goOn(TurnId turn) {
    return goOn(turn, 0, LostTurn::delivered);
  }

  private Future<TurnSession> goOn(TurnId turn, long client, ToLongFunction<LostTurn> from) {
    return owner
        .lost(turn, client)
        .map(
            lost -> {
              long has = from.applyAsLong(lost);
              return session(
                  lost.request(), lost.generation(), events -> owner.goOn(lost, has, has, events));
            });
  }

  /** Whether a copy of the turn is kept here. */
  boolean hasCopy(TurnId turn) {
    return owner.hasCopy(turn);
  }

  /** Whether a copy of the turn is kept here, and its owner is known to be lost. */
  boolean isLost(TurnId turn) {
    return owner.isLost(turn);
  }

  /** The inbox of the owner of a turn of which a copy is kept here; else empty. */
  Optional<String> ownerOfCopy(TurnId turn) {
    return owner.ownerOfCopy(turn);
  }

  /** Waits until the owner of such a turn is known to be lost; fails as {@link TurnOwner#loss}. */
  Future<Void> loss(TurnId turn) {
    return owner.loss(turn);
  }

  /** A listener's own report of a turn of which a copy is kept here. */
  void position(TurnId turn, Position reported) {
    owner.position(turn, reported);
  }

  /** Whether other nodes can be asked for a turn. */
  boolean canSeek() {
    return owner.canSeek();
  }

  /**
   * Seeks a turn whose owner does not answer: the inbox of its owner, or of the holder of a copy.
   */
  Future<String> seek(TurnId turn) {
    return owner.seek(turn);
  }

  /** How often the turn has changed its owner; -1 if it is not of this instance. */
  private int generation(TurnId turn) {
    TurnSession session = find(turn);
    return session == null ? -1 : session.generation();
  }

  private TurnSession session(
      TurnRequest request, int generation, Function<Consumer<TurnEvent>, Turn> begin) {
    TurnSession session =
        new TurnSession(
            new EventLog(eventsBytes, generation),
            request.options().words(),
            new PauseLimit(inbox, pause),
            begin);
    TurnId id = session.id();
    live.put(id, session);
    session.onEnd(
        end -> {
          live.remove(id);
          if (session.isElsewhere()) {
            session.forgetAudio();
            return;
          }
          EventLog log = session.log();
          Supplier<TurnTexts> texts = () -> new TurnTexts(request.prompt(), log.text());
          shared.log.ended(id, end, texts);
          shared.log.leftOut(id, end, log.leftOut(), log.leftOutFirst(), texts);
          ended.put(id, session, session.keptBytes(), inbox.now());
          session.keepAudio();
          forgetInTime();
        });
    return session;
  }

  /** Also on a server without requests. */
  private void forgetInTime() {
    long nextIn = ended.nextIn(inbox.now());
    if (!forgetting && nextIn >= 0) {
      forgetting = true;
      inbox.after(
          nextIn,
          () -> {
            forgetting = false;
            ended.forget(inbox.now());
            forgetInTime();
          });
    }
  }

  /**
   * Why a turn would not be accepted now, so that its prompt need not be read; else null.
   *
   * @param caller whose turn it would be
   */
  @Nullable ProblemException refusal(Caller caller) {
    if (draining) {
      refused("stopping");
      return ProblemMapping.of(
              new Failure(Stage.OWNER, FailureKind.UNAVAILABLE, "Voicebus is stopping"))
          .toException();
    }
    ProblemException full = full();
    if (full != null) {
      return full;
    }
    Problem ofClient = shared.clients.refusal(caller, inbox.now());
    if (ofClient == null) {
      return null;
    }
    refused("client");
    return ofClient.toException();
  }

  private void refused(String reason) {
    inbox.meters().of(REFUSED, reason).increment();
  }

  /** Why there is no room for another turn; null if there is. */
  private @Nullable ProblemException full() {
    VoicebusException refusal = shared.slots.refusal();
    if (refusal == null) {
      return null;
    }
    refused("full");
    return ProblemMapping.of(refusal.failure()).toException();
  }

  /** The turn with this id, under way or ended lately; null if it is not of this instance. */
  @Nullable TurnSession find(TurnId turn) {
    TurnSession session = live.get(turn);
    return session == null ? ended.get(turn, inbox.now()) : session;
  }

  /** What conversations remember. */
  Conversations conversations() {
    return owner.conversations();
  }

  /** How many turns are under way here. */
  int active() {
    return owner.active();
  }

  /** What all turns that have ended here asked engines for. From any thread. */
  Characters characters() {
    return owner.characters();
  }

  /** A turn of this conversation begins at another instance. From any thread. */
  void interrupt(String conversation) {
    inbox.execute(() -> owner.interrupt(conversation));
  }

  /** What holds for all instances of the server. */
  HttpShared shared() {
    return shared;
  }

  boolean draining() {
    return draining;
  }

  /** Calls back when no more turns are accepted. */
  void onDrain(Runnable action) {
    drains.add(action);
  }

  void offDrain(Runnable action) {
    drains.remove(action);
  }

  /** Accepts no more turns; completes when those under way have ended. */
  Future<Void> drain() {
    draining = true;
    List.copyOf(drains).forEach(Runnable::run);
    return owner.drain();
  }

  /** Cancels the turns under way. */
  void close() {
    draining = true;
    owner.close();
    shared.remove(this);
  }
}
