package io.voicebus.mcp;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.bus.Failure;
import io.voicebus.contract.Characters;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnRequest;
import io.voicebus.turn.TurnTimings;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns of which a test says what happens. */
final class FakeTurns implements McpTurns {
  static final class Started implements McpTurn {
    @Override
    public boolean keeps(long bytes) {
      return true;
    }

    final TurnRequest request;
    final Listener listener;
    final FakeTurns turns;
    final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

    Started(FakeTurns turns, TurnRequest request, Listener listener) {
      this.turns = turns;
      this.request = request;
      this.listener = listener;
    }

    @Override
    public void cancel(String why) {
      cancelled.add(why);
    }

    @Override
    public void drained() {}

    Started heard() {
      return event(new TurnEvent.Mark(new PlayoutMark(PlayoutMark.Kind.FIRST_AUDIO, 0, 0)));
    }

    Started event(TurnEvent event) {
      turns.context.runOnContext(ignored -> listener.event(event));
      return this;
    }

    /** A tone of so many seconds. */
    void audio(int seconds) {
      turns.context.runOnContext(
          ignored -> {
            listener.format(16_000);
            listener.audio(new byte[32_000 * seconds]);
          });
    }

    void end(@Nullable Failure why) {
      end(why, new TurnTimings(0, 0, 0, 500_000_000L, 3_700_000_000L));
    }

    /** It ends without a sound. */
    void endSilent() {
      end(null, new TurnTimings(0, -1, -1, -1, 3_700_000L));
    }

    private void end(@Nullable Failure why, TurnTimings timings) {
      Outcome outcome = why == null ? Outcome.FINISHED : Outcome.FAILED;
      turns.context.runOnContext(
          ignored -> listener.ended(new TurnEvent.Ended(outcome, why, timings, Characters.NONE)));
    }
  }

  private final Context context;
  private final BlockingQueue<Started> started = new LinkedBlockingQueue<>();

  FakeTurns(Vertx vertx) {
    context = vertx.getOrCreateContext();
  }

  /** The next turn that starts; waits for it. */
  Started next() throws InterruptedException {
    Started next = started.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no turn was started");
    }
    return next;
  }

  boolean noneWaits() {
    return started.isEmpty();
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public int maxTextBytes() {
    return 1000;
  }

  @Override
  public McpTurn start(TurnRequest turn, Listener listener) {
    Started next = new Started(this, turn, listener);
    started.add(next);
    return next;
  }

  @Override
  public Future<List<EngineVoices>> voices() {
    return Future.succeededFuture(
        List.of(
            new EngineVoices(
                "here",
                true,
                "",
                List.of(
                    new EngineVoice("kevin", "Kevin", "en"),
                    new EngineVoice("anna", "Anna", "de-DE"))),
            new EngineVoices("paid", false, "set PAID_KEY", List.of())));
  }
}
