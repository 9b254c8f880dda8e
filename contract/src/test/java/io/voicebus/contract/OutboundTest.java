package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
      assertThatThrownBy(() -> read(new JsonObject().put("ca-file", file.toString()), Map.of()))
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
}
