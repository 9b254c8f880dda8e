package io.voicebus.turn;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Asked;
import io.voicebus.contract.Characters;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.CopyOpen;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutResume;
import io.voicebus.contract.Position;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.contract.SpeechPiece;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextTakenBack;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.Underrun;
import io.voicebus.contract.UnspokenText;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnTimings.Milestone;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records what happens in a turn. It passes each fact to everything that depends on it: the journal
 * (for taking stages over), the ledger (characters asked for and heard), the conversation's report,
 * another node's copy, the timings and the turn's events. It decides nothing. NOT thread safe.
 */
final class TurnRecord {
  /** Closes what is still open at a turn's end. */
  static final Failure ENDED =
      new Failure(Stage.OWNER, FailureKind.CANCELLED, "the turn has ended");

  /** So long audio waits until another node's copy knows who speaks it … */
  private static final Duration COPY_PATIENCE = Duration.ofMillis(100);

  /** … and so long for a listener that has enough to play. */
  private static final Duration MAX_COPY_PATIENCE = Duration.ofSeconds(1);

  private final Inbox inbox;
  private final Consumer<TurnEvent> events;

  /** What was heard, for the turn's conversation; null without a conversation. */
  private final @Nullable HeardReport heard;

  private final TurnTape tape;
  private final long acceptedAt;
  private final TurnJournal journal = new TurnJournal();
  private final Ledger ledger = new Ledger();
  private final TurnMeasures measures;
  private final Set<SpeechNotice.Kind> noticed = EnumSet.noneOf(SpeechNotice.Kind.class);
  private final SpokenWords words = new SpokenWords();
  private Underruns underruns = Underruns.NONE;
  private final WordEdges edges = new WordEdges();
  private TurnTimings timings = TurnTimings.NONE;

  /** Sends the facts to another node, which continues the turn if this one is lost. */
  private @Nullable TurnCopier copier;

  /** Whether a former owner began the turn. */
  private boolean resumed;

  private @Nullable Position position;

  /** Records a turn that is accepted now. */
  TurnRecord(Inbox inbox, Consumer<TurnEvent> events, @Nullable HeardReport heard, TurnTape tape) {
    this.inbox = inbox;
    this.tape = tape;
    this.events = events;
    this.heard = heard;
    this.acceptedAt = inbox.now();
    this.measures = new TurnMeasures(acceptedAt);
  }

  // What is known.

  /** For reading: facts are entered through this class. */
  TurnJournal journal() {
    return journal;
  }

  TurnTimings timings() {
    return timings;
  }

  /** The listener's last report; null before the first. */
  @Nullable Position position() {
    return position;
  }

  /** The position from which another playback instance continues. */
  PlayoutResume playoutResume() {
    return journal.rateHz() == 0
        ? PlayoutResume.START
        : journal.resume(ledger.playedMs(inbox.now()), ledger.waitedMs(inbox.now()));
  }

  /** Whether the listener has heard all that was delivered, as far as is known. */
  boolean isAllPlayed() {
    return ledger.allPlayed(inbox.now());
  }

  /** What the listener has heard, as far as is known, in samples. */
  long heardSamples() {
    return ledger.playedSamples(inbox.now());
  }

  /** The end of the last word that the listener has heard, as far as is known, in samples. */
  long wordHeard() {
    return edges.before(ledger.playedSamples(inbox.now()), journal.rateHz());
  }

  /** The end of the last word in so much of the playout, in samples. */
  long wordBefore(long ms) {
    int rateHz = journal.rateHz();
    return edges.before(ms / 1000 * rateHz + ms % 1000 * rateHz / 1000, rateHz);
  }

  /** Whether the turn has ended and its conversation still wants reports of the listener. */
  boolean stillHeard() {
    return heard != null && heard.lingers();
  }

  // What the stages tell.

