package io.voicebus.turn;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Asked;
import io.voicebus.contract.Characters;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.CopyOpen;
import io.voicebus.contract.ListenerAway;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Position;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.Sink;
import io.voicebus.contract.TextBrokeOff;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TextOpen;
import io.voicebus.contract.TextTakenBack;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.turn.TurnEvent.Outcome;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One turn, at its owner, which alone opens its stages, passes on what one gives to the next, has
 * them taken over when they are lost, and declares its end; the first terminal report wins.
 *
 * <p>It finishes when text source, chunker and playback have each done their part. Where the answer
 * breaks off, what has come of it is heard, and then the turn fails. NOT thread safe: bound to its
 * owner's context.
 */
public final class Turn implements StageLink.Listener {
  /** Text that waits to be spoken, in characters, at which the text source is paused. */
  static final int MAX_AHEAD_CHARS = 64 * 1024;

  /** A text source has limits of its own, for a model that thinks. */
  private static final int TEXT_SILENCES = 10;

  private final Inbox inbox;
  private final OwnerLimits limits;
  private final TurnRequest request;
  private final TurnContext context;
  private final BiConsumer<Turn, Characters> onEnded;

  private final TurnRecord record;
  private final TurnJournal journal;
  private final TurnAudio audio;
  private final TurnId id;
  private final StageLink text;
  private final StageLink chunker;
  private final StageLink playback;
  private boolean ended;

  private boolean superseded;

  private long goesOnAt;

  /** Why the text broke off after its beginning: told once what has come of it was heard. */
  private @Nullable Failure brokenOff;

  private boolean textPaused;
  private boolean chunkerPaused;

  /** The text source was lost while nobody listened. */
  private boolean textIsDue;

  private Bus.@Nullable Timer silenceTimer;
  private long movedAt;

  Turn(
      Inbox inbox,
      OwnerLimits limits,
      TurnId id,
      TurnRequest request,
      Consumer<TurnEvent> events,
      BiConsumer<Turn, Characters> onEnded,
      @Nullable HeardReport heard) {
    this.inbox = inbox;
    this.limits = limits;
    this.id = id;
    this.request = request;
    this.context = new TurnContext(id, inbox.address(), request.options());
    this.onEnded = onEnded;
    this.record = new TurnRecord(inbox, events, heard);
    this.journal = record.journal();
    this.movedAt = inbox.now();
    this.audio = new TurnAudio(inbox, limits, new Flow());
    text = new StageLink(inbox, Stage.TEXT, Addresses.PROMPT, limits.stages(), this);
    chunker = new StageLink(inbox, Stage.CHUNKER, Addresses.TEXT, limits.stages(), this);
    playback = new StageLink(inbox, Stage.PLAYBACK, Addresses.PLAYOUT, limits.stages(), this);
  }

  public TurnId id() {
    return id;
  }

  /** The milestones so far. */
  public TurnTimings timings() {
    return record.timings();
  }

  public boolean hasEnded() {
    return ended;
  }

  /** The first sample that comes from here: not 0 where a former owner has delivered some. */
  public long goesOnAt() {
    return goesOnAt;
  }

