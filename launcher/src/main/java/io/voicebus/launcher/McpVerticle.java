package io.voicebus.launcher;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.Sink;
import io.voicebus.mcp.McpTurns;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnObserver;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import io.voicebus.turn.Voices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owns the turns of {@code voicebus mcp}. */
final class McpVerticle extends VerticleBase implements McpTurns {
  /** As the HTTP server's default has it. */
  private static final int MAX_TEXT_BYTES = 2 * 1024 * 1024;

  private final String language;
  private @Nullable VertxBus bus;
  private @Nullable TurnOwner owner;
  private @Nullable Voices voices;

  /**
   * The owner.
   *
   * @param language of a text that shows none, as a two-letter code; empty if nobody knows
   */
  McpVerticle(String language) {
    this.language = language;
  }

  @Override
  public Future<?> start() {
    return VertxBus.register(vertx, Clock.system(), "mcp")
        .onSuccess(
            registered -> {
              bus = registered;
              owner =
                  new TurnOwner(registered.inbox(), OwnerLimits.DEFAULTS)
                      .observedBy(TurnObserver.of(vertx));
              voices = new Voices(registered.inbox());
            });
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public int maxTextBytes() {
    return MAX_TEXT_BYTES;
  }

  @Override
  public Future<List<EngineVoices>> voices() {
    return deployed(voices).recent();
  }

  @Override
  public McpTurn start(TurnRequest request, Listener listener) {
    return new OwnTurn(request, listener);
  }

  private static <T> T deployed(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("it is not deployed");
    }
    return part;
  }

  @Override
  public Future<?> stop() {
    return bus == null ? Future.succeededFuture() : bus.close();
  }

  /** One turn, and the receiver of its audio. */
  private final class OwnTurn implements McpTurn, AudioListener {
    private final Listener listener;
    private final Turn turn;
    private TurnEvent.@Nullable Ended end;
    private boolean over;

    OwnTurn(TurnRequest request, Listener listener) {
      this.listener = listener;
      turn = deployed(owner).start(request.expecting(language), this::on);
      if (request.sink() == Sink.BUS) {
        turn.listen(this);
      }
    }

    private void on(TurnEvent event) {
      // Also from within the turn's start.
      context.runOnContext(
          ignored -> {
            if (event instanceof TurnEvent.Ended ended) {
              end = ended;
              tellTheEnd();
            } else if (!over) {
              listener.event(event);
            }
          });
    }

    private void tellTheEnd() {
      TurnEvent.Ended ended = end;
      if (!over && ended != null && turn.audio().isSent()) {
        over = true;
        listener.ended(ended);
      }
    }

    @Override
    public void format(int sampleRateHz) {
      listener.format(sampleRateHz);
    }

    @Override
    public void audio(int chunk, byte[] pcm) {
      if (!over) {
        listener.audio(pcm);
        if (listener.full()) {
          turn.pauseAudio();
        }
      }
    }

    @Override
    public void dismissed() {
      if (!over) {
        over = true;
        listener.failed("it could not be encoded in time");
      }
    }

    @Override
    public boolean keeps(long bytes) {
      return turn.keeps(bytes);
    }

    @Override
    public void drained() {
      turn.resumeAudio();
      tellTheEnd();
    }

    @Override
    public void cancel(String why) {
      over = true;
      turn.cancel(why);
    }
  }
}
