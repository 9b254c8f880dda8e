package io.voicebus.benchmarks;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.voicebus.bus.BusWriteStream;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Link;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Frame;
import io.voicebus.contract.TextLength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a 4 KB frame costs from sender to receiver: as a plain message of the event bus, without any
 * guarantee, and as an item of a link. Each sends a batch and waits until all of it has come.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class FrameBenchmark {
  private static final int BATCH = 10_000;
  private static final int FRAME_BYTES = 4096;
  private static final String RAW = "bench.raw";
  private static final String QUEUE = "bench.frames";

  @Param({"local", "clustered"})
  String bus = "local";

  @Param({"1", "1000"})
  int streams = 1;

  private final DeliveryOptions raw = new DeliveryOptions().setCodecName(RawCodec.NAME);
  private final Frame frame = Frame.untimed(new byte[FRAME_BYTES]);
  private final List<BusWriteStream> open = new ArrayList<>();
  private TwoNodes nodes = TwoNodes.local();
  private Context sending = nodes.sender().getOrCreateContext();
  private Promise<Void> batch = Promise.promise();
  private int left;
  private int unwritten;

  @Setup
  public void start() {
    if (bus.equals("clustered")) {
      nodes.close();
      nodes = TwoNodes.clustered();
    }
    Vertx receiver = nodes.receiver();
    receiver.eventBus().registerCodec(new RawCodec());
    if (nodes.sender() != receiver) {
      nodes.sender().eventBus().registerCodec(new RawCodec());
    }
    sending = nodes.sender().getOrCreateContext();
    TwoNodes.await(
        on(
            receiver.getOrCreateContext(),
            () -> receiver.eventBus().<byte[]>consumer(RAW, m -> received()).completion()));
    TwoNodes.await(
        VertxBus.register(receiver, Clock.system(), "receiver")
            .compose(
                inbox -> {
                  inbox
                      .inbox()
                      .onLink(TextLength.class, (head, link) -> link.in().handler(f -> received()));
                  return inbox.serve(QUEUE);
                }));
    VertxBus sender =
        TwoNodes.await(
            on(sending, () -> VertxBus.register(nodes.sender(), Clock.system(), "sender")));
    for (int i = 0; i < streams; i++) {
      TextLength head = new TextLength(0);
      open.add(
          TwoNodes.await(
              on(
                  sending,
                  () -> sender.inbox().link(QUEUE, head, Duration.ofSeconds(5)).map(Link::out))));
    }
  }

  private static <T> Future<T> on(Context context, Supplier<Future<T>> task) {
    Promise<T> done = Promise.promise();
    context.runOnContext(v -> task.get().onComplete(done));
    return done.future();
  }

  @TearDown
  public void stop() {
    nodes.close();
  }

  /** Many addresses would not be dearer than one: the bus looks each up in a map. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void send() {
    run(
        () -> {
          for (int i = 0; i < BATCH; i++) {
            nodes.sender().eventBus().send(RAW, frame.pcm(), raw);
          }
        });
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void busStream() {
    run(
        () -> {
          unwritten = BATCH;
          for (BusWriteStream stream : open) {
            stream.drainHandler(v -> write(stream));
          }
          if (open.size() == 1) {
            write(open.get(0));
          } else {
            for (int i = 0; i < BATCH; i++) {
              open.get(i % open.size()).write(frame);
            }
          }
        });
  }

  private void write(BusWriteStream stream) {
    if (open.size() == 1) {
      while (unwritten > 0 && !stream.writeQueueFull()) {
        unwritten--;
        stream.write(frame);
      }
    }
  }

  private void run(Runnable task) {
    Promise<Void> done = Promise.promise();
    batch = done;
    left = BATCH;
    sending.runOnContext(v -> task.run());
    TwoNodes.await(done.future());
  }

  private void received() {
    if (--left == 0) {
      batch.complete();
    }
  }
}
