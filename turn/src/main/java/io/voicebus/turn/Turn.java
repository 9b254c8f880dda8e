package io.voicebus.turn;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Asked;
import io.voicebus.contract.Characters;
import io.voicebus.contract.CopyOpen;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Position;
import io.voicebus.contract.Sink;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.turn.TurnEvent.Outcome;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One turn at its owner. Only the owner opens the turn's stages, records what happens, passes the
 * audio to the listener and declares the end. The first reason to end wins.
 *
 * <p>A turn finishes when text source, chunker and playback have each done their part. If the
 * answer breaks off, the listener hears what has come of it, and then the turn fails. NOT thread
 * safe: bound to its owner's context.
 */
public final class Turn {
  private static final int UNKNOWN = -1;

  private final TurnId id;
  private final int generation;
  private final TurnRequest request;
  private final TurnContext context;
  private final TurnMemory memory;
  private final BiConsumer<Turn, Characters> onEnded;
  private final TurnObserver observer;
  private final TurnRecord record;
  private final TurnAudio audio;
  private final TurnStages stages;
  private boolean ended;
  private boolean superseded;
  private long goesOnAt;

  Turn(
      Inbox inbox,
      OwnerLimits limits,
      Spool spool,
      TurnId id,
      int generation,
      TurnRequest request,
      TurnMemory memory,
      Consumer<TurnEvent> events,
      BiConsumer<Turn, Characters> onEnded,
      @Nullable HeardReport heard,
      TurnObserver observer) {
    this.id = id;
    this.generation = generation;
    this.request = request;
    this.memory = memory;
    this.observer = observer;
    this.context =
        new TurnContext(id, inbox.address(), request.options(), observer.begins(request.trace()));
    this.onEnded = onEnded;
    this.record = new TurnRecord(inbox, events, heard, observer.tape(id, generation, request));
    this.audio = new TurnAudio(inbox, limits, spool, new ListenerSide());
    this.stages = new TurnStages(inbox, limits, request, context, record, audio, memory, this::end);
    if (request.sink() == Sink.BUS && request.options().pace() == Pace.REALTIME) {
      record.onInterrupted(() -> hold(UNKNOWN));
    }
  }

  public TurnId id() {
    return id;
  }

  /** How often the turn had changed its owner when this instance got it. */
  public int generation() {
    return generation;
  }

  /** The memory that the turn holds. */
  TurnMemory memory() {
    return memory;
  }

  /**
   * Adds memory that the turn's caller holds for it to the budget of the process.
   *
   * @param bytes in total, of its events and of its audio
   * @return whether there is room for them; they are counted in any case
   */
  public boolean keeps(long bytes) {
    return memory.keeps(bytes);
  }

  /** The milestones so far. */
  public TurnTimings timings() {
    return record.timings();
  }

  /** What the turn waits for while it is under way. */
  public TurnWait waitsFor() {
    return stages.waitsFor();
  }

  public boolean hasEnded() {
    return ended;
  }

  /**
   * The first sample that this instance delivers: greater than 0 if a former owner has delivered
   * some.
   */
  public long goesOnAt() {
    return goesOnAt;
  }

  /** The audio on its way to the listener. It can be used after the turn's end, too. */
  public TurnAudio audio() {
    return audio;
  }

  /**
   * The feed through which the caller writes the text.
   *
   * @throws IllegalStateException if the text comes from elsewhere, or is complete
   */
  public TextFeed feed() {
    TextFeed feed = stages.feed();
    if (feed == null || !request.isFeed()) {
      throw new IllegalStateException("the turn is no feed");
    }
    return feed;
  }

  // The listener.

  /**
   * Attaches the one listener of the audio; from now on it flows.
   *
   * @throws IllegalStateException when there is one
   */
  public void listen(AudioListener newListener) {
    if (audio.hasListener()) {
      throw new IllegalStateException("the turn has a listener");
    }
    listen(newListener, goesOnAt);
  }

  /**
   * Attaches the listener, or a new connection of it, which replaces the former one.
   *
   * @param from how many samples of the turn it has
   * @throws IllegalArgumentException if {@link KeptAudio#reaches} says no
   */
  public void listen(AudioListener newListener, long from) {
    stages.moved();
    audio.listen(newListener, from);
  }

  /** The listener cannot take more for now: back-pressure that reaches the engines. */
  public void pauseAudio() {
    audio.pause();
  }

  /** The listener takes audio again. */
  public void resumeAudio() {
    audio.resume();
  }

  /**
   * The listener's connection was lost. While nobody listens, the turn asks nothing more of the
   * model or the voice. It is cancelled if no listener comes back within the limit.
   */
  public void detach() {
    audio.detach();
  }

  /**
   * Whether the turn has ended and its conversation still wants to know how much of it is heard.
   */
  public boolean stillHeard() {
    return record.stillHeard();
  }

  /** The listener of an ended turn stops playing it. */
  public void listenerStopped() {
    record.listenerStopped();
  }

  /**
   * The listener reports how far it has heard; also after the turn's end, while it plays what was
   * sent.
   *
   * @param playedMs since the first sample
   * @param paused whether it has paused on purpose: then the turn waits for it
   */
  public void position(long playedMs, boolean paused) {
    Position position = new Position(playedMs, paused);
    if (ended) {
      record.lingering(position);
      return;
    }
    record.position(position);
    audio.reported(position);
    stages.position(position);
  }

