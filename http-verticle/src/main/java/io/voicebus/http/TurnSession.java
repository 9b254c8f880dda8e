package io.voicebus.http;

import io.voicebus.contract.TurnAccepted;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.contract.WordMark;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.KeptAudio;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnAudio;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnWait;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One turn as its HTTP clients see it, at its owner. NOT thread safe: bound to the turn's context.
 */
final class TurnSession {
  /** Those who read the events of one turn at the same time. */
  static final int MAX_READERS = 16;

  private final TurnId id;
  private final int generation;
  private final EventLog log;
  private final boolean logsWords;
  private final Captions captions = new Captions();
  private final PauseLimit pause;
  private final List<Runnable> watchers = new ArrayList<>();
  private final List<Consumer<TurnEvent.Ended>> endings = new ArrayList<>();
  private Consumer<WordMark> words = word -> {};
  private int readers;
  private long clientBytes;

  /** Let go at the end, since it holds the prompt. */
  private @Nullable Turn turn;

  /** After the end, as long as its conversation wants to know how much of it is heard. */
  private @Nullable Turn stillHeard;

  /** Also after the end, until what is kept of it is forgotten. */
  private @Nullable TurnAudio audio;

  private TurnEvent.@Nullable Ended ended;
  private boolean elsewhere;

  /** Who takes the audio, or was the last to take it. */
  private @Nullable Object listener;

  /** Whether that listener's connection was lost, and no other has come. */
  private boolean cutOff;

  /**
   * Starts a turn.
   *
   * @param logsWords whether its events tell when each word is spoken
   * @param pause how long its listener may pause
   * @param start is given who takes the events
   */
  TurnSession(
      EventLog log,
      boolean logsWords,
      PauseLimit pause,
      Function<Consumer<TurnEvent>, Turn> start) {
    this.log = log;
    this.logsWords = logsWords;
    this.pause = pause;
    Turn started = start.apply(this::on);
    // A turn without any stage may end before it is returned.
    this.turn = ended == null ? started : null;
    this.audio = started.audio();
    this.id = started.id();
    this.generation = started.generation();
  }

  private void on(TurnEvent event) {
    if (event instanceof TurnEvent.Word word) {
      words.accept(word.word());
      return;
    }
    if (event instanceof TurnEvent.SpokenWord word) {
      captions.add(word);
      if (!logsWords) {
        return;
      }
    }
    log.append(event);
    keeps();
    if (event instanceof TurnEvent.Ended end) {
      ended = end;
      pause.turnEnded();
      stillHeard = turn != null && turn.stillHeard() ? turn : null;
      elsewhere = turn != null && turn.isSuperseded();
      turn = null;
      if (audio != null && end.outcome() == TurnEvent.Outcome.CANCELLED) {
        audio.kept().clear();
      }
      List.copyOf(endings).forEach(ending -> ending.accept(end));
      endings.clear();
    }
    List.copyOf(watchers).forEach(Runnable::run);
  }

  TurnId id() {
    return id;
  }

  /** What it waits for; null once it has ended. */
  @Nullable TurnWait waitsFor() {
    return turn == null ? null : turn.waitsFor();
  }

  /** How often the turn had changed its owner when it came here. */
  int generation() {
    return generation;
  }

  /** The way to write the text of a feed that goes on; else null. */
  @Nullable TextFeed feed() {
    return turn == null ? null : turn.feed();
  }

  EventLog log() {
    return log;
  }

  /** What was spoken until now, to be read. */
  Captions captions() {
    return captions;
  }

  /** What is kept of its events and captions, in bytes. */
  int keptBytes() {
    return log.bytes() + captions.bytes();
  }

  /** Whether it has ended here because another node goes on with it. */
  boolean isElsewhere() {
    return elsewhere;
  }

  /** How the turn ended; null while it goes on. */
  TurnEvent.@Nullable Ended ended() {
    return ended;
  }

  /** Calls back when the turn ends; at once if it has. */
  void onEnd(Consumer<TurnEvent.Ended> ending) {
    if (ended == null) {
      endings.add(ending);
    } else {
      ending.accept(ended);
    }
  }

  /** Whether somebody takes the audio, or has taken it. */
  boolean attached() {
    return listener != null;
  }

  // Who is connected to it.

  /** Calls back whenever something has happened. */
  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  /** Calls back when a word has been spoken: that is in no log. After what happened before it. */
  void onWord(Consumer<WordMark> listener) {
    words = listener;
  }

  void unwatch(Runnable watcher) {
    watchers.remove(watcher);
  }

  /**
   * One more reads the events.
   *
   * @throws ProblemException 429 when there are too many already
   */
  void addReader() {
    if (readers == MAX_READERS) {
      throw TurnProblems.tooManyReaders();
    }
    readers++;
  }

  void removeReader() {
    readers--;
  }

