package io.voicebus.http.mcp;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.EngineVoices;
import io.voicebus.http.api.ApiClient;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.ApiTurn;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.mcp.McpTurns;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import java.util.List;
import java.util.function.BiConsumer;

/** The turns of one request's tools, which count as those of who sent it. */
final class McpSessions implements McpTurns {
  private final ApiSessions sessions;
  private final HttpServerRequest request;
  private final Context context;
  private final BiConsumer<String, String> elsewhere;

  McpSessions(
      ApiSessions sessions,
      HttpServerRequest request,
      Context context,
      BiConsumer<String, String> elsewhere) {
    this.elsewhere = elsewhere;
    this.sessions = sessions;
    this.request = request;
    this.context = context;
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public int maxTextBytes() {
    return sessions.maxPromptBytes();
  }

  @Override
  public Future<List<EngineVoices>> voices() {
    return sessions.voices();
  }

  @Override
  public void cancelElsewhere(String client, String id) {
    elsewhere.accept(client, id);
  }

  @Override
  public McpTurn start(TurnRequest turn, Listener listener) {
    ApiTurn started;
    try {
      started = sessions.start(turn, request, new Client(listener));
    } catch (ProblemException refused) {
      // A model is told what to do about it, and nothing of HTTP.
      throw new VoicebusException(Stage.OWNER, FailureKind.UNAVAILABLE, refused.problem().detail());
    }
    return new McpTurn() {
      @Override
      public void cancel(String why) {
        started.cancel(why);
      }

      @Override
      public boolean keeps(long bytes) {
        return started.keeps(bytes);
      }

      @Override
      public void drained() {
        started.drained();
      }
    };
  }

  private record Client(Listener listener) implements ApiClient {
    @Override
    public boolean full() {
      return listener.full();
    }

    @Override
    public void format(int sampleRateHz) {
      listener.format(sampleRateHz);
    }

    @Override
    public void audio(byte[] pcm) {
      listener.audio(pcm);
    }

    @Override
    public void event(TurnEvent event) {
      if (!(event instanceof TurnEvent.Ended)) {
        listener.event(event);
      }
    }

    @Override
    public void ended(TurnEvent.Ended end) {
      listener.ended(end);
    }

    @Override
    public void dismissed() {
      listener.failed("it could not be encoded in time");
    }
  }
}
