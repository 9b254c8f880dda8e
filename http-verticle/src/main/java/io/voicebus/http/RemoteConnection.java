package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkAudio;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.Position;
import io.voicebus.contract.TurnAccepted;
import io.voicebus.contract.TurnCancel;
import io.voicebus.contract.TurnListen;
import io.voicebus.contract.TurnNews;
import io.voicebus.contract.TurnOver;
import io.voicebus.contract.TurnRefused;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client's connection to a turn that another instance owns: what comes over a link to that. */
final class RemoteConnection implements TurnConnection {
  private final Link link;
  private final TurnClient client;
  private final PauseLimit pause;
  private final TurnAccepted accepted;
  private boolean full;
  private boolean over;

  /** Of a link that has failed before {@link #start}: its client is told then. */
  private @Nullable Failure failedEarly;

  private RemoteConnection(Link link, TurnClient client, PauseLimit pause, TurnAccepted accepted) {
    this.link = link;
    this.client = client;
    this.pause = pause;
    this.accepted = accepted;
  }

  /**
   * Connects; fails with a {@link ProblemException} as the owner says, or as the link fails.
   *
   * @param pause counts this client's pauses
   */
  static Future<TurnConnection> open(
      Inbox inbox,
      String owner,
      Duration patience,
      TurnListen wanted,
      TurnClient client,
      PauseLimit pause) {
    return inbox
        .linkTo(owner, wanted, patience)
        .compose(
            link -> {
              Promise<TurnConnection> connected = Promise.promise();
              link.in().handler(item -> first(item, link, client, pause, connected));
              link.in().endHandler(ended -> connected.tryFail(TurnProblems.unknown()));
              link.onFailure(why -> connected.tryFail(why.toException()));
              return connected.future();
            });
  }

  private static void first(
      Message item,
      Link link,
      TurnClient client,
      PauseLimit pause,
      Promise<TurnConnection> connected) {
    if (item instanceof TurnAccepted accepted) {
      // Until it is started.
      link.in().pause();
      RemoteConnection connection = new RemoteConnection(link, client, pause, accepted);
      link.onFailure(why -> connection.failedEarly = why);
      connected.tryComplete(connection);
    } else if (item instanceof TurnRefused refused) {
      connected.tryFail(problem(refused));
    }
  }

  private static ProblemException problem(TurnRefused refused) {
    Map<String, String> members = new TreeMap<>();
    refused.members().forEach(member -> members.put(member.name(), member.value()));
    boolean later = refused.status() == 429 || refused.status() == 503;
    return new Problem(
            refused.type(),
            refused.title(),
            refused.status(),
            refused.detail(),
            "owner",
            later ? Map.of("Retry-After", ProblemMapping.RETRY_AFTER) : Map.of(),
            members)
        .toException();
  }

  @Override
  public TurnAccepted accepted() {
    return accepted;
  }

  @Override
  public void start() {
    if (failedEarly != null) {
      failed(failedEarly);
      return;
    }
    link.in().handler(this::item);
    link.in().endHandler(ended -> broken(false));
    link.onFailure(this::failed);
    link.in().resume();
  }

  private void failed(Failure why) {
    broken(why.kind() == FailureKind.CANCELLED);
  }

  private void item(Message item) {
    if (over) {
      return;
    }
    if (item instanceof ChunkAudio audio) {
      client.audio(audio.chunk(), audio.pcm());
    } else if (item instanceof TurnNews news) {
      client.event(news.dropped(), news.id(), new EventJson(news.name(), news.data()));
    } else if (item instanceof PlayoutFormat format) {
      client.format(format.sampleRateHz());
    } else if (item instanceof TurnOver end) {
      close();
      client.ended(end.failure());
    }
    if (!over && !full && client.full()) {
      full = true;
      link.in().pause();
    }
  }

  private void broken(boolean dismissed) {
    if (over) {
      return;
    }
    close();
    if (dismissed) {
      client.dismissed();
    } else {
      client.lost();
    }
  }

  private void close() {
    over = true;
    pause.turnEnded();
  }

  @Override
  public void drained() {
    if (full && !client.full()) {
      full = false;
      link.in().resume();
    }
  }

  @Override
  public void position(PositionJson position) {
    pause.report(position.paused(), null);
    link.tell(new Position(position.playedMs(), position.paused()));
  }

  @Override
  public boolean paused() {
    return pause.lasts();
  }

  @Override
  public void cancel(String why) {
    link.tell(new TurnCancel(why));
  }

  @Override
  public void gone() {
    if (!over) {
      close();
      link.fail(new Failure(Stage.OWNER, FailureKind.LOST, "the client's connection was lost"));
    }
  }
}
