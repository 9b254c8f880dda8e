package io.voicebus.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.vertx.core.Vertx;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import io.voicebus.turn.TurnObserver;
import io.voicebus.turn.TurnSummary;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures and traces of one process. A turn costs its event loop what it takes to hand over a
 * summary at its end; all else happens on one thread here, which also loads the libraries, when the
 * first turn has ended or the first figures are asked for. Thread-safe.
 */
public final class Telemetry implements TurnObserver, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

  /** Turns that wait to be counted; more are left out, and counted as such. */
  private static final int MOST_WAITING = 10_000;

  /**
   * So long after the start the figures are made: they load libraries of the system, for which
   * there may be no file any more when the first turn ends.
   */
  private static final long BEGIN_MS = 3_000;

  private static final long IDLE_SECONDS = 10;
  private static final long CLOSE_SECONDS = 5;

  private static final Meter UNTOLD =
      Meter.counter(
          "voicebus.telemetry.dropped",
          "Turns that are in no figure, since too many ended at once or they could not be counted.");

  private final Vertx vertx;
  private final int loops;
  private final LongAdder untold;
  private final @Nullable TurnTraces traces;
  private final ThreadPoolExecutor thread;
  private final Supplier<MeterRegistry> registries;
  private final InstantSource wallClock = InstantSource.system();

  /** Only on the thread. */
  private @Nullable LiveFigures figures;

  /** Whether a turn could not be counted. Only on the thread. */
  private boolean failed;

  private Telemetry(
      Vertx vertx, int loops, Supplier<MeterRegistry> registries, @Nullable TurnTraces traces) {
    this.vertx = vertx;
    this.loops = loops;
    this.untold = Meters.of(vertx).of(UNTOLD);
    this.traces = traces;
    this.registries = registries;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread made = new Thread(task, "voicebus-telemetry");
              made.setDaemon(true);
              return made;
            },
            (task, full) -> refused(task));
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * Begins: to be called before owners of turns are deployed.
   *
   * @param loops how many event loops there are
   * @param traces makes the tracing SDK when the first turn has ended; null where nothing is traced
   */
  public static Telemetry install(
      Vertx vertx, int loops, @Nullable Function<IdGenerator, OpenTelemetrySdk> traces) {
    return install(vertx, loops, () -> LiveFigures.prometheus().get(), traces);
  }

  /** The same, with a registry of the application's own. */
  public static Telemetry install(
      Vertx vertx,
      int loops,
      Supplier<MeterRegistry> registry,
      @Nullable Function<IdGenerator, OpenTelemetrySdk> traces) {
    Telemetry telemetry =
        new Telemetry(vertx, loops, registry, traces == null ? null : new TurnTraces(traces));
    TurnObserver.install(vertx, telemetry);
    vertx.setTimer(BEGIN_MS, id -> telemetry.begin());
    return telemetry;
  }

  private void begin() {
    if (!thread.isShutdown()) {
      thread.execute(
          () -> {
            try {
              figures();
            } catch (RuntimeException | LinkageError e) {
              LOG.error("there are no figures", e);
            }
          });
    }
  }

  @Override
  public String begins(String trace) {
    return traces == null ? "" : TraceIds.childOf(trace);
  }

  @Override
  public void ended(TurnSummary turn) {
    TurnTraces tracing = traces;
    Instant end = tracing == null ? Instant.EPOCH : wallClock.instant();
    thread.execute(
        () -> {
          try {
            figures().ended(turn);
            if (tracing != null) {
              tracing.ended(turn, end);
            }
          } catch (RuntimeException | LinkageError e) {
            uncounted(turn, e);
          }
        });
  }

  /** Once, with the reason: what fails for one turn mostly fails for all. */
  private void uncounted(TurnSummary turn, Throwable why) {
    untold.increment();
    if (!failed) {
      failed = true;
      LOG.error(
          "turn {} cannot be counted; of others voicebus_telemetry_dropped_total",
          turn.turn(),
          why);
    }
  }

  private LiveFigures figures() {
    LiveFigures known = figures;
    if (known == null) {
      known = new LiveFigures(vertx, loops, registries.get());
      figures = known;
    }
    return known;
  }

  /**
   * Tells the figures in Prometheus' text.
   *
   * @param contentType which kind of it
   * @param then gets it, on any thread; empty where the registry is another
   */
  public void tell(String contentType, Consumer<String> then) {
    thread.execute(new Telling(contentType, then));
  }

  /** Bounded: a caller must not wait for ever, whatever comes of it. */
  private final class Telling implements Runnable {
    private final String contentType;
    private final Consumer<String> then;

    Telling(String contentType, Consumer<String> then) {
      this.contentType = contentType;
      this.then = then;
    }

    @Override
    public void run() {
      String text = "";
      try {
        text = figures().text(contentType);
      } catch (RuntimeException | LinkageError e) {
        LOG.error("the figures cannot be told", e);
      } finally {
        then.accept(text);
      }
    }

    void refused() {
      then.accept("");
    }
  }

  /** There are too many, or none are taken any more. */
  private void refused(Runnable task) {
    if (task instanceof Telling telling) {
      telling.refused();
    } else {
      untold.increment();
    }
  }

  /** Tells what is left to be told, and ends. */
  @Override
  public void close() {
    thread.execute(
        () -> {
          if (traces != null) {
            traces.close();
          }
          if (figures != null) {
            figures.close();
          }
        });
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
