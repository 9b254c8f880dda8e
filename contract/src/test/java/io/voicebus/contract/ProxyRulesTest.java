package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyRulesTest {
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private String setting = "";

  private String of(String url) {
    return new ProxyRules(setting, environment, properties::get)
        .of(ServiceAddress.parse(url).orElseThrow())
        .map(Object::toString)
        .orElse("none");
  }

  @Test
  void withoutAnyThereIsNone() {
    assertThat(of("https://a.example")).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY, https://a.example, p:8080", "HTTPS_PROXY, http://a.example, none",
    "HTTP_PROXY, http://a.example, p:8080", "HTTP_PROXY, https://a.example, none",
    "https_proxy, https://a.example, p:8080", "ALL_PROXY, https://a.example, p:8080",
    "HTTPS_PROXY, https://127.0.0.1:1, none", "ALL_PROXY, http://localhost, none",
  })
  void theEnvironmentSaysWhichProxyIsForWhichScheme(String name, String url, String proxy) {
    environment.put(name, "http://p:8080");
    assertThat(of(url)).isEqualTo(proxy);
  }

  @ParameterizedTest
  @CsvSource({
    "p, p:3128",
    "p:8080, p:8080",
    "http://p, p:3128",
    "http://p:8080/, p:8080",
    "socks5://p, p:1080",
    "socks5h://p:9, p:9",
    "http://ann:pass@p:8080, p:8080",
  })
  void proxiesAreWrittenInManyWays(String value, String proxy) {
    environment.put("HTTPS_PROXY", value);
    assertThat(of("https://a.example")).isEqualTo(proxy);
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, none",
    "example, none",
    ".example, none",
    "b.example, p:1",
    "*, none",
    "'x, a.example', none",
    "a.example:443, none",
    "a.example:80, p:1",
    "*.example, none",
    "ample, p:1",
    "'', p:1",
  })
  void noProxyNamesHostsAndWhatIsBelowThem(String noProxy, String proxy) {
    environment.put("HTTPS_PROXY", "p:1");
    environment.put("NO_PROXY", noProxy);
    assertThat(of("https://a.example")).isEqualTo(proxy);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.1.2.3, none", "10.0.0.0/8, 11.1.2.3, p:1", "10.1.2.3, 10.1.2.3, none",
    "0.0.0.0/0, 10.1.2.3, none", "10.0.0.0/99, 10.1.2.3, p:1", "10.0.0.0/8, a.example, p:1",
  })
  void noProxyNamesBlocksOfAddresses(String noProxy, String host, String proxy) {
    environment.put("HTTP_PROXY", "p:1");
    environment.put("no_proxy", noProxy);
    assertThat(of("http://" + host)).isEqualTo(proxy);
  }

  @Test
  void thePropertiesOfTheJvmComeBeforeTheEnvironment() {
    environment.put("HTTPS_PROXY", "p:1");
    properties.put("https.proxyHost", "q");
    properties.put("https.proxyPort", "2");
    properties.put("http.nonProxyHosts", "*.local|b.example");
    assertThat(of("https://a.example")).isEqualTo("q:2");
    assertThat(of("https://c.local")).isEqualTo("p:1");
    assertThat(of("http://a.example")).isEqualTo("none");
  }

  @Test
  void theSettingComesBeforeAllAndMayRuleThemOut() {
    environment.put("HTTPS_PROXY", "p:1");
    setting = "http://r:3";
    assertThat(of("https://a.example")).isEqualTo("r:3");
    setting = "none";
    assertThat(of("https://a.example")).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({"https://ann:pass@p:1", "'http://ann:pass@p 1'", "ftp://p"})
  void whatIsNotUnderstoodIsToldWithoutItsPassword(String value) {
    environment.put("HTTPS_PROXY", value);
    assertThatThrownBy(() -> of("https://a.example"))
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageContaining("http://host:3128")
        .hasMessageNotContaining("pass");
  }
}
