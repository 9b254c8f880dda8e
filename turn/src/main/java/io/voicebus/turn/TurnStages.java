package io.voicebus.turn;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.ListenerAway;
import io.voicebus.contract.PlayoutBrokeOff;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.Position;
import io.voicebus.contract.SpeechWait;
import io.voicebus.contract.TextBrokeOff;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextEnded;
import io.voicebus.contract.TextFlush;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TurnContext;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The three stages of one turn. This class opens them, passes the output of one to the next, slows
 * them down (back-pressure), and replaces stages that are lost or silent.
 *
 * <p>A turn is done when text source, chunker and playback have each done their part. If the text
 * breaks off, the listener first hears what has come, and then the turn fails. NOT thread safe.
 */
final class TurnStages implements StageLink.Listener {
  /** What becomes of the turn. */
  interface Listener {
    /**
     * The stages have done their part, or one cannot go on: {@link #close} must follow.
     *
     * @param why null if the turn finished
     */
    void over(Outcome outcome, @Nullable Failure why);
  }

  /**
   * How many times longer than other stages a text source may be silent: a model may think for
   * long, and the source has its own limits.
   */
  private static final int TEXT_SILENCES = 10;

  /**
   * How many times longer than other stages speech may wait for a known reason, such as room at a
   * service: as long as it takes to give up a silent stage.
   */
  private static final int SPEECH_WAITS = StageLink.MAX_TAKEOVERS + 1;

  private final Inbox inbox;
  private final TurnRecord record;
  private final TurnJournal journal;
  private final TurnAudio audio;
  private final Listener listener;
  private final Duration patience;
  private final SilenceWatch watch;
  private final TurnStage text;

  /** The caller's text; null if a text source writes it. */
  private final @Nullable FedText fed;

  private final StageLink chunker;
  private final StageLink playback;
  private final StageOpener opener;
  private static final Failure SILENT =
      new Failure(
          Stage.TEXT,
          FailureKind.TOO_LARGE,
          "the text has more than "
              + BackPressure.MAX_UNCUT_CHARS
              + " characters in a row that cannot be spoken, such as blanks or code");

  private final BackPressure backPressure;

  /** Why the text broke off after its beginning: the turn fails with it at its end. */
  private @Nullable Failure brokenOff;

  private boolean isTextOver;

  /** Stages that were lost while it was unclear which node owns the turn. */
  private final List<Runnable> losses = new ArrayList<>();

  private final SpeechWaits speechWaits = new SpeechWaits();

  private boolean closed;

  /** Stages that are not open: {@link #begin} or {@link #resume} opens them. */
  TurnStages(
      Inbox inbox,
      OwnerLimits limits,
      TurnRequest request,
      TurnContext context,
      TurnRecord record,
      TurnAudio audio,
      TurnMemory memory,
      Listener listener) {
    this.inbox = inbox;
    this.record = record;
    this.journal = record.journal();
    this.audio = audio;
    this.listener = listener;
    patience = limits.silence();
    watch = new SilenceWatch(inbox, patience.dividedBy(2), this::silent);
    fed =
        request.options().mode().isGiven()
            ? new FedText(inbox, journal, request.prompt(), this)
            : null;
    text =
        fed == null
            ? new StageLink(inbox, Stage.TEXT, Addresses.PROMPT, limits.stages(), this)
            : fed;
    chunker = new StageLink(inbox, Stage.CHUNKER, Addresses.TEXT, limits.stages(), this);
    playback = new StageLink(inbox, Stage.PLAYBACK, Addresses.PLAYOUT, limits.stages(), this);
    opener = new StageOpener(request, context, record, audio, text, chunker, playback);
    backPressure = new BackPressure(text, chunker, playback, journal, audio, memory);
  }

  // Opening.

  /** Opens the stages of a new turn. */
  void begin() {
    watch.start();
    opener.begin();
    backPressure.apply();
  }

  /** A fact from the copy of a turn that a former owner began: {@link #resume} follows the last. */
  void happened(Message fact) {
    if (fact instanceof TextEnded) {
      textOver(null);
    } else if (fact instanceof TextBrokeOff broke) {
      textOver(broke.why());
    } else {
      item(text, fact);
    }
  }

  /** Opens those stages that had not done their part when the former owner was lost. */
  void resume() {
    watch.start();
    opener.resume();
    backPressure.apply();
    if (fed != null) {
      fed.loseCaller();
    }
  }

  @Override
  public void opened(StageLink stage) {
    watch.moved();
    if (stage == playback) {
      speechWaits.clear();
    }
    opener.brief(stage);
    backPressure.apply();
  }

