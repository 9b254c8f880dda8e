package io.voicebus.http;

import io.voicebus.contract.TurnAccepted;
import io.voicebus.contract.TurnListen;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.turn.AudioFollower;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.TurnAudio;
import io.voicebus.turn.TurnEvent;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection to a turn of this instance. Audio is given as it comes, and stops the flow
 * when the client takes no more; events are read from the turn's log at the client's speed.
 */
final class OwnConnection implements TurnConnection, AudioListener {
  private final TurnSession session;
  private final TurnListen wanted;
  private final OwnClient client;
  private final Admission admission;
  private final Runnable watcher = this::goOn;
  private long lastId;

  /** The client knows events of a former owner: it is told to forget them, and gets all again. */
  private boolean again;

  /** Its place, while it is not the turn's listener. */
  private @Nullable AudioFollower follower;

  /** Whether the turn had ended before the client came: then it gets what is kept. */
  private final boolean recorded;

  /** How many samples it has. */
  private long has;

  private boolean formatted;
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

  /** The same, for a client in this JVM. */
  OwnConnection(TurnSession session, TurnListen wanted, OwnClient client) {
    this.session = session;
    this.wanted = wanted;
    this.client = client;
    EventLog log = session.log();
    this.again = wanted.lastEvent() > 0 && wanted.lastEvent() < log.before();
    this.lastId = Math.max(log.before(), Math.min(wanted.lastEvent(), log.lastId()));
    admission = Admission.of(session, wanted);
    recorded = admission.follows() && session.ended() != null;
    has = admission.accepted().from();
    if (wanted.events()) {
      session.addReader();
    }
    if (wanted.audio() && !admission.follows() && !accepted().complete()) {
      session.claim(this);
    }
  }

  @Override
  public TurnAccepted accepted() {
    return admission.accepted();
  }

  @Override
  public void start() {
    if (over) {
      return;
    }
    started = true;
    session.watch(watcher);
    if (admission.follows()) {
      follow();
    } else if (wanted.audio()) {
      session.listen(this, has);
    }
    goOn();
  }

  private void follow() {
    TurnAudio audio = session.audio();
    if (audio == null || !audio.kept().reaches(has)) {
      // It was there when this client was admitted.
      close();
      client.dismissed();
      return;
    }
    AudioFollower begun = audio.follow(this, has);
    follower = begun;
    if (!wanted.follow()) {
      session.mayLead(this);
    }
    begun.resume();
  }

  private void unfollow() {
    if (follower != null) {
      follower.leave();
      follower = null;
      session.unfollow(this);
    }
  }

  /** How many samples it has. */
  long has() {
    return has;
  }

  /** The listener's connection is lost: this one becomes the listener. */
  void lead() {
    unfollow();
    session.listen(this, has);
  }

  @Override
  public void format(int sampleRateHz) {
    if (!over && !formatted) {
      formatted = true;
      client.format(sampleRateHz);
    }
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    if (!over) {
      has += pcm.length / 2;
      client.audio(chunk, pcm);
      // With that it may have had enough, and have gone.
      if (!over && client.full()) {
        pause();
      }
    }
  }

  private void pause() {
    if (follower != null) {
      follower.pause();
    } else {
      session.pauseAudio();
    }
  }

  @Override
  public void caughtUp() {
    goOn();
  }

  @Override
  public boolean replaced() {
    if (!session.hasFollower()) {
      return false;
    }
    close();
    session.lost(this);
    client.dismissed();
    return true;
  }

  @Override
  public void dismissed() {
    if (over) {
      return;
    }
    if (admission.follows() && follower == null) {
      // It had the place of a listener that has come back.
      follow();
      return;
    }
    close();
    client.dismissed();
  }

  @Override
  public void drained() {
    goOn();
    if (!over && started && wanted.audio() && !client.full()) {
      if (follower != null) {
        follower.resume();
      } else {
        session.resumeAudio();
      }
      goOn();
    }
  }

  /** Gives what has happened, and the end once everything before it was given. */
  private void goOn() {
    if (!started) {
      return;
    }
    TurnEvent.Ended end = session.ended();
    if (!over && end != null && session.isElsewhere()) {
      close();
      client.elsewhere(end);
      return;
    }
    EventLog log = session.log();
    if (again && wanted.events() && !over && client.takesEvents()) {
      again = false;
      client.again(log.before());
    }
    EventLog.Entry next;
    while (wanted.events()
        && !over
        && client.takesEvents()
        && (next = log.after(lastId)) != null
        && !(next.event() instanceof TurnEvent.Ended && !isAudioGiven(end))) {
      long dropped = next.id() - lastId - 1;
      lastId = next.id();
      client.event(dropped, next);
    }
    if (!over && end != null && (!wanted.events() || lastId >= log.lastId()) && isAudioGiven(end)) {
      close();
      client.ended(recorded ? asFinished(end) : end);
    }
  }

  /** Whether nothing is left but the end, which comes behind all audio. */
  private boolean isAudioGiven(TurnEvent.@Nullable Ended end) {
    return end == null || !wanted.audio() || accepted().complete() || isAudioSent(end);
  }

  private boolean isAudioSent(TurnEvent.Ended end) {
    AudioFollower following = follower;
    if (following == null) {
      return session.isAudioSent();
    }
    return following.isSent() || (!recorded && end.outcome() == TurnEvent.Outcome.CANCELLED);
  }

  /** The kept audio of a cancelled turn is complete: it is all that was heard. */
  private static TurnEvent.Ended asFinished(TurnEvent.Ended end) {
    return end.outcome() == TurnEvent.Outcome.CANCELLED
        ? new TurnEvent.Ended(
            TurnEvent.Outcome.FINISHED, null, end.timings(), end.characters(), end.underruns())
        : end;
  }

  @Override
  public boolean isGone() {
    return over;
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
    unfollow();
    session.letGo();
    if (wanted.events()) {
      session.removeReader();
    }
    return true;
  }

  @Override
  public void position(PositionJson position) {
    if (!admission.follows()) {
      session.position(position);
    }
  }

  @Override
  public boolean paused() {
    return !admission.follows() && session.paused();
  }

  @Override
  public void cancel(String why) {
    if (!admission.follows()) {
      session.cancel(why);
    }
  }

  @Override
  public void gone() {
    close();
    if (wanted.audio()) {
      session.lost(this);
    }
  }
}
