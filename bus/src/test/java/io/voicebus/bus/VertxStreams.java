package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Links with numbered frames over a real event bus, both ways. */
public final class VertxStreams {
  public static final String QUEUE = "voicebus.test";
  public static final int FRAME_BYTES = 4096;

  private VertxStreams() {}

  /** An inbox that counts what comes, pauses now and then, and answers with as many frames. */
  public static Future<VertxBus> serve(Vertx vertx) {
    return serve(vertx, QUEUE, link -> echo(vertx, link));
  }

  /** An inbox that reads what comes at this address for ever. */
  static Future<VertxBus> reader(Vertx vertx, String queue) {
    return serve(
        vertx, queue, link -> link.in().handler(item -> {}).endHandler(ended -> link.out().end()));
  }

  private static Future<VertxBus> serve(Vertx vertx, String queue, Consumer<Link> handler) {
    return VertxBus.register(vertx, Clock.system(), "server")
        .compose(
            bus -> {
              bus.inbox().onLink(Hello.class, (head, link) -> handler.accept(link));
              return bus.serve(queue).map(bus);
            });
  }

  private static void echo(Vertx vertx, Link link) {
    BusReadStream in = link.in();
    BusWriteStream back = link.out();
    int[] got = {0};
    in.handler(
        frame -> {
          assertThat(((Piece) frame).chunk()).isEqualTo(got[0]++);
          back.write(frame);
          if (got[0] % 400 == 0) {
            in.pause();
            vertx.setTimer(5, id -> in.resume());
          } else if (back.writeQueueFull()) {
            in.pause();
            back.drainHandler(v -> in.resume());
          }
        });
    in.endHandler(v -> back.end());
  }

  /** Sends so many frames and awaits them back; completes with how many came, in order. */
  public static Future<Integer> roundTrip(Inbox inbox, String to, int frames) {
    Promise<Integer> done = Promise.promise();
    int[] next = {0};
    int[] got = {0};
    Hello head = new Hello("out");
    (to.equals(QUEUE) ? inbox.link(to, head, Pair.PATIENCE) : inbox.linkTo(to, head, Pair.PATIENCE))
        .onFailure(done::tryFail)
        .onSuccess(
            link -> {
              link.onFailure(why -> done.tryFail(why.toException()));
              link.in()
                  .handler(frame -> assertThat(((Piece) frame).chunk()).isEqualTo(got[0]++))
                  .endHandler(v -> done.tryComplete(got[0]));
              BusWriteStream out = link.out();
              out.drainHandler(v -> fill(out, next, frames));
              fill(out, next, frames);
            });
    return done.future();
  }

  private static void fill(BusWriteStream out, int[] next, int frames) {
    while (next[0] < frames && !out.writeQueueFull()) {
      out.write(new Piece(next[0]++, new byte[FRAME_BYTES]));
    }
    if (next[0] == frames && out.isOpen()) {
      out.end();
    }
  }

  /** Runs it on the inbox's context, and completes as it does. */
  public static <T> Future<T> on(Inbox inbox, java.util.function.Supplier<Future<T>> task) {
    Promise<T> promise = Promise.promise();
    inbox.execute(() -> task.get().onComplete(promise));
    return promise.future();
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("did not complete", e);
    }
  }
}
