package io.voicebus.wyoming;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.ListenTrouble;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.Settings;
import io.voicebus.turn.OwnerLimits;
import io.voicebus.turn.TurnLog;
import io.voicebus.turn.TurnObserver;
import io.voicebus.turn.TurnOwner;
import io.voicebus.turn.TurnSlots;
import io.voicebus.turn.Voices;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks for Home Assistant and other clients of the Wyoming protocol: texts in, also while they
 * are being written, audio out. Owns the turns that it begins.
 *
 * <p>{@link WyomingConfig} has the settings. The protocol has no password and no encryption, so
 * beyond loopback it is served only when that is known.
 */
public final class WyomingVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(WyomingVerticle.class);

  /** Home Assistant's for voices. */
  private static final int USUAL_PORT = 10_200;

  private @Nullable VertxBus bus;
  private @Nullable NetServer server;
  private @Nullable TurnOwner owner;
  private String only = "";
  private Duration drain = Duration.ZERO;
  private volatile int actualPort;

  /** The port that is listened on; from any thread, once deployed. */
  public int actualPort() {
    return actualPort;
  }

  /**
   * Sets the only language of the voices that speak where none is named, as a two-letter code: a
   * text that shows no language is spoken in it. Call it before the deployment.
   */
  public WyomingVerticle speakingOnly(String language) {
    only = language;
    return this;
  }

  /** The settings. */
  private record Wanted(int port, String host, int connections, boolean logAll, Duration drain) {
    static Wanted of(JsonObject config) {
      Settings settings = new Settings("wyoming", config);
      int port = settings.find(WyomingConfig.PORT).orElse(USUAL_PORT);
      String host = settings.get(WyomingConfig.HOST);
      boolean insecure = settings.get(WyomingConfig.INSECURE);
      int connections = settings.get(WyomingConfig.CONNECTIONS);
      boolean logAll = settings.get(WyomingConfig.LOG_TURNS).equals("all");
      Duration drain = settings.find(WyomingConfig.DRAIN).orElse(Duration.ZERO);
      settings.rejectUnknown();
      if (!insecure && !isLoopback(host)) {
        throw new IllegalArgumentException(
            "wyoming setting 'wyoming-host' is '"
                + host
                + "', which others can reach, and the protocol has no password: allow that with"
                + " insecure-wyoming=true in a network that you trust, or leave it at 127.0.0.1");
      }
      return new Wanted(port, host, connections, logAll, drain);
    }
  }

  /**
   * Checks a {@code config()} as the start of the verticle does.
   *
   * @throws IllegalArgumentException names the key, and says what is allowed
   */
  public static void check(JsonObject config) {
    Wanted.of(config);
  }

  @Override
  public Future<?> start() {
    Wanted wanted = Wanted.of(config());
    int port = wanted.port();
    String host = wanted.host();
    drain = wanted.drain();
    return VertxBus.register(vertx, Clock.system(), "wyoming")
        .compose(
            registered -> {
              bus = registered;
              Voices voices = new Voices(registered.inbox());
              TurnOwner turns =
                  new TurnOwner(
                          registered.inbox(),
                          OwnerLimits.DEFAULTS,
                          new TurnSlots(OwnerLimits.DEFAULTS.maxTurns(), MemoryBudget.of(vertx)))
                      .observedBy(TurnObserver.of(vertx))
                      .speakingOnly(only)
                      .knowing(voices);
              owner = turns;
              WyomingSockets sockets =
                  new WyomingSockets(
                      vertx,
                      turns,
                      voices,
                      TurnLog.ofServer(wanted.logAll(), registered::after),
                      wanted.connections());
              return vertx
                  .createNetServer(
                      new NetServerOptions()
                          .setHost(host)
                          .setPort(port)
                          .setTcpNoDelay(true)
                          .setTcpKeepAlive(true))
                  .connectHandler(sockets::open)
                  .listen();
            })
        .onSuccess(
            listening -> {
              server = listening;
              actualPort = listening.actualPort();
              LOG.info("Wyoming listens on {} port {}", host, actualPort);
            })
        .recover(
            why ->
                release()
                    .transform(
                        ignored ->
                            Future.failedFuture(
                                new IllegalArgumentException(
                                    "cannot listen for Wyoming on "
                                        + host
                                        + " port "
                                        + port
                                        + ": "
                                        + ListenTrouble.inWords(why)
                                        + "; choose another one with wyoming-port",
                                    why))));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  @Override
  public Future<?> stop() {
    TurnOwner turns = owner;
    NetServer listening = server;
    if (turns == null || listening == null) {
      return release();
    }
    return turns
        .drain()
        .timeout(Math.max(1, drain.toMillis()), TimeUnit.MILLISECONDS)
        .transform(
            drained -> {
              turns.close();
              return listening.close();
            })
        .transform(closed -> release());
  }

  private Future<Void> release() {
    return bus == null ? Future.succeededFuture() : bus.close();
  }
}
