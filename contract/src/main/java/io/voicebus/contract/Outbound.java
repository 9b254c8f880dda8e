package io.voicebus.contract;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How services on the network are reached from here: the same for models and for voices.
 *
 * <p>Settings: {@link SharedConfig#PROXY}, see {@link ProxyRules}, and {@link
 * SharedConfig#CA_FILE}.
 */
public final class Outbound {
  private static final String VARIABLE = "SSL_CERT_FILE";

  private final ProxyRules proxies;
  private final @Nullable Path authorities;

  /** Whether a setting names the file of authorities, and not only the environment. */
  private final boolean set;

  private final List<String> warnings;

  private Outbound(
      ProxyRules proxies, @Nullable Path authorities, boolean set, List<String> warnings) {
    this.proxies = proxies;
    this.authorities = authorities;
    this.set = set;
    this.warnings = warnings;
  }

  /**
   * Reads the settings, and what the environment and the JVM say; but no file of certificates, see
   * {@link #loaded}.
   *
   * @throws IllegalArgumentException which says what to do
   */
  public static Outbound read(Settings settings) {
    return read(settings, System.getenv(), System::getProperty);
  }

  static Outbound read(
      Settings settings,
      Map<String, String> environment,
      UnaryOperator<@Nullable String> properties) {
    ProxyRules proxies = new ProxyRules(settings.get(SharedConfig.PROXY), environment, properties);
    String told = settings.get(SharedConfig.CA_FILE);
    if (!told.isEmpty()) {
      return new Outbound(proxies, Path.of(told), true, List.of());
    }
    String named = environment.getOrDefault(VARIABLE, "");
    if (named.isBlank()) {
      return new Outbound(proxies, null, false, List.of());
    }
    if (!Files.isReadable(Path.of(named))) {
      // Other programs ignore it, too.
      return new Outbound(
          proxies,
          null,
          false,
          List.of(VARIABLE + " names " + named + ", which cannot be read: it is not used"));
    }
    return new Outbound(proxies, Path.of(named), false, List.of());
  }

  /**
   * Reads the file of certificates on a worker thread, once for the process: it takes a tenth of a
   * second. A file that the environment names is read only for services; one that a setting names,
   * always, so that a faulty setting fails the start.
   *
   * @param asked whether a service is to be asked
   * @return this; or fails with an {@link IllegalArgumentException} which says what to do
   */
  public Future<Outbound> loaded(Vertx vertx, boolean asked) {
    if (!reads(asked)) {
      return Future.succeededFuture(this);
    }
    return vertx.executeBlocking(
        () -> {
          load(asked);
          return this;
        },
        false);
  }

  /**
   * Does the same on this thread.
   *
   * @throws IllegalArgumentException which says what to do
   */
  public void load(boolean asked) {
    if (authorities != null && reads(asked)) {
      trust(authorities);
    }
  }

  private boolean reads(boolean asked) {
    return authorities != null && (asked || set);
  }

  private TrustManagerFactory trust(Path file) {
    return TrustFile.read(set ? "setting 'ca-file'" : VARIABLE, file);
  }

  /**
   * Sets what a client needs that connects to a service, and to nothing else.
   *
   * @throws IllegalArgumentException for a proxy that is not understood
   */
  public <O extends ClientOptionsBase> O apply(O options, ServiceAddress to) {
    proxies
        .of(to)
        .ifPresent(
            proxy -> {
              ProxyOptions way =
                  new ProxyOptions()
                      .setHost(proxy.host())
                      .setPort(proxy.port())
                      .setType(
                          switch (proxy.socks()) {
                            case 4 -> ProxyType.SOCKS4;
                            case 5 -> ProxyType.SOCKS5;
                            default -> ProxyType.HTTP;
                          });
              if (!proxy.user().isEmpty()) {
                way.setUsername(proxy.user()).setPassword(proxy.password());
              }
              options.setProxyOptions(way);
            });
    if (authorities != null) {
      options.setTrustOptions(TrustOptions.wrap(trust(authorities)));
    }
    return options;
  }

  /**
   * A client whose connections do not log their failures: the caller of a request gets its failure,
   * and logs it once. The system is asked for names that Vert.x does not resolve.
   */
  public static HttpClient client(Vertx vertx, HttpClientOptions options, PoolOptions pool) {
    HttpClient client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(pool)
            .withConnectHandler(connection -> connection.exceptionHandler(ignored -> {}))
            .build();
    return new NamingClient(client, new SystemNames(vertx, options.getProxyOptions()));
  }

  private record NamingClient(HttpClient inner, SystemNames names) implements HttpClient {
    @Override
    public Future<HttpClientRequest> request(RequestOptions options) {
      return names.connect(options, RequestOptions::new, inner::request);
    }

    @Override
    public Future<Void> shutdown(long timeout, TimeUnit unit) {
      return inner.shutdown(timeout, unit);
    }
  }

  /** What is set and has no effect. */
  public List<String> warnings() {
    return warnings;
  }

  /** Where the proxy on the way to a service is, {@code host:port}, if there is one. */
  public Optional<String> proxyTo(ServiceAddress to) {
    return proxies.of(to).map(ProxyRules.Proxy::toString);
  }
}
