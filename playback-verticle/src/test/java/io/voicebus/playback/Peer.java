package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.VertxBus;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody else on the bus, driven by a test: what happens to it waits in {@link #events}. */
final class Peer extends VerticleBase {
  /** What happened, in order: items, packets, failures and {@link #END}. */
  final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

  static final String END = "end";

  private final String role;
  private @Nullable VertxBus bus;

  private Peer(String role) {
    this.role = role;
  }

  static Peer deploy(Vertx vertx, String role) throws Exception {
    Peer peer = new Peer(role);
    await(vertx.deployVerticle(peer));
    return peer;
  }

  @Override
  public Future<?> start() {
    return VertxBus.register(vertx, Clock.system(), role).onSuccess(b -> bus = b);
  }

  Inbox inbox() {
    if (bus == null) {
      throw new IllegalStateException("not deployed");
    }
    return bus.inbox();
  }

  /** Disappears, and says so. */
  void close() throws Exception {
    VertxBus closing = bus;
    if (closing != null) {
      call(closing::close);
    }
  }

  /** Calls something on this peer's context. */
  <T> T call(Callable<T> task) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    inbox()
        .execute(
            () -> {
              try {
                result.complete(task.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    return result.get(10, TimeUnit.SECONDS);
  }

  /** Opens a link; what comes over it becomes events. */
  Link link(String address, Message head) throws Exception {
    return await(
        call(
            () ->
                inbox()
                    .link(address, head, Duration.ofSeconds(5))
                    .onSuccess(
                        link -> {
                          link.in().handler(events::add);
                          link.in().endHandler(ended -> events.add(END));
                          link.onFailure(events::add);
                        })));
  }

  void tell(Link link, Message item) throws Exception {
    call(
        () -> {
          link.tell(item);
          return true;
        });
  }

  /** The next event of a kind; others before it are passed over. */
  <T> T next(Class<T> kind) throws InterruptedException {
    while (true) {
      Object event = events.poll(10, TimeUnit.SECONDS);
      assertThat(event).as("a " + kind.getSimpleName() + " within 10 s").isNotNull();
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
