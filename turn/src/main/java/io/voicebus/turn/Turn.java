package io.voicebus.turn;

import io.vertx.core.Future;
import io.voicebus.bus.Bus;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Characters;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutLength;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.PlayoutRequest;
import io.voicebus.contract.Position;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.Sink;
import io.voicebus.contract.SkipChunk;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.UnspokenText;
import io.voicebus.queue.JobPacket;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnTimings.Milestone;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One turn, at its owner, which alone declares its end; the first terminal report wins.
 *
 * <p>It finishes when text source, chunker and playback have each ended their report. Where the
 * answer breaks off, what has come of it is heard, and then the turn fails. NOT thread safe: bound
 * to its owner's context.
 */
public final class Turn {
  private static final Failure ENDED =
      new Failure(Stage.OWNER, FailureKind.CANCELLED, "the turn has ended");

  private final Inbox inbox;
  private final OwnerLimits limits;
  private final Sink sink;
  private final Consumer<TurnEvent> events;
  private final BiConsumer<Turn, Characters> onEnded;

  /** What was heard, for the turn's conversation; null where there is none. */
  private final @Nullable HeardReport heard;

  private final Ledger ledger = new Ledger();
  private final TurnId id = TurnId.random();
  private final long acceptedAt;

  private final StageReports reports =
      new StageReports(this::onReport, this::finishIfDone, this::fail);

  private TurnTimings timings = TurnTimings.NONE;
  private boolean ended;

  /** Why the text broke off after its beginning: told once what has come of it was heard. */
  private @Nullable Failure brokenOff;

  private boolean anyText;

  private @Nullable BusWriteStream<Message> prompt;
  private @Nullable BusWriteStream<Message> control;
  private @Nullable AudioListener listener;
  private @Nullable PlayoutFormat format;
  private @Nullable ChunkAudio held;
  private boolean flowing;
  private boolean pausedByListener;
  private Bus.@Nullable Timer stagesTimer;
  private Bus.@Nullable Timer listenerTimer;

  Turn(
      Inbox inbox,
      OwnerLimits limits,
      TurnRequest request,
      Consumer<TurnEvent> events,
      BiConsumer<Turn, Characters> onEnded,
      HeardReports reports) {
    this.inbox = inbox;
    this.limits = limits;
    this.sink = request.sink();
    this.events = events;
    this.onEnded = onEnded;
    this.heard = reports.of(id, request.options().conversation());
    this.acceptedAt = inbox.now();
  }

  public TurnId id() {
    return id;
  }

  /** The milestones so far. */
  public TurnTimings timings() {
    return timings;
  }

  public boolean hasEnded() {
    return ended;
  }

  /** Whether somebody takes the audio already. */
  public boolean attached() {
    return listener != null;
  }

  /**
   * Attaches the one listener of the audio; from now on it flows.
   *
   * @throws IllegalStateException when there is one
   */
  public void listen(AudioListener newListener) {
    if (listener != null) {
      throw new IllegalStateException("the turn has a listener");
    }
    listener = newListener;
    stopListenerTimer();
    if (format != null) {
      newListener.format(format.sampleRateHz());
    }
    resumeAudio();
  }

  /** The listener cannot take more for now: back-pressure that reaches the engines. */
  public void pauseAudio() {
    if (flowing) {
      flowing = false;
      reports.holdAudio();
      watchListener(limits.stalled(), "the listener has taken no audio for too long");
    }
  }

  /** The listener takes audio again. */
  public void resumeAudio() {
    if (!flowing && !ended && listener != null) {
      flowing = true;
      stopListenerTimer();
      ChunkAudio first = held;
      held = null;
      if (first != null) {
        deliver(first);
      }
      // The listener may have paused again at once.
      if (flowing) {
        reports.letAudioFlow();
      }
    }
  }

  /**
   * Whether the turn has ended and its conversation still wants to know how much of it is heard.
   */
  public boolean stillHeard() {
    return heard != null && heard.lingers();
  }

  /** The listener of a turn that has ended plays no more of it. */
  public void listenerStopped() {
    if (heard != null) {
      heard.stopped();
    }
  }

