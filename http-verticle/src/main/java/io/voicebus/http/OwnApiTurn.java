package io.voicebus.http;

import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.contract.WordMark;
import io.voicebus.http.api.ApiClient;
import io.voicebus.http.api.ApiTurn;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.TurnEvent;
import org.jspecify.annotations.Nullable;

/** A turn of this instance, for the one who started it and does not come back. */
final class OwnApiTurn implements ApiTurn, AudioListener {
  private final TurnSession session;
  private final ApiClient client;
  private final Runnable watcher = this::goOn;
  private long lastId;
  private boolean over;

  private OwnApiTurn(TurnSession session, ApiClient client) {
    this.session = session;
    this.client = client;
  }

  /** Gives a turn that has just started to the client, which is not called from within this. */
  static OwnApiTurn begin(TurnSession session, ApiClient client) {
    OwnApiTurn turn = new OwnApiTurn(session, client);
    session.admit(new TurnListen(session.id(), TurnListen.NEW, true, true, 0));
    session.claim(turn);
    session.watch(turn.watcher);
    session.onWord(turn::word);
    session.listen(turn, 0);
    return turn;
  }

  @Override
  public TurnId id() {
    return session.id();
  }

  @Override
  public @Nullable TextFeed feed() {
    return session.feed();
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
      client.audio(pcm);
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

  private void word(WordMark word) {
    if (!over) {
      client.word(word);
    }
  }

  @Override
  public void drained() {
    if (!over && !client.full()) {
      session.resumeAudio();
      goOn();
    }
  }

  private void goOn() {
    EventLog log = session.log();
    EventLog.Entry next;
    while (!over && (next = log.after(lastId)) != null) {
      lastId = next.id();
      client.event(next.event());
    }
    TurnEvent.Ended end = session.ended();
    if (!over && end != null && session.isAudioSent()) {
      close();
      client.ended(end);
    }
  }

  private void close() {
    over = true;
    session.unwatch(watcher);
  }

  @Override
  public void cancel(String why) {
    if (!over) {
      close();
      session.cancel(why);
    }
  }
}
