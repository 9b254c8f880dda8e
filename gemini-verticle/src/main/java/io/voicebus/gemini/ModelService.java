package io.voicebus.gemini;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.LateTimers;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Outbound;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One service, and the connections to it. Bound to the context of its bus. */
final class ModelService implements ModelAsker {
  private static final Logger LOG = LoggerFactory.getLogger(ModelService.class);

  /** The name of the log for operators: it reports which model answers. */
  private static final Logger NEWS = LoggerFactory.getLogger("io.voicebus.models");

  /** A failure that takes so long keeps a turn waiting … */
  private static final Duration LONG = Duration.ofSeconds(1);

  /** … so that the turns of this time need not meet it, too. */
  private static final Duration REST = Duration.ofSeconds(15);

  private static final Duration WARNING = Duration.ofMinutes(1);

  /** Each HTTP/1.1 connection carries one answer: as many as there may be turns, and some. */
  private static final int HTTP1_CONNECTIONS = 1100;

  /** Each HTTP/2 connection carries about a hundred answers. */
  private static final int HTTP2_CONNECTIONS = 16;

  /** Idle connections stay open for so long; Google's servers close them at about this time. */
  private static final int KEEP_ALIVE_SECONDS = 240;

  /**
   * The size of a stream's window, so that a paused answer leaves room for the others of its
   * connection.
   */
  private static final int CONNECTION_WINDOW_BYTES = 16 * 1024 * 1024;

  /** The longest list of models that is read to its end. */
  private static final long MAX_LIST_BYTES = 16L * 1024 * 1024;

  private final ModelConnections connections;
  private final Bus bus;
  private final SourceSettings.Target target;
  private final ModelProtocol protocol;
  private final Duration keepWarm;
  private final Set<Concession> made = EnumSet.noneOf(Concession.class);
  private final FinishHabit habit = new FinishHabit();

  /** Whether others are asked in its place, as far as is known. */
  private boolean passedOver;

  /** Whether it kept a turn waiting before it was passed over; it is left alone until then. */
  private boolean rests;

  private long restsUntil;

  /** When that was told last; null for never. */
  private @Nullable Long warnedAt;

  private long usedAt;
  private Bus.@Nullable Timer warmTimer;
  private boolean closed;

  /**
   * A service.
   *
   * @param client closed with it
   * @param proxy {@code host:port} of the proxy on the way; empty for none
   * @param keepWarm a connection that has not been used for so long is used; zero for never
   */
  ModelService(
      HttpClient client, Bus bus, SourceSettings.Target target, String proxy, Duration keepWarm) {
    this.connections = new ModelConnections(client, target.url(), proxy);
    this.bus = bus;
    this.target = target;
    this.protocol = target.protocol();
    this.keepWarm = keepWarm;
  }

  /** A service with connections of its own, by the settings. */
  static ModelService connect(
      Vertx vertx, Bus bus, SourceSettings.Target target, SourceSettings settings) {
    HttpClient client =
        Outbound.client(vertx, httpOptions(target, settings.outbound()), poolOptions());
    String proxy = settings.outbound().proxyTo(target.url()).orElse("");
    return new ModelService(client, bus, target, proxy, settings.keepWarm());
  }

  /** HTTP/2 where TLS can agree on it, HTTP/1.1 else; never compressed, which would delay text. */
  static HttpClientOptions httpOptions(SourceSettings.Target target, Outbound outbound) {
    boolean secure = target.url().secure();
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(secure)
            .setUseAlpn(secure)
            .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
            .setProtocolVersion(secure ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
            .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES)
            .setConnectTimeout((int) target.limits().connect().toMillis())
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setDecompressionSupported(false);
    return outbound.apply(options, target.url());
  }

  static PoolOptions poolOptions() {
    return new PoolOptions().setHttp1MaxSize(HTTP1_CONNECTIONS).setHttp2MaxSize(HTTP2_CONNECTIONS);
  }

  /**
   * Opens a connection, so that the next prompt need not, with a question that costs nothing; and
   * again whenever none has been used for a while.
   *
   * @return completes in any case; what is wrong is logged
   */
  Future<Void> warm() {
    used();
    warmLater(keepWarm.toNanos());
    return trouble()
        .map(
            trouble -> {
              if (trouble.isPresent() && !closed) {
                LOG.warn(
                    "{} at {}: {}", protocol.source(), target.url().host(), trouble.get().detail());
              }
              return null;
            });
  }

  /**
   * Asks a question that costs nothing.
   *
   * @return what is wrong with the service, the key or the model, without secrets; empty if nothing
   *     is. Never fails
   */
  Future<Optional<Failure>> trouble() {
    RequestOptions about =
        options(HttpMethod.GET, protocol.warmPath())
            .setTimeout(target.limits().connect().toMillis());
    return connections
        .request(about)
        .compose(request -> request.send())
        .compose(this::judged)
        .otherwise(
            why -> Optional.of(ModelFault.of(FailureKind.UNAVAILABLE, connections.trouble(why), 0)))
        .map(fault -> fault.map(this::failure));
  }

  private void warmLater(long nanos) {
    if (!closed && !keepWarm.isZero()) {
      warmTimer = bus.after(nanos, this::warmIfUnused);
    }
  }

