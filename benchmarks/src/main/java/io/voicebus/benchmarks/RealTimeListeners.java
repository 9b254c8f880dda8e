package io.voicebus.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Vertx;
import io.voicebus.audio.AsyncEncoder;
import io.voicebus.audio.AudioCoding;
import io.voicebus.bus.Clock;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Many listeners that are sent audio as fast as it is heard, all encoded beside the event loops:
 * what that takes of the processors, and how long the first audio of each waits for its encoder.
 */
final class RealTimeListeners {
  /** 80 ms at 24 kHz: as long as a frame of an engine. */
  private static final int PIECE_MS = 80;

  private RealTimeListeners() {}

  /** Measures so many listeners of these samples, and prints a line of a table. */
  static void print(AudioCoding coding, byte[] pcm, int rateHz, int listeners) throws Exception {
    Vertx vertx = Vertx.vertx();
    ConcurrentLinkedQueue<Long> firsts = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Void>> all =
        IntStream.range(0, listeners).mapToObj(i -> new CompletableFuture<Void>()).toList();
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Clock clock = Clock.system();
    long begun = clock.nanoTime();
    long used = process.getProcessCpuTime();
    for (int i = 0; i < listeners; i++) {
      CompletableFuture<Void> done = all.get(i);
      // They did not all begin to speak at the same moment.
      vertx.setTimer(
          1 + (long) i * 1000 / listeners,
          begin -> new Listener(vertx, coding, pcm, rateHz, firsts, done).begin());
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(5, TimeUnit.MINUTES);
    double cores = (double) (process.getProcessCpuTime() - used) / (clock.nanoTime() - begun);
    long[] nanos = firsts.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.1f | %.1f | %.1f |%n",
        coding.format().id(),
        cores,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 95 / 100] / 1e6,
        nanos[nanos.length - 1] / 1e6);
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private static final class Listener implements AsyncEncoder.Listener {
    private final Vertx vertx;
    private final byte[] pcm;
    private final int pieceBytes;
    private final ConcurrentLinkedQueue<Long> firsts;
    private final CompletableFuture<Void> done;
    private final AsyncEncoder encoder;
    private final Clock clock = Clock.system();
    private long firstAt = -1;
    private boolean heard;
    private int at;

    Listener(
        Vertx vertx,
        AudioCoding coding,
        byte[] pcm,
        int rateHz,
        ConcurrentLinkedQueue<Long> firsts,
        CompletableFuture<Void> done) {
      this.vertx = vertx;
      this.pcm = pcm;
      this.pieceBytes = 2 * rateHz * PIECE_MS / 1000;
      this.firsts = firsts;
      this.done = done;
      this.encoder = new AsyncEncoder(vertx, coding, this);
      // The head is sent before there is any audio.
      encoder.begin(rateHz);
    }

    void begin() {
      vertx.setPeriodic(PIECE_MS, PIECE_MS, this::piece);
    }

    private void piece(long timer) {
      if (at >= pcm.length) {
        vertx.cancelTimer(timer);
        encoder.end();
        return;
      }
      if (firstAt < 0) {
        firstAt = clock.nanoTime();
      }
      encoder.encode(Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + pieceBytes)));
      at += pieceBytes;
    }

    @Override
    public void encoded(byte[] bytes) {
      if (firstAt >= 0 && !heard) {
        heard = true;
        firsts.add(clock.nanoTime() - firstAt);
      }
    }

    @Override
    public void drained() {}

    @Override
    public void finished() {
      encoder.close();
      done.complete(null);
    }

    @Override
    public void failed(Throwable why) {
      done.completeExceptionally(why);
    }
  }
}
