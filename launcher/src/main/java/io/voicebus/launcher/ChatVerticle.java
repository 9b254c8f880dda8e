package io.voicebus.launcher;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnObserver;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Owns the turns of a conversation at the terminal, one at a time. */
final class ChatVerticle extends VerticleBase {
  private @Nullable VertxBus bus;
  private @Nullable TurnOwner owner;

  /** Bound to the context. */
  private @Nullable Turn current;

  /**
   * Begins a turn, and ends the one before it; from any thread.
   *
   * @param events is told what happens
   * @return how it ends; fails where it cannot begin
   */
  Future<TurnEvent.Ended> begin(TurnRequest request, Consumer<TurnEvent> events) {
    Promise<TurnEvent.Ended> ended = Promise.promise();
    context.runOnContext(
        ignored -> {
          cancel();
          TurnOwner begun = owner;
          if (begun == null) {
            ended.fail("the conversation is over");
            return;
          }
          try {
            current =
                begun.start(
                    request,
                    event -> {
                      events.accept(event);
                      if (event instanceof TurnEvent.Ended end) {
                        ended.complete(end);
                      }
                    });
          } catch (RuntimeException e) {
            ended.fail(e);
          }
        });
    return ended.future();
  }

  /** Ends the turn that is under way, if any; from any thread. */
  void interrupt() {
    context.runOnContext(ignored -> cancel());
  }

  private void cancel() {
    Turn turn = current;
    current = null;
    if (turn != null && !turn.hasEnded()) {
      turn.cancel("stopped");
    }
  }

  @Override
  public Future<?> start() {
    return VertxBus.register(vertx, Clock.system(), "chat")
        .onSuccess(
            registered -> {
              bus = registered;
              owner =
                  new TurnOwner(registered.inbox(), OwnerLimits.DEFAULTS)
                      .observedBy(TurnObserver.of(vertx));
            });
  }

  @Override
  public Future<?> stop() {
    cancel();
    return bus == null ? Future.succeededFuture() : bus.close();
  }
}