  /** The caller's way to write the text; null where a text source does. */
  @Nullable TextFeed feed() {
    return fed;
  }

  // Passing on.

  @Override
  public void item(TurnStage stage, Message item) {
    if (closed) {
      return;
    }
    if (item instanceof SpeechWait wait) {
      // To wait is not to move: how long it may take counts from the last thing that came.
      speechWaits.told(wait, inbox.now());
      return;
    }
    watch.moved();
    if (item instanceof TextEnded) {
      textOver(null);
    } else if (item instanceof TextBrokeOff broke) {
      textOver(at(stage, broke.why()));
    } else if (item instanceof PlayoutBrokeOff broke) {
      fail(stage, broke.why());
    } else if (item instanceof ChunkAudio piece) {
      record.received(piece);
      audio.audio(piece.chunk(), piece.pcm());
    } else if (record.item(item)) {
      passOn(item);
      record.publish(stage.stage(), item);
      backPressure.apply();
      if (stage == text && !isTextOver && backPressure.isOverrun()) {
        text.closeForGood(SILENT);
        textOver(SILENT);
      }
    }
  }

  /** Passes an item on to the next stage, or to the listener. */
  private void passOn(Message item) {
    if (item instanceof TextDelta
        || item instanceof TextFlush
        || item instanceof ChunkSpoken
        || item instanceof ChunkSkipped) {
      chunker.tell(item);
    } else if (item instanceof ChunkCaption || item instanceof TextLength) {
      playback.tell(item);
    } else if (item instanceof PlayoutFormat format) {
      audio.format(format.sampleRateHz());
    }
  }

  // The listener.

  /** The listener takes audio (it may call back from within this call), or takes none for now. */
  void audioFlows(boolean open) {
    watch.moved();
    if (open) {
      playback.resume();
    } else {
      playback.pause();
    }
  }

  /** Nobody hears the turn for now, or somebody does again. */
  void away(boolean away) {
    playback.tell(new ListenerAway(away));
    if (!away) {
      opener.listenerIsBack();
    }
    backPressure.apply();
  }

  /** The listener's own report. */
  void position(Position position) {
    watch.moved();
    playback.tell(position);
  }

  /** The listener did something: the watchdog of the stages starts again. */
  void moved() {
    watch.moved();
  }

  @Override
  public void drained(StageLink stage) {
    backPressure.apply();
  }

  // The end.

  /** Playback cannot have ended while audio is held for a listener. */
  @Override
  public void ended(TurnStage stage) {
    watch.moved();
    if (stage == text) {
      textOver(null);
    } else {
      finishIfDone();
    }
  }

  /**
   * No more text comes.
   *
   * @param why it broke off; null at its end. A source that has reported its end may still report a
   *     failure while its link is open
   */
  private void textOver(@Nullable Failure why) {
    text.markEnded();
    if (isTextOver && why == null) {
      return;
    }
    isTextOver = true;
    record.textOver();
    brokenOff = why;
    record.copy(why == null ? new TextEnded() : new TextBrokeOff(why));
    chunker.end();
    finishIfDone();
  }

  private void finishIfDone() {
    if (text.hasEnded() && playback.hasEnded() && (chunker.hasEnded() || isTextCut())) {
      listener.over(brokenOff == null ? Outcome.FINISHED : Outcome.FAILED, brokenOff);
    }
  }

  /** Whether all of the text is in chunks: then the chunker is no longer needed. */
  private boolean isTextCut() {
    return journal.isLengthKnown();
  }

  @Override
  public void failed(TurnStage stage, Failure why, boolean nodeLost) {
    if (closed || (stage == chunker && isTextCut()) || isOfNoMatter(stage, why, nodeLost)) {
      return;
    }
    if (nodeLost && record.isOwnerUnsure()) {
      losses.add(() -> failed(stage, why, true));
      return;
    }
    if (nodeLost && takeOver(stage)) {
      return;
    }
    if (stage == text && journal.isBegun() && why.kind() != FailureKind.CANCELLED) {
      textOver(at(stage, why));
    } else {
      fail(stage, why);
    }
  }

  private boolean takeOver(TurnStage stage) {
    boolean possible = opener.takeOver(stage);
    backPressure.apply();
    return possible;
  }

  /** Whether a loss does not matter: the text source is gone, and had sent all of its text. */
  private boolean isOfNoMatter(TurnStage stage, Failure why, boolean nodeLost) {
    return stage == text && isTextOver && (nodeLost || why.kind() == FailureKind.CANCELLED);
  }

