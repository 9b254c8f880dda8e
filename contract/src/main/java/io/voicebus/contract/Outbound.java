package io.voicebus.contract;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
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
  private final @Nullable TrustManagerFactory trust;
  private final List<String> warnings;

  private Outbound(ProxyRules proxies, @Nullable TrustManagerFactory trust, List<String> warnings) {
    this.proxies = proxies;
    this.trust = trust;
    this.warnings = warnings;
  }

  /**
   * Reads the settings, and what the environment and the JVM say. The first time it reads a file of
   * certificates, which is not for an event loop.
   *
   * @throws IllegalArgumentException which says what to do
   */
  public static Outbound read(Settings settings) {
    return read(settings, System.getenv(), System::getProperty);
  }

  /** Whether there are settings about it, besides what the environment and the JVM say. */
  public static boolean isSet(Settings settings) {
    return settings.has(SharedConfig.PROXY) || settings.has(SharedConfig.CA_FILE);
  }

  static Outbound read(
      Settings settings,
      Map<String, String> environment,
      UnaryOperator<@Nullable String> properties) {
    ProxyRules proxies = new ProxyRules(settings.get(SharedConfig.PROXY), environment, properties);
    String told = settings.get(SharedConfig.CA_FILE);
    if (!told.isEmpty()) {
      return new Outbound(proxies, trusting("setting 'ca-file'", Path.of(told)), List.of());
    }
    String named = environment.getOrDefault(VARIABLE, "");
    if (named.isBlank()) {
      return new Outbound(proxies, null, List.of());
    }
    if (!Files.isReadable(Path.of(named))) {
      // Other programs ignore it, too.
      return new Outbound(
          proxies,
          null,
          List.of(VARIABLE + " names " + named + ", which cannot be read: it is not used"));
    }
    return new Outbound(proxies, trusting(VARIABLE, Path.of(named)), List.of());
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
    if (trust != null) {
      options.setTrustOptions(TrustOptions.wrap(trust));
    }
    return options;
  }

  /**
   * A client whose connections do not log their failures: the caller of a request gets its failure,
   * and logs it once.
   */
  public static HttpClient client(Vertx vertx, HttpClientOptions options, PoolOptions pool) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(pool)
        .withConnectHandler(connection -> connection.exceptionHandler(ignored -> {}))
        .build();
  }

  /** What is set and has no effect. */
  public List<String> warnings() {
    return warnings;
  }

  /** Where the proxy on the way to a service is, {@code host:port}, if there is one. */
  public Optional<String> proxyTo(ServiceAddress to) {
    return proxies.of(to).map(ProxyRules.Proxy::toString);
  }

  /** The state of a file when it was read, so that the next engine need not read it again. */
  private record Known(FileTime changedAt, long bytes, TrustManagerFactory trust) {}

  private static final Map<Path, Known> READ = new ConcurrentHashMap<>();

  private static TrustManagerFactory trusting(String where, Path file) {
    Known known = READ.get(file);
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (known == null
          || known.bytes != now.size()
          || !known.changedAt.equals(now.lastModifiedTime())) {
        known = new Known(now.lastModifiedTime(), now.size(), read(where, file));
        READ.put(file, known);
      }
      return known.trust;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          where + " names " + file + ", which cannot be read: " + FileTrouble.inWords(file, e), e);
    }
  }

  private static TrustManagerFactory read(String where, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> told =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (told.isEmpty()) {
        throw new IllegalArgumentException(
            where + " names " + file + ", which has no certificate: it must be a PEM file");
      }
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int number = 0;
      for (Certificate certificate : told) {
        all.setCertificateEntry("told-" + number++, certificate);
      }
      for (X509Certificate certificate : ofJvm()) {
        all.setCertificateEntry("jvm-" + number++, certificate);
      }
      return factory(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          where + " names " + file + ", which has no usable certificates: " + e.getMessage(), e);
    }
  }

  private static X509Certificate[] ofJvm() throws GeneralSecurityException {
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager usual) {
        return usual.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
