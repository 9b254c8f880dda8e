package io.voicebus.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.voicebus.audio.AsyncEncoder;
import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioEncoder;
import io.voicebus.audio.AudioFormat;
import io.voicebus.audio.UnsupportedAudioException;
import io.voicebus.bus.Clock;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What each audio format costs: processor time of one stream for each second of its audio, its
 * worst call, and how long an event loop is kept up by turns that are all encoded at once.
 */
public final class AudioBenchmark {
  private static final int RATE_HZ = 24_000;
  private static final int PIECE_BYTES = 4_096;
  private static final int SECONDS = 60;
  private static final int WARM_UP_SECONDS = 60;
  private static final double MILLION = 1e6;

  private static final List<AudioCoding> CODINGS =
      List.of(
          AudioCoding.of("pcm"),
          AudioCoding.of("pcm").withRate(16_000),
          AudioCoding.of("pcm").withRate(48_000),
          AudioCoding.of("ulaw"),
          AudioCoding.of("flac"),
          AudioCoding.of("mp3"),
          AudioCoding.elevenLabs("mp3_44100_128"),
          AudioCoding.of("opus"));

  private AudioBenchmark() {}

  /** The number of turns at once, 200 if there is none. */
  public static void main(String[] args) throws Exception {
    int turns = args.length == 0 ? 200 : Integer.parseInt(args[0]);
    byte[] pcm = voice(SECONDS);
    System.out.printf(
        "| from 24 kHz | ms of a processor for a second of audio | to begin, ms | worst call, ms |"
            + " kbit/s |%n");
    System.out.printf("|---|---|---|---|---|%n");
    for (AudioCoding coding : CODINGS) {
      alone(coding, voice(WARM_UP_SECONDS), false);
      alone(coding, pcm, true);
    }
    System.out.printf(
        "%n%d turns at once, 10 s of audio each, as fast as they can be encoded:%n%n", turns);
    System.out.printf(
        "| | seconds of audio a second | worst tick of the event loop, ms | ticks over 20 ms |%n");
    System.out.printf("|---|---|---|---|%n");
    byte[] ten = Arrays.copyOf(pcm, 10 * 2 * RATE_HZ);
    for (String name : List.of("pcm", "flac", "mp3", "opus")) {
      together(AudioCoding.of(name), ten, turns, true);
    }
    together(AudioCoding.of("mp3"), ten, turns, false);
    System.out.printf("%n%d listeners in real time, for 10 s:%n%n", turns);
    System.out.printf(
        "| | processors used | added to the first audio, ms: median | p95 | worst |%n");
    System.out.printf("|---|---|---|---|---|%n");
    for (String name : List.of("pcm", "flac", "mp3", "opus")) {
      RealTimeListeners.print(AudioCoding.of(name), ten, RATE_HZ, turns);
    }
    System.out.printf("%nHeap of one turn's encoder, KiB:%n%n");
    for (String name : List.of("flac", "mp3", "opus")) {
      System.out.printf("- %s: %d%n", name, heapBytes(AudioCoding.of(name), ten) / 1024);
    }
  }

  private static long heapBytes(AudioCoding coding, byte[] pcm) {
    int many = 50;
    List<AudioEncoder> held = new ArrayList<>();
    long before = usedBytes();
    for (int i = 0; i < many; i++) {
      AudioEncoder encoder = coding.encoder();
      encoder.begin(RATE_HZ);
      encoder.encode(Arrays.copyOf(pcm, 10 * PIECE_BYTES));
      held.add(encoder);
    }
    long after = usedBytes();
    held.forEach(AudioEncoder::close);
    return (after - before) / many;
  }

  private static long usedBytes() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Harmonics of a voice that goes up and down, with pauses, and hiss: as hard as speech. */
  private static byte[] voice(int seconds) {
    Random random = new Random(1);
    byte[] pcm = new byte[2 * RATE_HZ * seconds];
    double phase = 0;
    for (int i = 0; i < pcm.length / 2; i++) {
      double t = (double) i / RATE_HZ;
      phase += 2 * Math.PI * (120 + 30 * Math.sin(2 * t)) / RATE_HZ;
      double loud = Math.max(0, Math.sin(7 * t)) * (Math.sin(0.9 * t) > -0.7 ? 1 : 0);
      double sum = 0;
      for (int n = 1; n <= 30; n++) {
        sum += Math.sin(n * phase) / n * (1 + Math.cos(n * 0.7 + 3 * t));
      }
      int value =
          (int) (loud * (4_000 * sum + 500 * random.nextGaussian()) + random.nextInt(3) - 1);
      value = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
      pcm[2 * i] = (byte) value;
      pcm[2 * i + 1] = (byte) (value >> 8);
    }
    return pcm;
  }