  /**
   * Records an item of a stage, except its event, which {@link #publish} makes. Audio has its own
   * methods: {@link #received}, {@link #delivered}.
   *
   * @return whether it is new, and so must be passed on and published
   */
  boolean item(Message item) {
    if (item instanceof SpeechPiece) {
      takeDown(item);
      return false;
    }
    if (item instanceof Underrun underrun) {
      takeDown(item);
      underruns = underruns.with(underrun);
      measures.underrun(underrun, inbox.now());
      return false;
    }
    if (item instanceof SpeechNotice notice) {
      return noticed.add(notice.kind()) && takeDown(item);
    }
    if (informsOnly(item)) {
      return takeDown(item);
    }
    if (!journal.item(item)) {
      return false;
    }
    copy(item);
    if (item instanceof PlayoutMark mark && mark.kind() == PlayoutMark.Kind.CHUNK_VOICE) {
      return true;
    }
    ledger.item(item, inbox.now());
    edges.item(item);
    if (heard != null) {
      heard.item(item);
    }
    if (item instanceof TextDelta) {
      reached(Milestone.FIRST_DELTA);
    } else if (item instanceof ChunkCaption) {
      reached(Milestone.FIRST_CHUNK);
    } else if (item instanceof PlayoutMark mark) {
      if (mark.kind() == PlayoutMark.Kind.FIRST_FRAME) {
        reached(Milestone.FIRST_FRAME);
      } else if (mark.kind() == PlayoutMark.Kind.FIRST_AUDIO) {
        reached(Milestone.FIRST_AUDIO);
      }
    }
    return true;
  }

  /** Whether an item makes an event and nothing else. */
  private static boolean informsOnly(Message item) {
    return item instanceof UnspokenText
        || item instanceof AnswerReport
        || item instanceof StageTiming;
  }

  /** Publishes the event of an item, if it has one, and the words whose end is known now. */
  void publish(Stage from, Message item) {
    measures.item(item, inbox.now());
    TurnEvent event = ItemEvents.of(from, item);
    List<TurnEvent.SpokenWord> ended = words.item(item);
    // Words of a chunk come before its end.
    boolean last = item instanceof PlayoutMark;
    if (last) {
      ended.forEach(events);
    }
    if (event != null) {
      events.accept(event);
    }
    if (!last) {
      ended.forEach(events);
    }
  }

  /** Takes back the text that is in no chunk yet. */
  void takeTextBack() {
    int at = journal.cutText();
    copy(new TextTakenBack());
    if (heard != null) {
      heard.cutText(at);
    }
    events.accept(new TurnEvent.TextCut(at));
  }

  /** Publishes what the listener's side did. */
  void publish(TurnEvent event) {
    tape.event(inbox.now() - acceptedAt, event);
    events.accept(event);
  }

  private boolean takeDown(Message item) {
    tape.item(inbox.now() - acceptedAt, item);
    return true;
  }

  /** Whether reports of workers are recorded. */
  boolean isTaped() {
    return tape != TurnTape.NONE;
  }

  /** A worker reports what it asked engines for, in addition to its earlier reports. */
  void asked(Asked told) {
    ledger.asked(told);
    copy(told);
  }

  private void reached(Milestone milestone) {
    if (resumed && milestone != Milestone.END) {
      // The former owner measured them, on a clock that is lost with it.
      return;
    }
    timings = timings.with(milestone, inbox.now() - acceptedAt);
  }

  // The listener.

  /** Playback sent a piece of audio, for the listener. */
  void received(ChunkAudio piece) {
    journal.audio(piece);
  }

  /** A piece of audio was handed to the listener, for the first time. */
  void delivered(byte[] pcm) {
    reached(Milestone.FIRST_AUDIO);
    long now = inbox.now();
    ledger.delivered(pcm.length / 2, now);
    if (heard != null) {
      heard.audio(pcm);
    }
  }

  /**
   * Nobody hears the turn for now, because the listener's connection was lost or the turn is on
   * hold; or somebody hears it again.
   *
   * @param giveUp ends the turn if another turn of its conversation begins meanwhile
   */
  void away(boolean away, Runnable giveUp) {
    ledger.away(away, inbox.now());
    if (heard != null) {
      heard.away(away, giveUp);
    }
  }

  /**
   * Sets the action that puts the turn on hold when another prompt of its conversation interrupts
   * it.
   */
  void onInterrupted(Runnable hold) {
    if (heard != null) {
      heard.onInterrupted(hold);
    }
  }

  /** The listener's own report, while the turn is under way. */
  void position(Position reported) {
    lingering(reported);
    ledger.played(reported.playedMs(), inbox.now());
    position = reported;
    copy(reported);
  }

  /** The listener's report after the turn's end: only its conversation needs it. */
  void lingering(Position reported) {
    if (heard != null) {
      heard.position(reported.playedMs(), reported.paused());
    }
  }

  /** The listener of an ended turn stops playing it. */
  void listenerStopped() {
    if (heard != null) {
      heard.stopped();
    }
  }

