package io.voicebus.http;

import io.voicebus.contract.TurnAccepted;
import io.voicebus.contract.TurnListen;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.TurnEvent;

/**
 * A client's connection to a turn of this instance. Audio is given as it comes, and stops the flow
 * when the client takes no more; events are read from the turn's log at the client's speed.
 */
final class OwnConnection implements TurnConnection, AudioListener {
  private final TurnSession session;
  private final TurnListen wanted;
  private final OwnClient client;
  private final TurnAccepted accepted;
  private final Runnable watcher = this::goOn;
  private long lastId;

  /** The client knows events of a former owner: it is told to forget them, and gets all again. */
  private boolean again;

  private boolean started;
  private boolean over;

  /**
   * Connects; nothing comes before {@link #start}.
   *
   * @throws ProblemException why not
   */
  OwnConnection(TurnSession session, TurnListen wanted, TurnClient client) {
    this(session, wanted, OwnClient.of(client));
  }

  /** The same, for one who is in this JVM. */
  OwnConnection(TurnSession session, TurnListen wanted, OwnClient client) {
    this.session = session;
    this.wanted = wanted;
    this.client = client;
    EventLog log = session.log();
    this.again = wanted.lastEvent() > 0 && wanted.lastEvent() < log.before();
    this.lastId = Math.max(log.before(), Math.min(wanted.lastEvent(), log.lastId()));
    accepted = session.admit(wanted);
    if (wanted.events()) {
      session.addReader();
    }
    if (wanted.audio() && !accepted.complete()) {
      session.claim(this);
    }
  }

  @Override
  public TurnAccepted accepted() {
    return accepted;
  }

  @Override
  public void start() {
    if (over) {
      return;
    }
    started = true;
    session.watch(watcher);
    if (wanted.audio()) {
      session.listen(this, accepted.from());
    }
    goOn();
  }

  @Override
  public void format(int sampleRateHz) {
    if (!over) {
      client.format(sampleRateHz);
    }
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    if (!over) {
      client.audio(chunk, pcm);
      if (client.full()) {
        session.pauseAudio();
      }
    }
  }

  @Override
  public void dismissed() {
    if (!over) {
      close();
      client.dismissed();
    }
  }

  @Override
  public void drained() {
    goOn();
    if (!over && started && wanted.audio() && !client.full()) {
      session.resumeAudio();
      goOn();
    }
  }

  /** Gives what has happened, and the end once everything before it was given. */
  private void goOn() {
    if (!started) {
      return;
    }
    EventLog log = session.log();
    if (again && wanted.events() && !over && client.takesEvents()) {
      again = false;
      client.again(log.before());
    }
    EventLog.Entry next;
    while (wanted.events() && !over && client.takesEvents() && (next = log.after(lastId)) != null) {
      long dropped = next.id() - lastId - 1;
      lastId = next.id();
      client.event(dropped, next);
    }
    TurnEvent.Ended end = session.ended();
    if (!over
        && end != null
        && (!wanted.events() || lastId >= log.lastId())
        && (!wanted.audio() || session.isAudioSent())) {
      close();
      client.ended(end);
    }
  }

  /** Whether something may still come. */
  boolean isOpen() {
    return !over;
  }

  /** Nothing more comes; returns whether something could have come. */
  boolean close() {
    if (over) {
      return false;
    }
    over = true;
    session.unwatch(watcher);
    if (wanted.events()) {
      session.removeReader();
    }
    return true;
  }

  @Override
  public void position(PositionJson position) {
    session.position(position);
  }

  @Override
  public boolean paused() {
    return session.paused();
  }

  @Override
  public void cancel(String why) {
    session.cancel(why);
  }

  @Override
  public void gone() {
    close();
    if (wanted.audio()) {
      session.lost(this);
    }
  }
}