  /**
   * The listener's own report of how far it has heard; also after the turn's end, while it plays
   * what was sent.
   *
   * @param playedMs since the first sample
   * @param paused whether it has paused on purpose: then it may take its time
   */
  public void position(long playedMs, boolean paused) {
    if (heard != null) {
      heard.position(playedMs, paused);
    }
    if (ended) {
      return;
    }
    ledger.played(playedMs);
    pausedByListener = paused;
    if (paused && listener != null) {
      stopListenerTimer();
    } else if (!paused && !flowing && listener != null) {
      watchListener(limits.stalled(), "the listener has taken no audio for too long");
    }
    if (control != null && control.isOpen()) {
      control.write(new Position(playedMs, paused));
    }
  }

  /** Ends the turn at every stage. Nothing of it is delivered afterwards. */
  public void cancel(String why) {
    end(Outcome.CANCELLED, new Failure(Stage.OWNER, FailureKind.CANCELLED, why));
  }

  void begin(TurnRequest request) {
    stagesTimer = inbox.after(limits.stages().toNanos(), this::checkStages);
    if (sink == Sink.BUS) {
      watchListener(limits.attach(), "nobody listened to the turn");
    } else {
      flowing = true;
    }
    TurnContext context = new TurnContext(id, inbox.address(), "", request.options());
    inbox
        .<Message>open(
            Addresses.PLAYOUT, new PlayoutRequest(context, request.sink(), request.path()))
        .compose(
            stream -> {
              control = adopt(Stage.PLAYBACK, stream);
              reports.choose(Stage.PLAYBACK, stream.peer());
              if (ended) {
                return Future.failedFuture(ENDED.toException());
              }
              return inbox.<Message>open(
                  Addresses.PROMPT, new Prompt(context.playedBy(stream.peer()), request.prompt()));
            })
        .onSuccess(
            stream -> {
              prompt = adopt(Stage.TEXT, stream);
              reports.choose(Stage.TEXT, stream.peer());
            })
        // With nobody at the address the failure comes at once, from within this call.
        .onFailure(
            why -> inbox.execute(() -> fail(control == null ? Stage.PLAYBACK : Stage.TEXT, why)));
  }

  /** Takes a stream that we produce; a stage that cancels it or dies ends the turn. */
  private BusWriteStream<Message> adopt(Stage stage, BusWriteStream<Message> stream) {
    if (ended) {
      stream.fail(ENDED);
    } else {
      stream.exceptionHandler(
          why -> {
            if (!reports.ended(stage)) {
              fail(stage, why);
            }
          });
    }
    return stream;
  }

  void reportedBy(Stage stage, BusReadStream<Message> report) {
    reports.add(stage, report);
  }

  private void checkStages() {
    stagesTimer = null;
    Stage missing = reports.missing();
    if (missing != null) {
      fail(
          missing,
          new VoicebusException(
              missing,
              FailureKind.UNAVAILABLE,
              "it did not answer: is its verticle deployed and healthy?"));
    }
  }

  private void onReport(Stage stage, Message item) {
    ledger.item(item, inbox.now());
    if (heard != null) {
      heard.item(item);
    }
    if (item instanceof TextDelta delta) {
      anyText = true;
      reached(Milestone.FIRST_DELTA);
      events.accept(new TurnEvent.Text(delta.text()));
    } else if (item instanceof ChunkCaption caption) {
      reached(Milestone.FIRST_CHUNK);
      events.accept(new TurnEvent.Caption(caption));
    } else if (item instanceof ChunkSpoken spoken) {
      events.accept(new TurnEvent.Spoken(spoken));
    } else if (item instanceof ChunkSkipped skipped) {
      control(new SkipChunk(skipped.chunk()));
      events.accept(new TurnEvent.Skipped(skipped));
    } else if (item instanceof UnspokenText unspoken) {
      events.accept(new TurnEvent.Unspoken(unspoken));
    } else if (item instanceof TextLength length) {
      control(new PlayoutLength(length.chunks()));
    } else if (item instanceof AnswerReport answer) {
      events.accept(new TurnEvent.Answered(answer));
    } else if (item instanceof StageTiming timing) {
      events.accept(new TurnEvent.Timing(stage, timing));
    } else if (item instanceof PlayoutFormat playoutFormat) {
      format = playoutFormat;
      if (listener != null) {
        listener.format(playoutFormat.sampleRateHz());
      }
    } else if (item instanceof PlayoutMark mark) {
      onMark(mark);
    } else if (item instanceof ChunkAudio audio) {
      deliver(audio);
    }
  }

