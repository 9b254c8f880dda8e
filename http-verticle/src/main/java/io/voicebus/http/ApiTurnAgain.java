package io.voicebus.http;

import io.vertx.core.Future;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Characters;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.http.api.ApiClient;
import io.voicebus.http.api.ApiTurn;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnTimings;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A turn that was started by the same request before, wherever it lives: its audio from the
 * beginning on. Its present connection is closed, since it may be lost without the server knowing.
 */
final class ApiTurnAgain implements ApiTurn, TurnClient {
  private static final TurnTimings UNKNOWN = new TurnTimings(-1, -1, -1, -1, -1);

  private final TurnId id;
  private final ApiClient client;
  private @Nullable TurnConnection connection;
  private boolean over;

  private ApiTurnAgain(TurnId id, ApiClient client) {
    this.id = id;
    this.client = client;
  }

  /**
   * Connects the client to it.
   *
   * @param later as {@link OwnApiTurn#begin}
   * @return fails with a {@link io.voicebus.http.wire.ProblemException}
   */
  static Future<ApiTurn> connect(TurnDirectory turns, TurnId id, ApiClient client, Executor later) {
    ApiTurnAgain again = new ApiTurnAgain(id, client);
    return turns
        .connect(new TurnListen(id, 0, true, false, 0), again)
        .map(
            connection -> {
              again.connection = connection;
              later.execute(again::start);
              return again;
            });
  }

  private void start() {
    if (!over && connection != null) {
      connection.start();
    }
  }

  @Override
  public TurnId id() {
    return id;
  }

  /** Its text was known as a whole. */
  @Override
  public @Nullable TextFeed feed() {
    return null;
  }

  @Override
  public void drained() {
    if (!over && connection != null) {
      connection.drained();
    }
  }

  /** Only audio that is sent as it is made can be continued by another request. */
  @Override
  public boolean keeps(long bytes) {
    return true;
  }

  @Override
  public void detach() {
    if (!over && connection != null) {
      over = true;
      connection.gone();
    }
  }

  @Override
  public void cancel(String why) {
    if (!over && connection != null) {
      over = true;
      connection.cancel(why);
      connection.gone();
    }
  }

  // The turn.

  @Override
  public boolean full() {
    return client.full();
  }

  @Override
  public void format(int sampleRateHz) {
    client.format(sampleRateHz);
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    if (!over) {
      client.audio(pcm);
    }
  }

  @Override
  public void event(long dropped, long number, EventJson event) {
    // Nobody has asked for them.
  }

  @Override
  public void ended(@Nullable Failure why) {
    if (!over) {
      over = true;
      Outcome outcome =
          why == null
              ? Outcome.FINISHED
              : why.kind() == FailureKind.CANCELLED ? Outcome.CANCELLED : Outcome.FAILED;
      client.ended(new TurnEvent.Ended(outcome, why, UNKNOWN, Characters.NONE));
    }
  }

  @Override
  public void dismissed() {
    if (!over) {
      over = true;
      client.dismissed();
    }
  }

  @Override
  public void lost() {
    ended(new Failure(Stage.OWNER, FailureKind.LOST, "the turn's server was lost"));
  }
}
