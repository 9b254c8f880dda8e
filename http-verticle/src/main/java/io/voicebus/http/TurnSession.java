package io.voicebus.http;

import io.voicebus.contract.AudioKept;
import io.voicebus.contract.TurnId;
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

  /** Whether the audio is kept for nobody but who is being given it. */
  private boolean forgotten;

  private TurnEvent.@Nullable Ended ended;
  private boolean elsewhere;

  /** Who takes the audio, or was the last to take it. */
  private @Nullable OwnConnection listener;

  /** The connections that wait to take its place, the first one first. */
  private final List<OwnConnection> followers = new ArrayList<>();

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
    boolean leaves = event instanceof TurnEvent.Ended && turn != null && turn.isSuperseded();
    if (!leaves) {
      log.append(event);
      keeps();
    }
    if (event instanceof TurnEvent.Ended end) {
      ended = end;
      pause.turnEnded();
      stillHeard = turn != null && turn.stillHeard() ? turn : null;
      elsewhere = leaves;
      turn = null;
      List.copyOf(endings).forEach(ending -> ending.accept(end));
      endings.clear();
    }
    List.copyOf(watchers).forEach(Runnable::run);
    letGo();
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

  /** Whether it has ended here because another node goes on with it: no event tells of that end. */
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

  /** The audio, as long as it is kept; else null. */
  @Nullable TurnAudio audio() {
    return audio;
  }

  /** Whether the listener's connection was lost, and no other has come. */
  boolean isCutOff() {
    return cutOff;
  }

  /** Makes a connection the one listener from now on; the one before counts as gone. */
  void claim(OwnConnection newListener) {
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

  /** It follows, and hears the turn in the listener's place when that one's connection is lost. */
  void mayLead(OwnConnection follower) {
    followers.add(follower);
  }

  /** Whether one who follows could be the listener. */
  boolean hasFollower() {
    return next() != null;
  }

  private @Nullable OwnConnection next() {
    if (turn == null) {
      return null;
    }
    KeptAudio kept = turn.audio().kept();
    return followers.stream().filter(each -> kept.reaches(each.has())).findFirst().orElse(null);
  }

  /** It does not follow any more. */
  void unfollow(OwnConnection follower) {
    followers.remove(follower);
  }

  /** Whether the listener has been given all that it will get. */
  boolean isAudioSent() {
    return ended != null && (isCancelled(ended) || audio == null || audio.isSent());
  }

  private static boolean isCancelled(TurnEvent.Ended end) {
    return end.outcome() == TurnEvent.Outcome.CANCELLED;
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

  /** A listener's connection was lost: one who follows is the listener then, if there is one. */
  void lost(OwnConnection whose) {
    if (listener != whose || cutOff) {
      return;
    }
    pause.report(false, null);
    OwnConnection next = next();
    if (next != null) {
      claim(next);
      next.lead();
      return;
    }
    cutOff = true;
    if (turn != null) {
      turn.detach();
    } else if (audio != null) {
      audio.detach();
    }
  }

  /** Once the turn has ended, its audio is not held for a connection that has gone. */
  void letGo() {
    if (ended != null && audio != null) {
      audio.leaveGone();
      dropForgotten();
    }
  }

  /** The turn has ended, and its audio is kept until {@link #forgetAudio}. */
  void keepAudio() {
    if (audio != null) {
      audio.kept().keepEnded();
    }
  }

  /** Nothing of the audio can be had any more, but by who is being given it. */
  void forgetAudio() {
    if (audio != null) {
      forgotten = true;
      audio.kept().forget();
      dropForgotten();
    }
  }

  private void dropForgotten() {
    if (forgotten && audio != null && !audio.hasListener()) {
      audio = null;
    }
  }

  /** What is kept of the audio. */
  AudioKept audioKept() {
    AudioKept.Ending ending =
        ended == null
            ? AudioKept.Ending.NONE
            : switch (ended.outcome()) {
              case FINISHED -> AudioKept.Ending.FINISHED;
              case CANCELLED -> AudioKept.Ending.CANCELLED;
              case FAILED -> AudioKept.Ending.FAILED;
            };
    if (audio == null) {
      return new AudioKept(0, 0, 0, ending);
    }
    KeptAudio kept = audio.kept();
    return new AudioKept(kept.rateHz(), kept.first(), kept.end(), ending);
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
        Admission.requireKept(held.audio().kept(), held.wordBefore(playedMs));
      }
      held.release(playedMs);
    } else if (playedMs >= 0) {
      throw TurnProblems.notOnHold();
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