  /**
   * Puts the turn on hold: the owner passes nothing more to the listener, and asks nothing more of
   * the model or the voice. The turn is cancelled unless {@link #release} follows within the limit.
   *
   * @param playedMs what the listener has played until now; negative if that is not known
   * @return whether the turn is on hold from now on; false if it has ended, or a device plays it
   */
  public boolean hold(long playedMs) {
    if (ended || audio.isOnHold() || request.sink() != Sink.BUS) {
      return false;
    }
    if (playedMs >= 0) {
      position(playedMs, audio.isPaused());
    }
    audio.hold();
    record.publish(new TurnEvent.Held(record.wordHeard()));
    return true;
  }

  /**
   * Continues after {@link #hold}, at the end of a word.
   *
   * @param playedMs where the listener has discarded the audio that it had: it gets the audio again
   *     from the end of the last word before this position; negative if it has kept its audio, and
   *     gets what follows
   * @throws IllegalStateException if it is not on hold
   * @throws IllegalArgumentException if {@link KeptAudio#reaches} says no
   */
  public void release(long playedMs) {
    if (ended || !audio.isOnHold()) {
      throw new IllegalStateException("the turn is not on hold");
    }
    stages.moved();
    long at = playedMs < 0 ? record.wordHeard() : wordBefore(playedMs);
    long next = playedMs < 0 ? audio.next() : at;
    if (!audio.kept().reaches(next)) {
      throw new IllegalArgumentException("sample " + next + " is not kept");
    }
    record.publish(new TurnEvent.Resumed(at, next));
    audio.release(next);
  }

  /** The end of the last word in so much of the playout, in samples. */
  public long wordBefore(long playedMs) {
    return record.wordBefore(playedMs);
  }

  /** What the listener's side may do to the turn. */
  private final class ListenerSide implements TurnAudio.Source {
    @Override
    public void flow(boolean open) {
      stages.audioFlows(open);
    }

    @Override
    public boolean mayHand() {
      return record.isAudioKnown();
    }

    @Override
    public void delivered(byte[] pcm) {
      record.delivered(pcm);
    }

    @Override
    public void away(boolean away) {
      record.away(
          away, () -> cancel("another turn of its conversation began while nobody heard it"));
      stages.away(away);
    }

    @Override
    public void abandoned(String why) {
      cancel(why);
    }

    @Override
    public void notKept(String why) {
      record.publish(new TurnEvent.NotKept(audio.kept().first(), why));
    }
  }

  /** Ends the turn at every stage. Nothing of it is delivered afterwards. */
  public void cancel(String why) {
    end(Outcome.CANCELLED, new Failure(Stage.OWNER, FailureKind.CANCELLED, why));
  }

  // The beginning.

  /** Opens the stages of a new turn. */
  void begin() {
    if (request.sink() == Sink.BUS) {
      audio.await();
    } else {
      audio.flowElsewhere();
    }
    stages.begin();
  }

  // Another owner.

  /** Makes another node keep a copy from now on. */
  void copyTo(CopyHolders holders, String process) {
    record.copyTo(
        holders,
        new CopyOpen(context, request.prompt(), generation, process, request.background()),
        this::superseded,
        audio::handOn);
  }

  /** Whether another node continues the turn, or will when the client comes back there. */
  public boolean isSuperseded() {
    return superseded;
  }

  /**
   * This node stood still. Before the turn continues, the copy's holder is asked whether another
   * node owns it by now.
   */
  void thawed() {
    record.thawed(stages::stillOurs);
  }

  private void superseded() {
    superseded = true;
    CopyCounter.SUPERSEDED.count();
    record.superseded();
    cancel("another node goes on with the turn");
  }

  /** This instance stops: the turn ends here, and another node may continue it. */
  void stop(String why) {
    superseded |= record.stop(new Failure(Stage.OWNER, FailureKind.UNAVAILABLE, why));
    cancel(why);
  }

  /**
   * Continues where the copy's owner stopped, instead of beginning. Everything that had happened
   * until then is published as if it happened now.
   *
   * @param has the samples that the listener has
   * @param fixed how many of them it has played or stored
   */
  void resume(TurnCopy copy, long has, long fixed) {
    record.beginResumed();
    TurnCopy.Place place = copy.place(has, fixed);
    copy.until(place).forEach(this::happened);
    goesOnAt = record.resumeAt(place, fixed);
    audio.resumeAt(goesOnAt);
    audio.await();
    stages.resume();
  }

  /** A fact of the turn, while no stage is open. */
  private void happened(Message fact) {
    if (fact instanceof Position reported) {
      record.position(new Position(reported.playedMs(), false));
    } else if (fact instanceof Asked told) {
      record.asked(told);
    } else {
      stages.happened(fact);
    }
  }

  /** A worker reports what it asked engines for, in addition to its earlier reports. */
  void asked(Asked told) {
    record.asked(told);
  }

  // The end.

  private void end(Outcome outcome, @Nullable Failure failure) {
    if (ended) {
      return;
    }
    ended = true;
    long heard = outcome == Outcome.CANCELLED ? record.heardSamples() : Long.MAX_VALUE;
    record.end(outcome);
    audio.end(heard);
    stages.close(failure == null ? TurnRecord.ENDED : failure);
    Characters characters = record.characters(outcome);
    onEnded.accept(this, characters);
    record.publishEnd(outcome, failure, characters);
    if (!superseded) {
      observer.ended(
          record.summary(
              context,
              generation,
              request.isFeed(),
              request.trace(),
              outcome,
              failure,
              characters));
    }
  }
}