  /** No other node owns the turn: stages that were lost meanwhile are replaced. */
  void stillOurs() {
    List<Runnable> all = List.copyOf(losses);
    losses.clear();
    all.forEach(Runnable::run);
  }

  private void fail(TurnStage stage, Failure why) {
    if (why.kind() == FailureKind.CANCELLED) {
      listener.over(Outcome.CANCELLED, why);
    } else {
      listener.over(Outcome.FAILED, brokenOff == null ? at(stage, why) : brokenOff);
    }
  }

  /** A failure of the link itself names no stage: it belongs to the stage at the other end. */
  private static Failure at(TurnStage stage, Failure why) {
    return why.stage() == Stage.OWNER ? new Failure(stage.stage(), why.kind(), why.detail()) : why;
  }

  /** The turn is over: closes every stage, for good. */
  void close(Failure why) {
    closed = true;
    watch.stop();
    for (TurnStage stage : List.of(text, chunker, playback)) {
      stage.closeForGood(new Failure(why.stage(), FailureKind.CANCELLED, why.detail()));
    }
  }

  // Silence.

  /** Replaces the stage that has something to do, if nothing has moved for too long. */
  private void silent(long nanos) {
    TurnStage stage = due();
    if (stage == fed) {
      // A caller that writes may take its time.
      return;
    }
    String why = stage == playback ? speechWaitsFor() : "";
    int times = stage == text ? TEXT_SILENCES : why.isEmpty() ? 1 : SPEECH_WAITS;
    long limit = patience.toNanos() * times;
    if (nanos <= limit || !audio.isFlowing() || audio.isPaused() || !record.isAllPlayed()) {
      return;
    }
    if (why.isEmpty()
        && stage == playback
        && speechWaits.endedWithin(patience.toNanos(), inbox.now())) {
      return;
    }
    watch.moved();
    if (!why.isEmpty()) {
      // Another instance of playback would wait for the same.
      fail(
          stage,
          new Failure(
              Stage.SPEECH,
              FailureKind.RATE_LIMITED,
              "chunk "
                  + journal.firstUnspoken()
                  + " was not spoken, though it was waited for "
                  + nanos / 1_000_000_000
                  + " s: "
                  + why));
    } else if (!takeOver(stage)) {
      fail(
          stage,
          new Failure(
              stage.stage(),
              FailureKind.TIMEOUT,
              "nothing has come of it for "
                  + nanos / 1_000_000_000
                  + " s, though it has something to do: is its node overloaded?"));
    }
  }

  /** What the turn waits for now. */
  TurnWait waitsFor() {
    long nanos = watch.silence();
    String listener = listenerIsDue();
    if (!listener.isEmpty()) {
      return new TurnWait(Stage.OWNER, listener, nanos);
    }
    TurnStage stage = due();
    if (stage == fed) {
      return new TurnWait(Stage.OWNER, "its caller, who writes the text", nanos);
    }
    if (stage instanceof StageLink link && !link.isOpen()) {
      return new TurnWait(stage.stage(), "an instance that takes this stage", nanos);
    }
    if (stage == text) {
      return new TurnWait(Stage.TEXT, "more of the text", nanos);
    }
    if (stage == chunker) {
      return new TurnWait(Stage.CHUNKER, "the rest of the text in chunks", nanos);
    }
    return journal.isSpeechDue()
        ? new TurnWait(Stage.SPEECH, speechDue(), nanos)
        : new TurnWait(Stage.PLAYBACK, "the end of its playout", nanos);
  }

  private String speechDue() {
    String why = speechWaitsFor();
    return "chunk " + journal.firstUnspoken() + " to be spoken" + (why.isEmpty() ? "" : ": " + why);
  }

  /** Why the next chunk is not spoken, if a worker has reported it; else empty. */
  private String speechWaitsFor() {
    return journal.isSpeechDue() ? speechWaits.of(journal.firstUnspoken()) : "";
  }

  /** What the turn needs from the listener, in words; empty for nothing. */
  private String listenerIsDue() {
    if (audio.isAway()) {
      return "its listener, whose connection was lost";
    }
    if (audio.isPaused()) {
      return "its listener, who has paused";
    }
    if (audio.isHeld()) {
      return "a listener";
    }
    return audio.hasListener() && !audio.isFlowing()
        ? "its listener, who takes no more for now"
        : "";
  }

  /** The stage that has something to do, when nothing moves. */
  private TurnStage due() {
    if (journal.isSpeechDue()) {
      return playback;
    }
    if (!text.hasEnded()) {
      return text;
    }
    return isTextCut() ? playback : chunker;
  }
}
