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
  /** How many clients may read the events of one turn at the same time. */
  static final int MAX_READERS = 16;

  private final TurnId id;
  private final int generation;
  private final EventLog log;
  private final boolean logsWords;
  private final Captions captions = new Captions();
  private final PauseLimit pause;
  private final List<Runnable> watchers = new ArrayList<>();
  private final List<Consumer<TurnEvent.Ended>> endings = new ArrayList<>();
  private final List<Runnable> forgetting = new ArrayList<>();
  private Consumer<WordMark> words = word -> {};
  private int readers;
  private long clientBytes;

  /** Released at the end, since it holds the prompt. */
  private @Nullable Turn turn;

  /** The turn after its end, while its conversation must know how much of it is heard. */
  private @Nullable Turn stillHeard;

  /** The audio, also after the end, until it is discarded. */
  private @Nullable TurnAudio audio;

  /** Whether the audio is kept only for the listener that still gets it. */
  private boolean forgotten;

  private TurnEvent.@Nullable Ended ended;
  private boolean elsewhere;

  /** The connection that takes the audio, or took it last. */
  private @Nullable OwnConnection listener;

  /** The connections that follow, in their order: one may become the listener. */
  private final List<OwnConnection> followers = new ArrayList<>();

  /** Whether that listener's connection was lost, and no other has come. */
  private boolean cutOff;

  /**
   * Starts a turn.
   *
   * @param logsWords whether its events tell when each word is spoken
   * @param pause how long its listener may pause
   * @param start starts the turn, and gets the receiver of its events
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

  /** How often the turn had changed its owner when this instance became the owner. */
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

  /** The words spoken so far, as captions. */
  Captions captions() {
    return captions;
  }

  /** The size of its events and captions, in bytes. */
  int keptBytes() {
    return log.bytes() + captions.bytes();
  }

  /** Whether it has ended here because another node continues it; no event reports that end. */
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

  /** Whether a listener takes the audio, or has taken it. */
  boolean attached() {
    return listener != null;
  }

  // Who is connected to it.

  /** Calls back whenever something has happened. */
  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  /**
   * Calls back when a word has been spoken, which the log does not contain; in order with the
   * events.
   */
  void onWord(Consumer<WordMark> listener) {
    words = listener;
  }

  void unwatch(Runnable watcher) {
    watchers.remove(watcher);
  }

  /**
   * Adds a reader of the events.
   *
   * @throws ProblemException 429 if there are {@link #MAX_READERS}
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

  /** Makes a connection the one listener; the one before counts as gone. */
  void claim(OwnConnection newListener) {
    listener = newListener;
    cutOff = false;
  }

  /** Sends the audio, from this sample on, to the connection that has claimed it. */
  void listen(AudioListener to, long from) {
    if (turn != null) {
      turn.listen(to, from);
    } else if (audio != null) {
      audio.listen(to, from);
    }
  }

  /** Adds a follower, which becomes the listener when the listener's connection is lost. */
  void mayLead(OwnConnection follower) {
    followers.add(follower);
  }

  /** Whether a follower could become the listener. */
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

  /** Removes a follower. */
  void unfollow(OwnConnection follower) {
    followers.remove(follower);
  }

  /** Whether the listener has all audio that it will get. */
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

  /** The listener's connection was lost: a follower becomes the listener, if there is one. */
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

  /** The turn has ended; its audio is kept until {@link #forgetAudio}. */
  void keepAudio() {
    if (audio != null) {
      audio.kept().keepEnded();
    }
  }

  /** Calls back when the ended turn is no longer kept. */
  void onForgotten(Runnable action) {
    forgetting.add(action);
  }

  /** The ended turn is no longer kept. */
  void forgotten() {
    forgetAudio();
    forgetting.forEach(Runnable::run);
    forgetting.clear();
  }

  /** Discards the audio, once the listener that still gets it has it. */
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

  /** Which part of the audio is kept. */
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
   * Counts the audio, in bytes, that its client holds until the answer is complete.
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

  /** Ends the turn; if it has ended, its listener stops playing. */
  void delete(String why) {
    cancel(why);
    if (stillHeard != null) {
      stillHeard.listenerStopped();
      stillHeard = null;
    }
  }

  // On hold.

  /**
   * Sends nothing more until {@link #resume}.
   *
   * @param playedMs what the listener has played, in ms; negative if it does not say
   * @throws ProblemException 410 if the turn ended without finishing
   */
  void hold(long playedMs) {
    if (turn != null) {
      turn.hold(playedMs);
    } else {
      stillPlays(playedMs, true);
    }
  }

  /**
   * Continues a turn that is on hold.
   *
   * @param playedMs the position behind which the listener has discarded its audio, in ms; negative
   *     if it has kept it
   * @throws ProblemException 409 if the turn is not on hold; 410 if the audio from there on is not
   *     kept, or the turn is over
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

  /** All audio has been sent: the listener pauses, or continues, what it has. */
  private void stillPlays(long playedMs, boolean paused) {
    TurnEvent.Ended end = ended;
    if (end != null && end.failure() != null) {
      throw TurnProblems.ended(end);
    }
    if (playedMs >= 0) {
      position(new PositionJson(playedMs, paused));
    }
  }

  /** The listener reports its position. */
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
