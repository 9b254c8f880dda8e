package io.voicebus.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.contract.Settings;
import io.voicebus.telemetry.OperationsVerticle;
import io.voicebus.telemetry.Telemetry;
import io.voicebus.telemetry.TraceExport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an operator sees of a server: metrics, traces, log. */
final class Operations {
  private static final int NO_PORT = -1;

  /**
   * What is asked for.
   *
   * @param port for figures alone; -1 for none
   * @param host of that port
   * @param collector where traces go; empty for nowhere
   * @param json whether the log is for programs
   */
  record Wanted(int port, String host, String collector, boolean json) {
    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException for a wrong value
     */
    static Wanted of(Settings settings) {
      return new Wanted(
          settings.find(LauncherConfig.METRICS_PORT).orElse(NO_PORT),
          settings.get(LauncherConfig.METRICS_HOST),
          settings.find(LauncherConfig.OTLP_ENDPOINT).orElse(""),
          settings.get(LauncherConfig.LOG_FORMAT).equals("json"));
    }

    /** Logs as is wanted from now on: before anything is started that may log. */
    Wanted logging() {
      Logging.alsoOfTheJdk();
      if (json) {
        Logging.forPrograms();
      }
      return this;
    }
  }

  private final Vertx vertx;
  private final Wanted wanted;
  private final Telemetry telemetry;
  private @Nullable OperationsVerticle server;

  /**
   * From now on turns are counted, whose owners are deployed later.
   *
   * @param node what this process is called
   */
  Operations(Vertx vertx, Wanted wanted, String node) {
    this.vertx = vertx;
    this.wanted = wanted;
    telemetry =
        Telemetry.install(
            vertx,
            EventLoops.count(),
            wanted.collector().isEmpty()
                ? null
                : TraceExport.to(wanted.collector(), node, Version.number()));
  }

  /** Tells the figures, as {@link Telemetry#tell}. */
  void tell(String contentType, Consumer<String> then) {
    telemetry.tell(contentType, then);
  }

  /** Serves them at a port of their own, where one is set. */
  Future<Void> serve() {
    if (wanted.port() == NO_PORT) {
      return Future.succeededFuture();
    }
    OperationsVerticle made = new OperationsVerticle(wanted.host(), wanted.port(), telemetry);
    server = made;
    return vertx.deployVerticle(made).mapEmpty();
  }

  /** The port of {@link #serve}; -1 for none. */
  int port() {
    return server == null ? NO_PORT : server.actualPort();
  }

  /** This process takes no more work. */
  void stopping() {
    if (server != null) {
      server.stopping();
    }
  }

  /** Sends the traces that wait. */
  void close() {
    telemetry.close();
  }
}
