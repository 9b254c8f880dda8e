package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** Streams of numbered frames over a real event bus, both ways. */
final class VertxStreams {
  static final String QUEUE = "voicebus.test";
  static final int FRAME_BYTES = 4096;

  private VertxStreams() {}

  /** An inbox that counts what comes, pauses now and then, and answers with as many frames. */
  static Future<VertxBus> serve(Vertx vertx) {
    return VertxBus.register(vertx, Clock.system(), "server")
        .compose(
            bus -> {
              bus.inbox()
                  .<ReportOpen, ChunkAudio>onOpen(
                      ReportOpen.class, (head, stream) -> echo(vertx, bus, stream));
              return bus.serve(QUEUE).map(bus);
            });
  }

  private static void echo(Vertx vertx, VertxBus bus, BusReadStream<ChunkAudio> in) {
    in.pause();
    bus.inbox()
        .<ChunkAudio>open(in.peer(), new ReportOpen(new TurnId("echo"), Stage.TEXT))
        .onSuccess(
            back -> {
              int[] got = {0};
              in.handler(
                  frame -> {
                    assertThat(frame.chunk()).isEqualTo(got[0]++);
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
              in.exceptionHandler(thrown -> back.fail(Failure.of(Stage.OWNER, thrown)));
              in.resume();
            });
  }

  /** Sends so many frames and awaits them back; completes with how many came, in order. */
  static Future<Integer> roundTrip(Inbox inbox, String to, int frames) {
    Promise<Integer> done = Promise.promise();
    int[] next = {0};
    int[] got = {0};
    inbox.<ReportOpen, ChunkAudio>onOpen(
        ReportOpen.class,
        (head, back) ->
            back.handler(frame -> assertThat(frame.chunk()).isEqualTo(got[0]++))
                .exceptionHandler(done::tryFail)
                .endHandler(v -> done.tryComplete(got[0])));
    inbox
        .<ChunkAudio>open(to, new ReportOpen(new TurnId("out"), Stage.TEXT))
        .onFailure(done::tryFail)
        .onSuccess(
            out -> {
              out.exceptionHandler(done::tryFail);
              out.drainHandler(v -> fill(out, next, frames));
              fill(out, next, frames);
            });
    return done.future();
  }

  private static void fill(BusWriteStream<ChunkAudio> out, int[] next, int frames) {
    while (next[0] < frames && !out.writeQueueFull()) {
      out.write(new ChunkAudio(next[0]++, new byte[FRAME_BYTES]));
    }
    if (next[0] == frames && out.isOpen()) {
      out.end();
    }
  }

  /** Runs it on the inbox's context, and completes as it does. */
  static <T> Future<T> on(Inbox inbox, java.util.function.Supplier<Future<T>> task) {
    Promise<T> promise = Promise.promise();
    inbox.execute(() -> task.get().onComplete(promise));
    return promise.future();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("did not complete", e);
    }
  }
}