  /** The audio on its way to the listener; also of use after the turn's end. */
  public TurnAudio audio() {
    return audio;
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
   * Attaches the listener, or another connection of it, in place of the one that there may be.
   *
   * @param from how many samples of the turn it has
   * @throws IllegalArgumentException where {@link KeptAudio#reaches} says no
   */
  public void listen(AudioListener newListener, long from) {
    movedAt = inbox.now();
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
   * The listener's connection was lost. While nobody listens nothing more is asked of the model or
   * the voice; who does not come back within the limit has the turn cancelled.
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

  /** The listener of a turn that has ended plays no more of it. */
  public void listenerStopped() {
    record.listenerStopped();
  }

  /**
   * The listener's own report of how far it has heard; also after the turn's end, while it plays
   * what was sent.
   *
   * @param playedMs since the first sample
   * @param paused whether it has paused on purpose: then it may take its time
   */
  public void position(long playedMs, boolean paused) {
    Position position = new Position(playedMs, paused);
    if (ended) {
      record.lingering(position);
      return;
    }
    record.position(position);
    movedAt = inbox.now();
    audio.paused(paused);
    playback.tell(position);
  }

  /** What the listener's side does to the turn. */
  private final class Flow implements TurnAudio.Source {
    @Override
    public void flow(boolean open) {
      movedAt = inbox.now();
      if (open) {
        playback.resume();
      } else {
        playback.pause();
      }
    }

    @Override
    public void delivered(byte[] pcm) {
      record.delivered(pcm);
    }

    @Override
    public void away(boolean away) {
      record.away(
          away, () -> cancel("another turn of its conversation began while nobody listened"));
      playback.tell(new ListenerAway(away));
      Turn.this.flow();
      if (!away && textIsDue) {
        textIsDue = false;
        takeOver(text);
      }
    }

    @Override
    public void abandoned(String why) {
      cancel(why);
    }
  }

  /** Ends the turn at every stage. Nothing of it is delivered afterwards. */
  public void cancel(String why) {
    end(Outcome.CANCELLED, new Failure(Stage.OWNER, FailureKind.CANCELLED, why));
  }

  // The stages.

  void begin() {
    if (request.sink() == Sink.BUS) {
      audio.await();
    } else {
      audio.flowElsewhere();
    }
    watchSilence();
    playback.open(new PlayoutRequest(context, request.sink(), request.path()));
    chunker.open(new TextOpen(context, request.prompt()));
    text.open(new Prompt(context, request.prompt()));
  }

  // Another owner.

  /** Has another node keep a copy, from now on. */
  void copyTo(CopyHolders holders, int generation, String process) {
    record.copyTo(
        holders, new CopyOpen(context, request.prompt(), generation, process), this::superseded);
  }

  /** Whether another node goes on with it. */
  public boolean isSuperseded() {
    return superseded;
  }

  private void superseded() {
    superseded = true;
    CopyCounter.SUPERSEDED.count();
    record.superseded();
    cancel("another node goes on with the turn");
  }

  /** This instance stops: the turn ends here, and another node may go on with it. */
  void stop(String why) {
    record.stop(new Failure(Stage.OWNER, FailureKind.UNAVAILABLE, why));
    cancel(why);
  }

  /**
   * Goes on where the copy's owner stopped, instead of beginning. What had happened until then is
   * told as if it happened now.
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
    watchSilence();
    openPlaybackAgain();
    if (chunkerIsDone()) {
      chunker.endedBefore();
    } else {
      if (!textIsOver()) {
        record.takeTextBack();
      }
      openChunkerAgain();
    }
    if (!textIsOver()) {
      text.open(new Prompt(context, request.prompt(), journal.text()));
    }
  }

  /** A fact of the turn, while no stage is open. */
  private void happened(Message fact) {
    if (fact instanceof TextEnded) {
      text.endedBefore();
      record.copy(fact);
    } else if (fact instanceof TextBrokeOff broke) {
      brokenOff = broke.why();
      record.copy(fact);
    } else if (fact instanceof TextTakenBack) {
      record.takeTextBack();
    } else if (fact instanceof Position reported) {
      record.position(new Position(reported.playedMs(), false));
    } else if (fact instanceof Asked told) {
      record.asked(told);
    } else {
      item(text, fact);
    }
  }

  /** Whoever has a stage now is told all that it needs of what has happened. */
  @Override
  public void opened(StageLink stage) {
    movedAt = inbox.now();
    if (stage == chunker) {
      TextDelta.pieces(journal.text()).forEach(piece -> chunker.tell(new TextDelta(piece)));
      if (textIsOver()) {
        chunker.end();
      }
    } else if (stage == playback) {
      if (audio.isAway()) {
        playback.tell(new ListenerAway(true));
      }
      journal.undelivered().forEach(playback::tell);
      if (journal.isLengthKnown()) {
        playback.tell(new TextLength(journal.length()));
      }
      Position position = record.position();
      if (position != null) {
        playback.tell(position);
      }
    }
    flow();
  }

  @Override
  public void drained(StageLink stage) {
    flow();
  }

  /** Lets text and chunks flow while somebody listens and all that they must wait for has room. */
  private void flow() {
    boolean ahead = journal.aheadChars() + journal.uncutChars() > MAX_AHEAD_CHARS;
    boolean pauseText = ahead || audio.isAway() || chunker.isFull();
    if (pauseText != textPaused) {
      textPaused = pauseText;
      if (pauseText) {
        text.pause();
      } else {
        text.resume();
      }
    }
    if ((audio.isAway() || playback.isFull()) != chunkerPaused) {
      chunkerPaused = !chunkerPaused;
      if (chunkerPaused) {
        chunker.pause();
      } else {
        chunker.resume();
      }
    }
  }

  @Override
  public void item(StageLink stage, Message item) {
    if (ended) {
      return;
    }
    movedAt = inbox.now();
    if (item instanceof ChunkAudio piece) {
      record.received(piece);
      audio.audio(piece.chunk(), piece.pcm());
    } else if (record.item(item)) {
      passOn(item);
      record.publish(stage.stage(), item);
      flow();
    }
  }

  /** Passes an item on to the next stage, or to the listener. */
  private void passOn(Message item) {
    if (item instanceof TextDelta || item instanceof ChunkSpoken || item instanceof ChunkSkipped) {
      chunker.tell(item);
    } else if (item instanceof ChunkCaption || item instanceof TextLength) {
      playback.tell(item);
    } else if (item instanceof PlayoutFormat format) {
      audio.format(format.sampleRateHz());
    }
  }

  /** A worker tells what it asked engines for beyond what it had told. */
  void asked(Asked told) {
    record.asked(told);
  }

  /** Playback cannot have ended while audio is held for a listener. */
  @Override
  public void ended(StageLink stage) {
    movedAt = inbox.now();
    if (stage == text) {
      record.copy(new TextEnded());
      chunker.end();
    }
    finishIfDone();
  }

  private void finishIfDone() {
    if (textIsOver() && playback.hasEnded() && (chunker.hasEnded() || chunkerIsDone())) {
      end(brokenOff == null ? Outcome.FINISHED : Outcome.FAILED, brokenOff);
    }
  }

  /** Whether no more text will come. */
  private boolean textIsOver() {
    return text.hasEnded() || brokenOff != null;
  }

  /** Whatever becomes of it: the text is cut. */
  private boolean chunkerIsDone() {
    return journal.isLengthKnown();
  }

  // Taking over.

  @Override
  public void failed(StageLink stage, Failure why, boolean nodeLost) {
    if (ended || (stage == chunker && chunkerIsDone())) {
      return;
    }
    if (nodeLost && takeOver(stage)) {
      return;
    }
    if (stage == text && journal.isBegun() && why.kind() != FailureKind.CANCELLED) {
      brokenOff = where(stage.stage(), why);
      record.copy(new TextBrokeOff(brokenOff));
      chunker.end();
      finishIfDone();
    } else {
      fail(stage.stage(), why);
    }
  }

  /** Has another instance go on where this one stopped, if that is possible. */
  private boolean takeOver(StageLink stage) {
    if (!stage.mayBeTakenOver()) {
      return false;
    }
    if (stage == playback) {
      if (request.sink() != Sink.BUS) {
        return false;
      }
      openPlaybackAgain();
      return true;
    }
    if (!journal.isTextWhole()) {
      return false;
    }
    if (stage == chunker) {
      openChunkerAgain();
      return true;
    }
    if (audio.isAway()) {
      textIsDue = true;
      return true;
    }
    // What follows the last chunk is written anew, and so the chunker must forget it, too.
    record.takeTextBack();
    openChunkerAgain();
    text.open(new Prompt(context, request.prompt(), journal.text()));
    return true;
  }

  private void openPlaybackAgain() {
    playback.open(
        new PlayoutRequest(context, request.sink(), request.path(), record.playoutResume()));
  }

  private void openChunkerAgain() {
    chunker.open(
        new TextOpen(context, request.prompt(), journal.nextChunk(), journal.chunkedUpTo()));
  }

  private void watchSilence() {
    silenceTimer = inbox.after(limits.silence().toNanos() / 2, this::lookForSilence);
  }

  /** A stage that has something to do and says nothing for too long is taken over. */
  private void lookForSilence() {
    silenceTimer = null;
    if (ended) {
      return;
    }
    long silentNanos = inbox.now() - movedAt;
    StageLink silent =
        !textIsOver() && !journal.isSpeechDue()
            ? text
            : textIsOver() && !chunkerIsDone() && !journal.isSpeechDue() ? chunker : playback;
    long patience = limits.silence().toNanos() * (silent == text ? TEXT_SILENCES : 1);
    if (audio.isFlowing() && !audio.isPaused() && record.isAllPlayed() && silentNanos > patience) {
      movedAt = inbox.now();
      if (!takeOver(silent)) {
        fail(
            silent.stage(),
            new Failure(
                silent.stage(),
                FailureKind.TIMEOUT,
                "nothing has come of it for "
                    + silentNanos / 1_000_000_000
                    + " s, though it has something to do: is its node overloaded?"));
        return;
      }
    }
    watchSilence();
  }

  // The end.

  private void fail(Stage stage, Failure failure) {
    if (failure.kind() == FailureKind.CANCELLED) {
      end(Outcome.CANCELLED, failure);
    } else {
      end(Outcome.FAILED, brokenOff == null ? where(stage, failure) : brokenOff);
    }
  }

  /** Links and inboxes do not know what they serve: the stage is the one at the other end. */
  private static Failure where(Stage stage, Failure failure) {
    return failure.stage() == Stage.OWNER
        ? new Failure(stage, failure.kind(), failure.detail())
        : failure;
  }

  private void end(Outcome outcome, @Nullable Failure failure) {
    if (ended) {
      return;
    }
    ended = true;
    record.end(outcome);
    audio.end();
    if (silenceTimer != null) {
      silenceTimer.cancel();
    }
    Failure why = failure == null ? TurnRecord.ENDED : failure;
    for (StageLink stage : List.of(text, chunker, playback)) {
      stage.closeForGood(new Failure(why.stage(), FailureKind.CANCELLED, why.detail()));
    }
    Characters characters = record.characters(outcome);
    onEnded.accept(this, characters);
    record.publishEnd(outcome, failure, characters);
  }
}