  private static void alone(AudioCoding coding, byte[] pcm, boolean told) {
    Clock clock = Clock.system();
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    long worst = 0;
    long bytes = 0;
    long begin;
    try (AudioEncoder encoder = coding.encoder()) {
      bytes += encoder.begin(RATE_HZ).length;
      begin = threads.getCurrentThreadCpuTime() - before;
      for (int at = 0; at < pcm.length; at += PIECE_BYTES) {
        byte[] piece = Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + PIECE_BYTES));
        long begun = clock.nanoTime();
        bytes += encoder.encode(piece).length;
        worst = Math.max(worst, clock.nanoTime() - begun);
      }
      bytes += encoder.end().length;
    } catch (UnsupportedAudioException e) {
      return;
    }
    double seconds = pcm.length / 2.0 / RATE_HZ;
    if (told) {
      System.out.printf(
          "| %s | %.2f | %.1f | %.1f | %.0f |%n",
          name(coding),
          (threads.getCurrentThreadCpuTime() - before - begin) / MILLION / seconds,
          begin / MILLION,
          worst / MILLION,
          bytes * 8 / seconds / 1000);
    }
  }

  private static String name(AudioCoding coding) {
    return coding.format().id()
        + (coding.rateHz() == AudioCoding.OWN_RATE ? "" : " at " + coding.rateHz() + " Hz")
        + (coding.format() == AudioFormat.MP3 && coding.kbps() != AudioCoding.USUAL
            ? ", " + coding.kbps() + " kbit/s"
            : "");
  }

  /** All on one event loop, each giving its next piece as soon as there is room for it. */
  private static void together(AudioCoding coding, byte[] pcm, int turns, boolean beside)
      throws Exception {
    Clock clock = Clock.system();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    AtomicLong worst = new AtomicLong();
    AtomicInteger late = new AtomicInteger();
    AtomicInteger left = new AtomicInteger(turns);
    CompletableFuture<Void> all = new CompletableFuture<>();
    long begun = clock.nanoTime();
    vertx.runOnContext(
        go -> {
          AtomicLong last = new AtomicLong(clock.nanoTime());
          vertx.setPeriodic(
              5,
              tick -> {
                long now = clock.nanoTime();
                long lag = now - last.getAndSet(now) - 5_000_000;
                worst.accumulateAndGet(lag, Math::max);
                if (lag > 20_000_000) {
                  late.incrementAndGet();
                }
              });
          for (int i = 0; i < turns; i++) {
            new Turn(
                    vertx,
                    coding,
                    beside,
                    pcm,
                    () -> {
                      if (left.decrementAndGet() == 0) {
                        all.complete(null);
                      }
                    })
                .goOn();
          }
        });
    all.get();
    double seconds = (clock.nanoTime() - begun) / 1e9;
    System.out.printf(
        "| %s | %.0f | %.0f | %d |%n",
        name(coding) + (beside ? "" : ", on the event loop itself"),
        turns * (pcm.length / 2.0 / RATE_HZ) / seconds,
        worst.get() / MILLION,
        late.get());
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private static final class Turn implements AsyncEncoder.Listener {
    private final AsyncEncoder encoder;
    private final @Nullable AudioEncoder own;
    private final Vertx vertx;
    private final byte[] pcm;
    private final Runnable done;
    private int at;

    Turn(Vertx vertx, AudioCoding coding, boolean beside, byte[] pcm, Runnable done) {
      this.vertx = vertx;
      this.pcm = pcm;
      this.done = done;
      own = beside ? null : coding.encoder();
      if (own != null) {
        own.begin(RATE_HZ);
      }
      encoder = new AsyncEncoder(vertx, beside ? coding : AudioCoding.of("pcm"), this);
      encoder.begin(RATE_HZ);
    }

    /** A piece at a time, as frames come. */
    void goOn() {
      if (at >= pcm.length) {
        at = Integer.MAX_VALUE;
        encoder.end();
        return;
      }
      byte[] piece = Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + PIECE_BYTES));
      encoder.encode(own == null ? piece : own.encode(piece));
      at += PIECE_BYTES;
      if (!encoder.full()) {
        vertx.runOnContext(go -> goOn());
      }
    }

    @Override
    public void encoded(byte[] bytes) {}

    @Override
    public void drained() {
      goOn();
    }

    @Override
    public void finished() {
      encoder.close();
      done.run();
    }

    @Override
    public void failed(Throwable why) {
      throw new IllegalStateException(why);
    }
  }
}