  /** No more text comes. */
  void textOver() {
    measures.textOver(inbox.now());
  }

  /** Another instance is being sought for a stage. */
  void takenOver(Stage stage) {
    measures.takenOver(stage);
  }

  // Another owner.

  /**
   * Makes another node keep a copy from now on.
   *
   * @param onSuperseded runs when another node owns the turn
   * @param onKnown runs when audio need not wait for the copy any longer
   */
  void copyTo(CopyHolders holders, CopyOpen head, Runnable onSuperseded, Runnable onKnown) {
    copier = new TurnCopier(inbox, holders, head, onSuperseded, onKnown);
  }

  /**
   * Whether the listener may get the next piece of audio: another node would not speak it again.
   */
  boolean isAudioKnown() {
    if (copier == null || copier.isKnown()) {
      return true;
    }
    copier.await(copyPatience());
    return false;
  }

  /** A listener that still has something to play does not notice that audio waits for the copy. */
  private Duration copyPatience() {
    int rateHz = journal.rateHz();
    if (rateHz == 0) {
      return COPY_PATIENCE;
    }
    long leftMs = (journal.samples() - heardSamples()) * 1000 / rateHz;
    return Duration.ofMillis(
        Math.max(COPY_PATIENCE.toMillis(), Math.min(leftMs, MAX_COPY_PATIENCE.toMillis())));
  }

  /**
   * This node stood still: the copy's holder is asked whether another node owns the turn now.
   *
   * @param onOurs runs if none does
   */
  void thawed(Runnable onOurs) {
    if (copier != null) {
      copier.thawed(onOurs);
    }
  }

  /** Whether it is not known yet if another node owns the turn. */
  boolean isOwnerUnsure() {
    return copier != null && copier.isUnsure();
  }

  /** Adds a fact to the copy and to the recording. */
  void copy(Message fact) {
    takeDown(fact);
    if (copier != null) {
      copier.add(fact);
    }
  }

  /** A former owner began the turn: the facts of its copy follow, and {@link #resumeAt} last. */
  void beginResumed() {
    resumed = true;
  }

  /**
   * All facts of the copy are recorded: the turn continues at a position.
   *
   * @param fixed the samples that the listener has played or stored
   * @return the first sample that this instance delivers
   */
  long resumeAt(TurnCopy.Place place, long fixed) {
    for (int chunk = 0; chunk < place.chunk(); chunk++) {
      journal.settled(chunk);
    }
    if (journal.rateHz() == 0) {
      return 0;
    }
    long sample = place.sample();
    long playedMs = Math.min(fixed, sample) * 1000 / journal.rateHz();
    journal.resumeAt(sample);
    ledger.resume(sample, playedMs, inbox.now());
    if (heard != null) {
      heard.resume(sample, playedMs);
    }
    return sample;
  }

  /** Another node owns the turn now, and reports to its conversation. */
  void superseded() {
    if (heard != null) {
      heard.superseded();
    }
  }

  // The end.

  /**
   * This instance stops.
   *
   * @return whether another node may continue the turn
   */
  boolean stop(Failure why) {
    return copier != null && copier.end(why);
  }

  /** The turn has ended: nothing more is copied, and its conversation gets its report. */
  void end(Outcome outcome) {
    if (copier != null && outcome == Outcome.FINISHED) {
      copier.finished();
    } else if (copier != null) {
      copier.end(ENDED);
    }
    if (heard != null) {
      heard.ended(outcome);
    }
    reached(Milestone.END);
  }

  /** What the turn asked engines for, and how much of it was heard, if it ends like this. */
  Characters characters(Outcome outcome) {
    return ledger.sum(outcome, inbox.now());
  }

  /** Publishes the last event. */
  void publishEnd(Outcome outcome, @Nullable Failure failure, Characters characters) {
    publish(new TurnEvent.Ended(outcome, failure, timings, characters, underruns));
  }

  /** The turn as its observer sees it. */
  TurnSummary summary(
      TurnContext context,
      int generation,
      boolean feed,
      String callersTrace,
      Outcome outcome,
      @Nullable Failure failure,
      Characters characters) {
    return new TurnSummary(
        context.turn(),
        generation,
        feed,
        callersTrace,
        context.trace(),
        outcome,
        failure,
        timings,
        characters,
        measures.textChars(),
        measures.answer(),
        measures.textEnd(),
        measures.chunks(),
        measures.chunkCount(),
        measures.underruns(),
        measures.takeovers());
  }
}
