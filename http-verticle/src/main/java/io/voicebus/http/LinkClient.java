package io.voicebus.http;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.Position;
import io.voicebus.contract.TurnCancel;
import io.voicebus.contract.TurnListen;
import io.voicebus.contract.TurnNews;
import io.voicebus.contract.TurnOver;
import io.voicebus.contract.TurnRefused;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The client of a turn of this instance that is connected to another instance. */
final class LinkClient implements TurnClient {
  private final Link link;

  private LinkClient(Link link) {
    this.link = link;
  }

  /**
   * Serves an instance that asks.
   *
   * @throws VoicebusException when there is no such turn
   */
  static void serve(TurnSessions turns, TurnListen wanted, Link link) {
    TurnSession session = turns.find(wanted.turn());
    if (session == null && !turns.hasCopy(wanted.turn())) {
      throw new VoicebusException(Stage.OWNER, FailureKind.NOT_FOUND, "there is no such turn");
    }
    LinkClient client = new LinkClient(link);
    link.in().handler(ignored -> {});
    link.onFailure(ignored -> {});
    link.onConfirmed(
        () -> {
          if (session == null) {
            client.goOn(turns, wanted);
          } else {
            client.begin(session, wanted);
          }
        });
  }

  /** The turn's owner is lost, and its client is there. */
  private void goOn(TurnSessions turns, TurnListen wanted) {
    turns
        .goOn(wanted)
        .onSuccess(
            session -> {
              if (link.isAlive()) {
                begin(session, wanted);
              }
            })
        .onFailure(why -> link.fail(Failure.of(Stage.OWNER, why)));
  }

  private void begin(TurnSession session, TurnListen wanted) {
    OwnConnection connection;
    try {
      connection = new OwnConnection(session, wanted, this);
    } catch (ProblemException why) {
      link.tell(refused(why.problem()));
      link.out().end();
      return;
    }
    link.in().handler(item -> item(connection, item));
    link.onFailure(ignored -> connection.gone());
    link.out().drainHandler(ignored -> connection.drained());
    link.tell(connection.accepted());
    connection.start();
  }

  private static TurnRefused refused(Problem why) {
    List<TurnRefused.Member> members = new ArrayList<>();
    new TreeMap<>(why.members())
        .forEach((name, value) -> members.add(new TurnRefused.Member(name, value)));
    return new TurnRefused(why.type(), why.title(), why.status(), why.detail(), members);
  }

  private static void item(OwnConnection connection, Message item) {
    if (item instanceof Position position) {
      connection.position(new PositionJson(position.playedMs(), position.paused()));
    } else if (item instanceof TurnCancel cancel) {
      connection.cancel(cancel.why());
    }
  }

  @Override
  public boolean full() {
    return link.out().writeQueueFull();
  }

  @Override
  public void format(int sampleRateHz) {
    link.tell(new PlayoutFormat(sampleRateHz));
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    link.tell(new ChunkAudio(chunk, pcm));
  }

  @Override
  public void event(long dropped, long id, EventJson event) {
    link.tell(new TurnNews(dropped, id, event.name(), event.data()));
  }

  @Override
  public void ended(@Nullable Failure why) {
    link.tell(TurnOver.of(why));
    link.out().end();
  }

  @Override
  public void dismissed() {
    link.fail(
        new Failure(
            Stage.OWNER, FailureKind.CANCELLED, "the listener has come back elsewhere, or stalls"));
  }

  @Override
  public void lost() {
    link.fail(
        new Failure(Stage.OWNER, FailureKind.UNAVAILABLE, "another node goes on with the turn"));
  }
}
