package io.voicebus.turn;

import io.vertx.core.Future;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.LateTimers;
import io.voicebus.bus.Message;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.Heard;
import io.voicebus.contract.ListenerPosition;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PastTurn;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.WordMark;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports to a turn's conversation what was heard of the turn: at the turn's end and, while a
 * listener that reports its position still plays what was sent, until it has finished.
 *
 * <p>What the listener reports as played counts as heard. Without reports it is what was delivered,
 * but no more than the time since the first audio. A finished turn counts as wholly heard until its
 * listener reports less, which may be after the end: a short answer is sent before the first report
 * comes. NOT thread safe.
 */
final class HeardReport {
  /** Interval between two reports of a listener's progress after the turn's end. */
  static final Duration PROGRESS = Duration.ofSeconds(1);

  /** A listener that is silent for so long after it should have played everything has finished. */
  static final Duration SILENT = Duration.ofSeconds(5);

  /** The longest time to wait for a listener that has paused, or has very much to play. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  /** A remainder that counts as heard, since nobody notices that it is missing, in ms. */
  private static final long ROUNDING_MS = 50;

  /** How many reports one owner may have: it reports at most once a second, for a minute. */
  private static final int MAX_REVISIONS = 10_000;

  private final Inbox inbox;
  private final Conversations conversations;
  private final String conversation;
  private final TurnId turn;
  private final Consumer<HeardReport> onOver;

  /** Completes when the turn is entered in the conversation, if this report has to enter it. */
  private final Future<Void> begun;

  private final HeardAnswer answer = new HeardAnswer();
  private final ListenerPosition position = new ListenerPosition(Pace.REALTIME);

  private int rateHz = ListenerPosition.ASSUMED_RATE_HZ;
  private boolean paused;

  /** Ends the turn, while its listener is away or it is on hold. */
  private @Nullable Runnable abandon;

  /** Puts the turn on hold, if it is heard in real time. */
  private Runnable hold = () -> {};

  private boolean over;
  private boolean ended;
  private boolean reportedSince;
  private int revision;
  private long reportedAt;
  private Bus.@Nullable Timer timer;

  /**
   * A report.
   *
   * @param generation how often the turn has changed its owner: what a later one reports wins
   * @param begun completes when the turn is entered in the conversation
   * @param onOver told once nothing more will be reported
   */
  HeardReport(
      Inbox inbox,
      Conversations conversations,
      String conversation,
      TurnId turn,
      int generation,
      Future<Void> begun,
      Consumer<HeardReport> onOver) {
    this.inbox = inbox;
    this.conversations = conversations;
    this.conversation = conversation;
    this.turn = turn;
    this.revision = generation * MAX_REVISIONS;
    this.begun = begun;
    this.onOver = onOver;
  }

  /** A former owner delivered so many samples, and so much of them was heard. */
  void resume(long samples, long playedMs) {
    position.resume(samples, playedMs, inbox.now());
  }

  /** Whether the turn has ended and its listener still plays. */
  boolean lingers() {
    return ended && !over;
  }

  boolean belongsTo(String name) {
    return conversation.equals(name);
  }

  /** What a stage told the owner. */
  void item(Message item) {
    if (ended) {
      return;
    }
    if (item instanceof TextDelta delta) {
      answer.text(delta.text());
    } else if (item instanceof ChunkCaption caption) {
      answer.caption(caption);
    } else if (item instanceof ChunkSkipped skipped) {
      answer.skipped(skipped.chunk());
    } else if (item instanceof PlayoutFormat format) {
      rateHz = format.sampleRateHz();
      answer.rate(rateHz);
      position.rate(rateHz);
    } else if (item instanceof PlayoutMark mark) {
      answer.mark(mark);
      deliveredUpTo(mark.atSample());
    } else if (item instanceof WordMark word) {
      answer.word(word);
      deliveredUpTo(word.atSample());
    }
  }

  /** The text after this position was taken back. */
  void cutText(int at) {
    answer.cutText(at);
  }

  /** So many more samples were passed to the listener. */
  void audio(byte[] pcm) {
    position.delivered(pcm.length / 2, inbox.now());
  }

