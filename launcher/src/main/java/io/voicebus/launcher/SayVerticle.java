package io.voicebus.launcher;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Sink;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.Turn;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnObserver;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnRequest;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Owns one turn. Its audio goes to a stream, unless the turn's sink is elsewhere. */
final class SayVerticle extends VerticleBase {
  private final TurnRequest request;
  private final @Nullable TextInput text;
  private final Consumer<TurnEvent> events;
  private final OutputStream out;
  private final Promise<TurnEvent.Ended> ended = Promise.promise();
  private @Nullable VertxBus bus;

  /**
   * A turn.
   *
   * @param text of a request that is a feed; else null
   */
  SayVerticle(
      TurnRequest request, @Nullable TextInput text, Consumer<TurnEvent> events, OutputStream out) {
    this.request = request;
    this.text = text;
    this.events = events;
    this.out = out;
  }

  /** Completes when the turn has ended, and all that it delivered has been written. */
  Future<TurnEvent.Ended> ended() {
    return ended.future();
  }

  @Override
  public Future<?> start() {
    return VertxBus.register(vertx, Clock.system(), "say")
        .map(
            registered -> {
              bus = registered;
              TurnOwner owner =
                  new TurnOwner(registered.inbox(), OwnerLimits.DEFAULTS)
                      .observedBy(TurnObserver.of(vertx));
              PipedAudio audio = new PipedAudio(vertx, out);
              long acceptedAt = Clock.system().nanoTime();
              Turn turn =
                  owner.start(
                      request,
                      event -> {
                        if (event instanceof TurnEvent.Ended end) {
                          audio
                              .written()
                              .onComplete(
                                  done -> {
                                    TurnEvent.Ended last = since(acceptedAt, end);
                                    end(
                                        audio
                                            .problem()
                                            .map(why -> because(last, why))
                                            .orElse(last));
                                  });
                        } else {
                          events.accept(event);
                        }
                      });
              if (request.sink() == Sink.BUS) {
                audio.pipe(turn);
              }
              if (text != null) {
                text.feed(context, turn.feed());
              }
              return registered;
            });
  }

  private void end(TurnEvent.Ended end) {
    events.accept(end);
    ended.complete(end);
  }

  /** For a text that streams in, times count from its first delta. */
  private TurnEvent.Ended since(long acceptedAt, TurnEvent.Ended end) {
    return text == null
        ? end
        : new TurnEvent.Ended(
            end.outcome(),
            end.failure(),
            end.timings().since(text.firstTextAfter(acceptedAt)),
            end.characters());
  }

  /** What cannot be written is not heard, however well the turn itself went. */
  private static TurnEvent.Ended because(TurnEvent.Ended end, Failure why) {
    return new TurnEvent.Ended(
        why.kind() == FailureKind.CANCELLED
            ? TurnEvent.Outcome.CANCELLED
            : TurnEvent.Outcome.FAILED,
        why,
        end.timings(),
        end.characters());
  }

  @Override
  public Future<?> stop() {
    return bus == null ? Future.succeededFuture() : bus.close();
  }
}