  private void warmIfUnused() {
    long left = keepWarm.toNanos() - (bus.nanoTime() - usedAt);
    if (left > 0) {
      warmLater(left);
    } else {
      warm();
    }
  }

  private void used() {
    usedAt = bus.nanoTime();
  }

  /**
   * Reads an answer, so that the next question may use its connection; but no more of it, and for
   * no longer, than a list of models takes.
   */
  private Future<Optional<ModelFault>> judged(HttpClientResponse response) {
    Promise<Optional<ModelFault>> told = Promise.promise();
    Buffer begin = Buffer.buffer();
    long[] length = {0};
    Runnable breakOff =
        () -> {
          told.tryComplete(judge(response, begin));
          response.request().reset();
        };
    Bus.Timer limit = LateTimers.after(bus, target.limits().connect().toNanos(), breakOff);
    response.exceptionHandler(told::tryFail);
    response.endHandler(end -> told.tryComplete(judge(response, begin)));
    response.handler(
        bytes -> {
          length[0] += bytes.length();
          if (begin.length() < ModelAttempt.MAX_ERROR_BYTES) {
            begin.appendBuffer(bytes);
          }
          if (length[0] > MAX_LIST_BYTES) {
            breakOff.run();
          }
        });
    return told.future().onComplete(done -> limit.cancel());
  }

  private Optional<ModelFault> judge(HttpClientResponse response, Buffer body) {
    int status = response.statusCode();
    if (status == 200) {
      return Optional.empty();
    }
    ModelFault fault = protocol.refusal(status, body.toString(), Duration.ZERO);
    // Not all servers that answer prompts answer this.
    return fault.cause() == ModelFault.Cause.PATH || status < 400
        ? Optional.empty()
        : Optional.of(fault);
  }

  Future<Void> close() {
    closed = true;
    if (warmTimer != null) {
      warmTimer.cancel();
    }
    return connections.close();
  }

  @Override
  public String source() {
    return protocol.source();
  }

  @Override
  public String model() {
    return protocol.model();
  }

  @Override
  public ModelLimits limits() {
    return target.limits();
  }

  @Override
  public ServiceWords words() {
    return protocol.words();
  }

  @Override
  public Set<Concession> made() {
    return made;
  }

  @Override
  public Optional<Concession> against(ModelFault fault, Set<Concession> already) {
    return protocol.against(fault, already);
  }

  /**
   * Logs a failure: once for a service that fails each time, and at most once a minute for one that
   * fails now and then.
   */
  @Override
  public void passedOver(FailureKind why, String next, long nanos) {
    long now = bus.nanoTime();
    boolean ofService =
        switch (why) {
          case TIMEOUT, UNAVAILABLE, LOST, RATE_LIMITED -> true;
          default -> false;
        };
    rests = ofService && nanos >= LONG.toNanos();
    restsUntil = now + REST.toNanos();
    if (!passedOver && (warnedAt == null || now - warnedAt >= WARNING.toNanos())) {
      warnedAt = now;
      NEWS.warn(
          "{} fails ({}): {} is asked in its place until it is well",
          source(),
          why.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          next);
    }
    passedOver = true;
  }

  @Override
  public boolean fails() {
    return passedOver;
  }

  /**
   * When the time is over one turn tries the service again; turns that begin meanwhile do not wait
   * for it.
   */
  @Override
  public boolean rests() {
    long now = bus.nanoTime();
    if (!rests || now - restsUntil < 0) {
      return rests;
    }
    restsUntil = now + REST.toNanos();
    return false;
  }

  @Override
  public void helped(Set<Concession> by) {
    rests = false;
    if (passedOver) {
      passedOver = false;
      NEWS.info("{} is well again, and answers", source());
    }
    for (Concession concession : by) {
      if (made.add(concession)) {
        switch (concession) {
          case OPTIONS ->
              LOG.warn("{} does not take all that was asked of it: going on without", model());
          case SYSTEM_ROLE ->
              LOG.warn("{} has no system role: its first message tells the instruction", model());
          case TOKENS_FIELD ->
              LOG.warn("{} wants the limit of tokens under its other name", model());
          case VERSION_PATH ->
              LOG.warn("{} answers below /v1: add it to {}", target.url(), words().url());
        }
      }
    }
  }

  @Override
  public ModelAttempt ask(Question question, Set<Concession> with, ModelAttempt.Listener listener) {
    used();
    ModelAttempt attempt =
        new ModelAttempt(bus, protocol, target.limits(), connections, habit, listener);
    RequestOptions to =
        options(HttpMethod.POST, protocol.askPath(with))
            .putHeader("content-type", "application/json");
    attempt.begin(to, Buffer.buffer(protocol.body(question, with)));
    return attempt;
  }

  @Override
  public Failure failure(ModelFault fault) {
    return new Failure(Stage.TEXT, fault.kind(), protocol.redact(fault.detail()));
  }

  private RequestOptions options(HttpMethod method, String path) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(target.url().host())
            .setPort(target.url().port())
            .setSsl(target.url().secure())
            .setURI(path);
    protocol.headers().forEach(options::putHeader);
    return options;
  }
}