  /**
   * The listener's connection was lost or the turn is on hold; or it is heard again.
   *
   * @param giveUp ends the turn, of which nobody will hear more
   */
  void away(boolean nowAway, Runnable giveUp) {
    position.away(nowAway, inbox.now());
    abandon = nowAway ? giveUp : null;
  }

  /** Sets the action that puts the turn on hold when another prompt interrupts it. */
  void onInterrupted(Runnable newHold) {
    hold = newHold;
  }

  /**
   * Another prompt of the conversation begins, so the model must know what was heard until now. If
   * the turn is being heard, it goes on hold. If nobody hears it, it ends, unless its listener has
   * paused and may want the rest.
   */
  void interrupted() {
    if (ended) {
      stopped();
      return;
    }
    if (abandon == null) {
      hold.run();
    } else if (!paused) {
      abandon.run();
      return;
    }
    if (abandon != null) {
      send(heard(), PastTurn.State.CUT);
    }
  }

  /** A device of the playback instance takes the audio; the playout's marks say how much. */
  private void deliveredUpTo(long sample) {
    if (sample > position.delivered()) {
      position.delivered(sample - position.delivered(), inbox.now());
    }
  }

  /** The listener's own report, also after the turn's end. */
  void position(long playedMs, boolean nowPaused) {
    boolean first = !position.reports();
    position.reported(playedMs);
    paused = nowPaused;
    if (!lingers()) {
      return;
    }
    reportedSince = true;
    if (allPlayed()) {
      over(answer.all(), PastTurn.State.HEARD);
    } else {
      if (first || inbox.now() - reportedAt >= PROGRESS.toNanos()) {
        send(heard(), PastTurn.State.UNDER_WAY);
      }
      await();
    }
  }

  /** The turn has ended. */
  void ended(Outcome outcome) {
    if (ended) {
      return;
    }
    ended = true;
    abandon = null;
    if (outcome == Outcome.FINISHED && allPlayed()) {
      over(answer.all(), PastTurn.State.HEARD);
    } else if (outcome == Outcome.FINISHED && position.reports()) {
      send(heard(), PastTurn.State.UNDER_WAY);
      await();
    } else if (outcome == Outcome.FINISHED) {
      send(answer.all(), PastTurn.State.HEARD);
      await();
    } else if (outcome == Outcome.FAILED && heard().isEmpty()) {
      over("", PastTurn.State.DROPPED);
    } else {
      over(heard(), PastTurn.State.CUT);
    }
  }

  /** The listener has stopped or interrupted what it hears: it will hear no more of it. */
  void stopped() {
    if (lingers() && position.reports()) {
      over(heard(), PastTurn.State.CUT);
    } else if (lingers()) {
      over();
    }
  }

  /** Another owner of the turn reports from now on. */
  void superseded() {
    if (!over) {
      ended = true;
      over();
    }
  }

  private void over(String heard, PastTurn.State state) {
    send(heard, state);
    over();
  }

  private void over() {
    over = true;
    if (timer != null) {
      timer.cancel();
    }
    onOver.accept(this);
  }

  private String heard() {
    return answer.upTo(position.samples(inbox.now()));
  }

  private long leftMs() {
    return (position.delivered() - position.samples(inbox.now())) * 1000 / rateHz;
  }

  private boolean allPlayed() {
    return leftMs() <= ROUNDING_MS;
  }

  /**
   * Waits for the listener's next report. A listener that has not reported since the turn's end
   * plays on to the end; one that has reported and stopped is gone.
   */
  private void await() {
    if (timer != null) {
      timer.cancel();
    }
    Duration patience = paused ? LONGEST : SILENT.plusMillis(leftMs());
    long nanos = Math.min(patience.toNanos(), LONGEST.toNanos());
    timer = LateTimers.after(inbox, nanos, this::silent);
  }

  private void silent() {
    if (position.reports() && !reportedSince && !paused) {
      over(answer.all(), PastTurn.State.HEARD);
    } else {
      stopped();
    }
  }

  private void send(String heard, PastTurn.State state) {
    revision++;
    reportedAt = inbox.now();
    Heard told = new Heard(conversation, turn, revision, heard, state);
    begun.onComplete(entered -> conversations.heard(told));
  }
}
