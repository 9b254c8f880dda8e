package io.voicebus.gemini;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.voicebus.contract.Bus;
import io.voicebus.contract.Failure;
import io.voicebus.contract.Stage;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers from Gemini, as they are written. */
final class GeminiSource implements TextSource, GeminiAnswer.Asker {
  private static final Logger LOG = LoggerFactory.getLogger(GeminiSource.class);

  /** Each HTTP/1.1 connection carries one answer: as many as there may be turns, and some. */
  private static final int HTTP1_CONNECTIONS = 1100;

  /** Each HTTP/2 connection carries about a hundred answers. */
  private static final int HTTP2_CONNECTIONS = 16;

  /** Idle connections stay open for so long; the service closes them at about this time. */
  private static final int KEEP_ALIVE_SECONDS = 240;

  /** So that one answer that is paused leaves room for the others of its connection. */
  private static final int CONNECTION_WINDOW_BYTES = 16 * 1024 * 1024;

  private final HttpClient client;
  private final Bus bus;
  private final GeminiSettings settings;
  private final DoubleSupplier random;
  private boolean thinks = true;

  /**
   * A source.
   *
   * @param client closed with it
   * @param random 0 to 1, spreads retries
   */
  GeminiSource(HttpClient client, Bus bus, GeminiSettings settings, DoubleSupplier random) {
    this.client = client;
    this.bus = bus;
    this.settings = settings;
    this.random = random;
  }

  /** HTTP/2 where TLS can agree on it, HTTP/1.1 else; never compressed, which would delay text. */
  static HttpClientOptions httpOptions(GeminiSettings settings) {
    boolean secure = settings.secure();
    return new HttpClientOptions()
        .setSsl(secure)
        .setUseAlpn(secure)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setProtocolVersion(secure ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
        .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES)
        .setConnectTimeout((int) settings.limits().connect().toMillis())
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setDecompressionSupported(false);
  }

  static PoolOptions poolOptions() {
    return new PoolOptions().setHttp1MaxSize(HTTP1_CONNECTIONS).setHttp2MaxSize(HTTP2_CONNECTIONS);
  }

  /**
   * Opens a connection, so that the first prompt need not, with a question that costs nothing.
   *
   * @return completes in any case; what is wrong is logged
   */
  Future<Void> warm() {
    RequestOptions about =
        options(HttpMethod.GET, settings.modelPath())
            .setTimeout(settings.limits().connect().toMillis());
    return client
        .request(about)
        .compose(request -> request.send())
        .compose(response -> response.body().map(body -> judge(response, body)))
        .otherwise(why -> "it cannot be reached now: " + why.getMessage())
        .map(
            trouble -> {
              if (!trouble.isEmpty()) {
                LOG.warn("Gemini at {}: {}", settings.baseUrl().getHost(), redact(trouble));
              }
              return null;
            });
  }

  private static String judge(HttpClientResponse response, Buffer body) {
    return response.statusCode() == 200
        ? ""
        : GeminiFault.ofResponse(response.statusCode(), body.toString(), "").detail();
  }

  Future<Void> close() {
    return client.close();
  }

  @Override
  public String name() {
    return settings.model();
  }

  @Override
  public Answer answer(Question question, TextSink sink) {
    GeminiRequest request = settings.ask(question);
    GeminiAnswer answer =
        new GeminiAnswer(
            bus,
            settings.limits(),
            random,
            this,
            thinks ? request : request.withoutThinking(),
            sink);
    bus.execute(answer::begin);
    return answer;
  }

  @Override
  public GeminiAttempt ask(GeminiRequest request, GeminiAttempt.Listener listener) {
    GeminiAttempt attempt = new GeminiAttempt(bus, settings.limits(), listener);
    RequestOptions to =
        options(HttpMethod.POST, settings.streamPath())
            .putHeader("content-type", "application/json");
    attempt.begin(client, to, Buffer.buffer(request.body().encode()));
    return attempt;
  }

  @Override
  public void thinkingRefused() {
    if (thinks) {
      thinks = false;
      LOG.warn("{} does not take the thinking that was asked for: going on without", name());
    }
  }

  @Override
  public Failure failure(GeminiFault fault) {
    return new Failure(Stage.TEXT, fault.kind(), redact(fault.detail()));
  }

  /** Whatever a service repeats, the key goes nowhere. */
  private String redact(String text) {
    return text.replace(settings.key(), "…");
  }

  private RequestOptions options(HttpMethod method, String path) {
    return new RequestOptions()
        .setMethod(method)
        .setHost(settings.baseUrl().getHost())
        .setPort(settings.port())
        .setSsl(settings.secure())
        .setURI(path)
        .putHeader("x-goog-api-key", settings.key());
  }
}
