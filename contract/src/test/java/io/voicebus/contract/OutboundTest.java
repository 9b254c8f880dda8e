package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboundTest {
  private static Outbound read(JsonObject settings, Map<String, String> environment) {
    return Outbound.read(new Settings("gemini", settings), environment, name -> null);
  }

  private static ServiceAddress address(String url) {
    return ServiceAddress.parse(url).orElseThrow();
  }

  @Test
  void aClientGetsTheProxyWithItsUser() {
    Outbound outbound = read(new JsonObject().put("proxy", "socks5://ann:p%40ss@p:9"), Map.of());
    ProxyOptions proxy =
        outbound.apply(new HttpClientOptions(), address("https://a.example")).getProxyOptions();
    assertThat(proxy.getHost()).isEqualTo("p");
    assertThat(proxy.getPort()).isEqualTo(9);
    assertThat(proxy.getType()).isEqualTo(ProxyType.SOCKS5);
    assertThat(proxy.getUsername()).isEqualTo("ann");
    assertThat(proxy.getPassword()).isEqualTo("p@ss");
    assertThat(outbound.proxyTo(address("https://a.example"))).contains("p:9");
  }

  @Test
  void withoutSettingsAClientStaysAsItIs() {
    Outbound outbound = read(new JsonObject(), Map.of());
    HttpClientOptions options =
        outbound.apply(new HttpClientOptions(), address("https://a.example"));
    assertThat(options.getProxyOptions()).isNull();
    assertThat(options.getTrustOptions()).isNull();
    assertThat(outbound.warnings()).isEmpty();
  }

  @Test
  void aFileOfAuthoritiesThatIsNoneIsAnErrorThatNamesIt(@TempDir Path dir) throws Exception {
    Path none = dir.resolve("none.pem");
    Path text = Files.writeString(dir.resolve("text.pem"), "hello\n");
    for (Path file : new Path[] {none, text}) {
      assertThatThrownBy(
              () -> read(new JsonObject().put("ca-file", file.toString()), Map.of()).load(false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ca-file")
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void aVariableOfOthersThatNamesNoFileIsWarnedOf(@TempDir Path dir) {
    String none = dir.resolve("none.pem").toString();
    assertThat(read(new JsonObject(), Map.of("SSL_CERT_FILE", none)).warnings())
        .singleElement()
        .asString()
        .contains("SSL_CERT_FILE", none);
  }

  @Test
  void aFileThatTheEnvironmentNamesIsReadOnlyForServices(@TempDir Path dir) throws Exception {
    // given
    String text = Files.writeString(dir.resolve("text.pem"), "hello\n").toString();
    Outbound outbound = read(new JsonObject(), Map.of("SSL_CERT_FILE", text));
    // then
    outbound.load(false);
    assertThatThrownBy(() -> outbound.load(true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SSL_CERT_FILE")
        .hasMessageContaining(text);
  }

  @Test
  void aFileOfAuthoritiesIsReadAgainOnlyWhenItHasChanged(@TempDir Path dir) throws Exception {
    // given
    String one = pem(0);
    Path file = Files.writeString(dir.resolve("ca.pem"), one);
    TrustManagerFactory first = trust(file);
    // then
    assertThat(trust(file)).isSameAs(first);
    // when
    Files.writeString(file, one + pem(1));
    // then
    assertThat(trust(file)).isNotSameAs(first);
  }

  private static TrustManagerFactory trust(Path file) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      return read(new JsonObject().put("ca-file", file.toString()), Map.of())
          .apply(new HttpClientOptions(), address("https://a.example"))
          .getTrustOptions()
          .getTrustManagerFactory(vertx);
    } finally {
      vertx.close().await();
    }
  }

  /** One of the authorities that the JVM trusts. */
  private static String pem(int number) throws Exception {
    TrustManagerFactory usual =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    usual.init((KeyStore) null);
    X509TrustManager manager = (X509TrustManager) usual.getTrustManagers()[0];
    byte[] encoded = manager.getAcceptedIssuers()[number].getEncoded();
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(encoded)
        + "\n-----END CERTIFICATE-----\n";
  }
}
