package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Load;
import io.voicebus.bus.Roster;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.door.DoorSettings;
import io.voicebus.http.door.Tls;
import io.voicebus.http.openai.OpenAiRoutes;
import io.voicebus.turn.Voices;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: receives prompts and texts, and sends audio and events. It owns the turns that
 * it accepts.
 *
 * <p>Deploy one instance for each event loop, all at one port: connections are distributed among
 * them. A turn belongs to the instance that accepted it, which its id names. Any other instance of
 * this JVM or its cluster serves the turn over a link to that one.
 *
 * <p>{@code docs/http.md} has the endpoints and the settings.
 */
public final class HttpVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);

  /** A client that does not read its last bytes has so long for them when the server closes. */
  private static final long CLOSE_MS = 1000;

  /** A free port, the same for all instances of a deployment. */
  private static final int ANY_PORT = -1;

  /** How often the certificate's files are looked at. */
  private static final Duration CERTIFICATE_WATCH = Duration.ofMinutes(1);

  /**
   * Of a request with a longer line not even the path is known. A URL may have much less; one that
   * is too long is refused in the dialect of its path.
   */
  private static final int MAX_LINE_BYTES = 64 * 1024;

  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** What the kernel may hold of an answer that the client does not read. */
  private static final int SEND_BUFFER_BYTES = 64 * 1024;

  private Set<String> wanted = Set.of();
  private String only = "";
  private Figures figures = Figures.NONE;
  private volatile @Nullable String host;
  private volatile int actualPort;
  private Future<?> before = Future.succeededFuture();
  private @Nullable HttpSettings settings;
  private @Nullable VertxBus bus;
  private @Nullable HttpServer server;
  private @Nullable TurnSessions sessions;
  private @Nullable ConnectionWatch connections;
  private @Nullable HttpShared shared;
  private @Nullable CertificateWatch certificate;
  private @Nullable String claimed;

  /**
   * Sets the roles of which an instance must run, in this JVM or its cluster, for {@code
   * /health/ready}. Call it before the deployment.
   */
  public HttpVerticle readyWithRoles(Set<String> roles) {
    wanted = Set.copyOf(roles);
    return this;
  }

  /** Sets the source of the metrics for {@code /metrics}. Call it before the deployment. */
  public HttpVerticle withFigures(Figures known) {
    figures = known;
    return this;
  }

  /**
   * Sets the only language of the voices that speak where none is named, as a two-letter code: a
   * text that shows no language is spoken in it, whatever the listener's own is. Call it before the
   * deployment.
   */
  public HttpVerticle speakingOnly(String language) {
    only = language;
    return this;
  }

  /**
   * Sets what the server waits for before it listens, such as the deployment of the stages, beside
   * which it is made. If that fails, so does the deployment. Call it before the deployment.
   */
  public HttpVerticle listeningAfter(Future<?> begun) {
    before = begun;
    return this;
  }

  /** The address that the server listens on. Call it after the deployment, from any thread. */
  public String host() {
    String known = host;
    if (known == null) {
      throw new IllegalStateException("the server has not started");
    }
    return known;
  }

  /** The port that the server listens on. Call it after the deployment, from any thread. */
  public int actualPort() {
    return actualPort;
  }

  @Override
  public Future<?> start() {
    HttpSettings configured = HttpSettings.from(config());
    settings = configured;
    if (!context.isEventLoopContext()) {
      throw new IllegalArgumentException("deploy HttpVerticle on an event loop, not on a worker");
    }
    claim(configured);
    return VertxBus.register(vertx, Clock.system(), "http")
        .compose(
            registered -> {
              bus = registered;
              return registered
                  .listen(Addresses.COPIES)
                  .compose(listening -> listen(configured, registered));
            })
        .onSuccess(
            listening -> {
              server = listening;
              if (certificate != null) {
                certificate.watch(listening, CERTIFICATE_WATCH);
              }
              host = configured.door().host();
              actualPort = listening.actualPort();
              LOG.info("listening on {} port {}", configured.door().host(), actualPort);
              warnOfPlainHttp(configured.door());
            })
        .recover(why -> release().transform(ignored -> Future.failedFuture(why)));
  }

  /**
   * Checks a {@code config()} as the start of the verticle does.
   *
   * @throws IllegalArgumentException if a setting is wrong; the message names its key and the
   *     allowed values
   */
  public static void check(JsonObject config) {
    HttpSettings.from(config);
  }

  /** Once, at the start; {@code insecure-http} says that it is known. */
  private void warnOfPlainHttp(DoorSettings configured) {
    if (!configured.beyondLoopback()) {
      return;
    }
    if (configured.tokens() == null) {
      LOG.warn("without an access token anybody who reaches {} may use this server", host);
    } else if (!configured.insecureHttp() && configured.tls() == null) {
      LOG.warn(
          "the access token, prompts and answers travel unencrypted from and to {}: give the server"
              + " a certificate (tls-cert, tls-key), put a proxy with TLS in front, or say with"
              + " insecure-http that this is known",
          host);
    }
  }

  private void claim(HttpSettings configured) {
    String address = configured.door().host() + " port " + configured.port();
    if (configured.port() != 0) {
      String other = claims().putIfAbsent(address, deploymentID());
      if (other != null && !other.equals(deploymentID())) {
        throw new IllegalArgumentException(
            "HttpVerticle is deployed already on "
                + address
                + ": deploy more instances of it at once, with DeploymentOptions.setInstances");
      }
      claimed = address;
    }
  }

  private Map<String, String> claims() {
    return vertx.sharedData().getLocalMap("voicebus.http");
  }

  private Future<HttpServer> listen(HttpSettings configured, VertxBus registered) {
    HttpShared all = HttpShared.join(vertx, deploymentID(), configured, registered);
    shared = all;
    Voices known = new Voices(registered.inbox());
    TurnSessions turns =
        new TurnSessions(registered.inbox(), configured, all).speakingOnly(only).knowing(known);
    ConnectionWatch watch =
        new ConnectionWatch(vertx, Clock.system(), configured.door(), all.connections);
    sessions = turns;
    connections = watch;
    int most = configured.limits().maxTurns();
    registered.inbox().load(() -> new Load(turns.active(), all.speaksForAll(turns) ? most : 0));
    Roster roster = new Roster(registered.inbox());
    NodesEndpoint nodes = new NodesEndpoint(new RosterCalls(roster, registered), wanted);
    SourceEndpoint source = new SourceEndpoint(roster, registered);
    VoicesEndpoint voices = new VoicesEndpoint(known);
    TurnDirectory directory = new TurnDirectory(registered.inbox(), turns, configured);
    HttpRoutes routes =
        new HttpRoutes(
            vertx, configured, registered, turns, directory, watch, nodes, voices, source, figures);
    HttpServerOptions options = options();
    Tls tls = configured.door().tls();
    if (tls != null) {
      certificate = new CertificateWatch(vertx, tls);
      options.setSsl(true).setUseAlpn(false).setKeyCertOptions(certificate.certificate());
    }
    HttpServer made =
        vertx
            .createHttpServer(options)
            .connectionHandler(watch::opened)
            .requestHandler(routes)
            .invalidRequestHandler(routes::malformed)
            .exceptionHandler(why -> LOG.debug("a connection broke: {}", why.toString()));
    return Future.fromCompletionStage(before.toCompletionStage(), context)
        .compose(ready -> listen(made, configured));
  }

  private static Future<HttpServer> listen(HttpServer server, HttpSettings configured) {
    return server
        .listen(configured.port() == 0 ? ANY_PORT : configured.port(), configured.door().host())
        .recover(
            why ->
                Future.failedFuture(
                    ListenFailure.inWords(why, configured.door(), configured.port())));
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setSendBufferSize(SEND_BUFFER_BYTES)
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true)
        // Audio does not get smaller, and each socket would keep two windows.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        // Browsers drop a socket whose server selects none of those that they offer.
        .setWebSocketSubProtocols(List.of(OpenAiRoutes.SUBPROTOCOL))
        .setMaxWebSocketMessageSize(SessionMessage.MAX_BYTES);
  }

  /**
   * Accepts no more turns; completes when those under way have ended and their answers are written.
   * Requests about turns and their events are still answered. Call it from any thread.
   */
  public Future<Void> drain() {
    return Future.future(
        promise ->
            context.runOnContext(
                ignored -> {
                  TurnSessions turns = sessions;
                  ConnectionWatch watch = connections;
                  if (turns == null || watch == null) {
                    promise.complete();
                  } else {
                    turns.drain().compose(ended -> watch.quiet()).onComplete(promise);
                  }
                }));
  }

  /** Reads the certificate again if it has changed, as is done every minute. */
  Future<?> lookAtCertificate() {
    CertificateWatch watch = certificate;
    HttpServer listening = server;
    return watch == null || listening == null ? Future.succeededFuture() : watch.look(listening);
  }

  /** Waits for turns to end, at most {@code drain-ms}, then cancels the others. */
  @Override
  public Future<?> stop() {
    TurnSessions turns = sessions;
    ConnectionWatch watch = connections;
    HttpServer listening = server;
    HttpSettings configured = settings;
    if (turns == null || watch == null || listening == null || configured == null) {
      return release();
    }
    long patienceMs = Math.max(1, configured.drain().toMillis());
    return drain()
        .timeout(patienceMs, TimeUnit.MILLISECONDS)
        .transform(
            drained -> {
              if (drained.failed() && turns.active() > 0) {
                LOG.warn(
                    "turns that had not ended within drain-ms ({} ms) are broken off: {}",
                    patienceMs,
                    turns.active());
              }
              turns.close();
              long timer = vertx.setTimer(CLOSE_MS, ignored -> watch.abortAll());
              return listening.close().onComplete(closed -> vertx.cancelTimer(timer));
            })
        .transform(closed -> release());
  }

  private Future<Void> release() {
    if (certificate != null) {
      certificate.stop();
    }
    HttpShared all = shared;
    shared = null;
    Future<Void> left = all == null ? Future.succeededFuture() : all.leave(vertx, deploymentID());
    if (claimed != null) {
      claims().remove(claimed, deploymentID());
      claimed = null;
    }
    VertxBus registered = bus;
    return left.eventually(
        () -> registered == null ? Future.succeededFuture() : registered.close());
  }
}