  /**
   * Whether a client can be served.
   *
   * @throws ProblemException why not
   */
  TurnAccepted admit(TurnListen wanted) {
    long lastId = log.lastId();
    if (!wanted.audio()) {
      boolean complete = ended != null && wanted.lastEvent() >= lastId;
      return new TurnAccepted(0, TurnAccepted.UNKNOWN, complete);
    }
    TurnEvent.Ended end = ended;
    boolean comesBack = wanted.from() != TurnListen.NEW;
    if (listener != null && !comesBack) {
      if (!cutOff) {
        throw end == null ? TurnProblems.hasListener() : TurnProblems.ended(end);
      } else if (wanted.events() && audio != null && audio.kept().end() > 0) {
        throw TurnProblems.resume();
      }
    }
    boolean cancelled = end != null && end.outcome() == TurnEvent.Outcome.CANCELLED;
    long from = Math.max(0, wanted.from());
    if (end != null && listener == null && from == 0 && (wanted.events() || !cancelled)) {
      // One that comes just too late gets what it would have got.
      return new TurnAccepted(0, 0, false);
    }
    TurnAudio known = audio;
    if (known == null || cancelled) {
      throw end == null ? TurnProblems.unknown() : TurnProblems.ended(end);
    }
    KeptAudio kept = known.kept();
    requireKept(kept, from);
    return end == null
        ? new TurnAccepted(from, TurnAccepted.UNKNOWN, false)
        : new TurnAccepted(
            from, kept.end(), comesBack && from == kept.end() && end.failure() == null);
  }

  /** Who is admitted is the one listener, from now on; another one is as if it had gone. */
  void claim(Object newListener) {
    listener = newListener;
    cutOff = false;
  }

  /** Gives the audio to who has claimed it. */
  void listen(AudioListener to, long from) {
    if (turn != null) {
      turn.listen(to, from);
    } else if (audio != null) {
      audio.listen(to, from);
    }
  }

  /** Whether the listener has been given all that it will get. */
  boolean isAudioSent() {
    return ended != null && (audio == null || audio.isSent());
  }

  void pauseAudio() {
    if (audio != null) {
      audio.pause();
    }
  }

  void resumeAudio() {
    if (audio != null) {
      audio.resume();
    }
  }

  /** A listener's connection was lost. */
  void lost(Object whose) {
    if (listener == whose && !cutOff) {
      cutOff = true;
      pause.report(false, null);
      if (turn != null) {
        turn.detach();
      } else if (audio != null) {
        audio.detach();
      }
    }
  }

  /** Nothing of the audio can be had any more, but by who is being given it. */
  void forgetAudio() {
    if (audio != null && (audio.isSent() || !audio.hasListener())) {
      audio = null;
    }
  }

  /** What is kept of the audio, in bytes. */
  int audioBytes() {
    return audio == null ? 0 : audio.kept().bytes();
  }

  /**
   * Its client keeps so much of its audio, in bytes, until it has all of it.
   *
   * @return whether there is room for so much
   */
  boolean clientKeeps(long bytes) {
    clientBytes = bytes;
    return keeps();
  }

  private boolean keeps() {
    return turn == null || turn.keeps(log.bytes() + clientBytes);
  }

  /** Ends the turn, unless it has ended. */
  void cancel(String why) {
    if (turn != null) {
      turn.cancel(why);
    }
  }

  /** Ends the turn; of one that has ended, its listener plays no more. */
  void delete(String why) {
    cancel(why);
    if (stillHeard != null) {
      stillHeard.listenerStopped();
      stillHeard = null;
    }
  }

  // On hold.

  /**
   * Nothing more of it is sent until {@link #resume}.
   *
   * @param playedMs what the listener has played; negative where it does not say
   * @throws ProblemException 410 of a turn that did not finish
   */
  void hold(long playedMs) {
    if (turn != null) {
      turn.hold(playedMs);
    } else {
      stillPlays(playedMs, true);
    }
  }

  /**
   * Goes on.
   *
   * @param playedMs behind which the listener has discarded what it had; negative for one that has
   *     kept it
   * @throws ProblemException 409 if it is not on hold, so that nothing is sent again; 410 if that
   *     is not kept, or the turn is over
   */
  void resume(long playedMs) {
    Turn held = turn;
    if (held == null) {
      stillPlays(playedMs, false);
      return;
    }
    if (held.audio().isOnHold()) {
      if (playedMs >= 0) {
        requireKept(held.audio().kept(), held.wordBefore(playedMs));
      }
      held.release(playedMs);
    } else if (playedMs >= 0) {
      throw TurnProblems.notOnHold();
    }
  }

  private static void requireKept(KeptAudio kept, long from) {
    if (from > kept.end()) {
      throw TurnProblems.notSent(kept.end());
    }
    if (!kept.reaches(from)) {
      throw TurnProblems.notKept(kept.first());
    }
  }

  /** Of a turn that has been sent to its end, a hold is a pause of who plays it. */
  private void stillPlays(long playedMs, boolean paused) {
    TurnEvent.Ended end = ended;
    if (end != null && end.failure() != null) {
      throw TurnProblems.ended(end);
    }
    if (playedMs >= 0) {
      position(new PositionJson(playedMs, paused));
    }
  }

  /** The listener's own report. */
  void position(PositionJson position) {
    boolean paused = position.paused();
    pause.report(
        paused,
        turn == null
            ? null
            : () -> cancel("the listener has paused for longer than pause-ms allows"));
    if (turn != null) {
      turn.position(position.playedMs(), paused);
    } else if (stillHeard != null) {
      stillHeard.position(position.playedMs(), paused);
    }
  }

  /** Whether the listener has paused, by its own report, and may still. */
  boolean paused() {
    return pause.lasts();
  }
}
