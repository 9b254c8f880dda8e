package io.voicebus.http;

import io.voicebus.contract.TurnId;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One turn as its HTTP clients see it. NOT thread safe: bound to the turn's context. */
final class TurnSession {
  /** Those who read the events of one turn at the same time. */
  static final int MAX_READERS = 16;

  private final TurnId id;
  private final EventLog log;
  private final PauseLimit pause;
  private final List<Runnable> readers = new ArrayList<>();
  private final List<Consumer<TurnEvent.Ended>> endings = new ArrayList<>();

  /** Let go at the end, since it holds the prompt. */
  private @Nullable Turn turn;

  /** After the end, as long as its conversation wants to know how much of it is heard. */
  private @Nullable Turn stillHeard;

  private TurnEvent.@Nullable Ended ended;
  private boolean attached;

  /**
   * Starts a turn.
   *
   * @param pause how long its listener may pause
   * @param start is given who takes the events
   */
  TurnSession(EventLog log, PauseLimit pause, Function<Consumer<TurnEvent>, Turn> start) {
    this.log = log;
    this.pause = pause;
    Turn started = start.apply(this::on);
    // A turn without any stage may end before it is returned.
    this.turn = ended == null ? started : null;
    this.id = started.id();
  }

  private void on(TurnEvent event) {
    log.append(event);
    if (event instanceof TurnEvent.Ended end) {
      ended = end;
      pause.turnEnded();
      stillHeard = turn != null && turn.stillHeard() ? turn : null;
      turn = null;
      List.copyOf(endings).forEach(ending -> ending.accept(end));
      endings.clear();
    }
    List.copyOf(readers).forEach(Runnable::run);
  }

  TurnId id() {
    return id;
  }

  EventLog log() {
    return log;
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
    return attached;
  }

  /** Attaches the one listener. */
  void listen(AudioListener listener) {
    attached = true;
    if (turn != null) {
      turn.listen(listener);
    }
  }

  void pauseAudio() {
    if (turn != null) {
      turn.pauseAudio();
    }
  }

  void resumeAudio() {
    if (turn != null) {
      turn.resumeAudio();
    }
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

  /**
   * Calls back whenever the log has grown.
   *
   * @return false when there are too many readers already
   */
  boolean addReader(Runnable reader) {
    return readers.size() < MAX_READERS && readers.add(reader);
  }

  void removeReader(Runnable reader) {
    readers.remove(reader);
  }
}