  private void control(Message item) {
    if (control != null && control.isOpen()) {
      control.write(item);
    }
  }

  private void onMark(PlayoutMark mark) {
    if (mark.kind() == PlayoutMark.Kind.FIRST_FRAME) {
      reached(Milestone.FIRST_FRAME);
    } else if (mark.kind() == PlayoutMark.Kind.FIRST_AUDIO) {
      reached(Milestone.FIRST_AUDIO);
    }
    events.accept(new TurnEvent.Mark(mark));
  }

  private void deliver(ChunkAudio audio) {
    if (listener == null) {
      // The first piece waits here for the listener; the stream holds the others back.
      held = audio;
      reports.holdAudio();
    } else {
      reached(Milestone.FIRST_AUDIO);
      ledger.delivered(audio.pcm().length / 2, inbox.now());
      if (heard != null) {
        heard.audio(audio.pcm());
      }
      listener.audio(audio.chunk(), audio.pcm());
    }
  }

  /** A worker tells what it asked engines for beyond what it had told. */
  void asked(JobPacket.Asked told) {
    ledger.asked(told);
  }

  private void reached(Milestone milestone) {
    timings = timings.with(milestone, inbox.now() - acceptedAt);
  }

  /** Playback's report cannot have ended while audio is held for a listener. */
  private void finishIfDone() {
    if (reports.allEnded()) {
      end(brokenOff == null ? Outcome.FINISHED : Outcome.FAILED, brokenOff);
    }
  }

  private void fail(Stage stage, Throwable cause) {
    Failure failure = Failure.of(stage, cause);
    if (failure.kind() == FailureKind.CANCELLED) {
      end(Outcome.CANCELLED, failure);
    } else if (brokenOff != null) {
      end(Outcome.FAILED, brokenOff);
    } else if (stage == Stage.TEXT && anyText) {
      brokenOff = failure;
      reports.endEarly(stage);
      finishIfDone();
    } else {
      // Streams and inboxes do not know what they serve: the stage is the one at the other end.
      Stage where = failure.stage() == Stage.OWNER ? stage : failure.stage();
      end(Outcome.FAILED, new Failure(where, failure.kind(), failure.detail()));
    }
  }

  private void end(Outcome outcome, @Nullable Failure failure) {
    if (ended) {
      return;
    }
    ended = true;
    if (heard != null) {
      heard.ended(outcome);
    }
    reached(Milestone.END);
    stopListenerTimer();
    if (stagesTimer != null) {
      stagesTimer.cancel();
    }
    held = null;
    Failure why = failure == null ? ENDED : failure;
    for (BusWriteStream<Message> stream : ours()) {
      if (outcome == Outcome.FINISHED) {
        stream.end();
      } else {
        stream.fail(new Failure(why.stage(), FailureKind.CANCELLED, why.detail()));
      }
    }
    reports.cancel(why);
    Characters characters = ledger.sum(outcome, inbox.now());
    onEnded.accept(this, characters);
    events.accept(new TurnEvent.Ended(outcome, failure, timings, characters));
  }

  private List<BusWriteStream<Message>> ours() {
    if (prompt == null) {
      return control == null ? List.of() : List.of(control);
    }
    return control == null ? List.of(prompt) : List.of(prompt, control);
  }

  private void watchListener(Duration patience, String why) {
    stopListenerTimer();
    if (!pausedByListener && !ended) {
      listenerTimer = inbox.after(patience.toNanos(), () -> cancel(why));
    }
  }

  private void stopListenerTimer() {
    if (listenerTimer != null) {
      listenerTimer.cancel();
      listenerTimer = null;
    }
  }
}
