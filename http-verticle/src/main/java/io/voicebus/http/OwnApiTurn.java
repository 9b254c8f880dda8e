package io.voicebus.http;

import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.contract.WordMark;
import io.voicebus.http.api.ApiClient;
import io.voicebus.http.api.ApiTurn;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.TurnEvent;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A turn of this instance, for the one who started it and does not come back. Events do not wait
 * for audio to be taken: who writes a text out of them must miss none.
 */
final class OwnApiTurn implements ApiTurn, OwnClient {
  private final TurnSession session;
  private final ApiClient client;
  private final OwnConnection connection;

  private OwnApiTurn(TurnSession session, ApiClient client) {
    this.session = session;
    this.client = client;
    this.connection =
        new OwnConnection(
            session, new TurnListen(session.id(), TurnListen.NEW, true, true, 0), this);
  }

  /**
   * Gives a turn that has just started to the client.
   *
   * @param later runs what it is given on the turn's context, not within the call: who starts a
   *     turn is told nothing of it before it has it
   */
  static OwnApiTurn begin(TurnSession session, ApiClient client, Executor later) {
    OwnApiTurn turn = new OwnApiTurn(session, client);
    session.onWord(turn::word);
    later.execute(turn.connection::start);
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

  private void word(WordMark word) {
    if (connection.isOpen()) {
      client.word(word);
    }
  }

  @Override
  public void drained() {
    connection.drained();
  }

  @Override
  public boolean keeps(long bytes) {
    return session.clientKeeps(bytes);
  }

  @Override
  public void detach() {
    connection.gone();
  }

  @Override
  public void cancel(String why) {
    if (connection.close()) {
      session.cancel(why);
    }
  }

  @Override
  public boolean full() {
    return client.full();
  }

  @Override
  public boolean takesEvents() {
    return true;
  }

  @Override
  public void format(int sampleRateHz) {
    client.format(sampleRateHz);
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    client.audio(pcm);
  }

  @Override
  public void again(long before) {
    throw new IllegalStateException("the turn has had no other owner");
  }

  @Override
  public void event(long dropped, EventLog.Entry event) {
    client.event(event.event());
  }

  @Override
  public void ended(TurnEvent.Ended end) {
    client.ended(end);
  }

  @Override
  public void dismissed() {
    client.dismissed();
  }

  /** Clients of other APIs do not come back. */
  @Override
  public void elsewhere(TurnEvent.Ended end) {
    client.ended(end);
  }
}
