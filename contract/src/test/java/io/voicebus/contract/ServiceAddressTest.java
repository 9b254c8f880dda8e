package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAddressTest {
  private static ServiceAddress parse(String text) {
    return ServiceAddress.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "http://my_llm:8000/v1, false, my_llm, 8000, /v1",
    "https://api.example.com, true, api.example.com, 443, ''",
    "http://api.example.com/, false, api.example.com, 80, ''",
    "https://api.example.com/v1//, true, api.example.com, 443, /v1",
    "HTTPS://Api.Example.com/V1, true, Api.Example.com, 443, /V1",
    "http://[::1]:9/x, false, [::1], 9, /x",
    "http://127.0.0.1:11434, false, 127.0.0.1, 11434, ''",
    "http://müller.example/v1, false, xn--mller-kva.example, 80, /v1",
    "' http://host/v1#top ', false, host, 80, /v1",
  })
  void readsBaseUrlsAsPeopleWriteThem(
      String text, boolean secure, String host, int port, String path) {
    ServiceAddress address = parse(text);
    assertThat(address.secure()).isEqualTo(secure);
    assertThat(address.host()).isEqualTo(host);
    assertThat(address.port()).isEqualTo(port);
    assertThat(address.path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nowhere",
        "localhost:8000/v1",
        "ftp://host",
        "http://",
        "http:///v1",
        "http://a b/",
        "http://host:0",
        "http://host:99999",
        "http://host:x",
        "http://ho\\st",
        "//host"
      })
  void whatIsNoUrlOfHttpIsNone(String text) {
    assertThat(ServiceAddress.parse(text)).isEmpty();
  }

  @Test
  void aQueryComesBehindEachPath() {
    ServiceAddress address = parse("https://a.example/openai?api-version=2024-10-21");
    assertThat(address.uri("/chat")).isEqualTo("/openai/chat?api-version=2024-10-21");
    assertThat(address.uri("/x?alt=sse")).isEqualTo("/openai/x?alt=sse&api-version=2024-10-21");
    assertThat(parse("https://a.example").uri("/chat")).isEqualTo("/chat");
  }

  @Test
  void userInformationGoesIntoAHeaderAndIsNeverTold() {
    ServiceAddress address = parse("http://ann:p%40ss+w@rd@host/v1?sig=secret");
    assertThat(address.host()).isEqualTo("host");
    assertThat(address.userInfo()).isEqualTo("ann:p@ss+w@rd");
    assertThat(address.basicAuthorization()).contains("Basic YW5uOnBAc3Mrd0ByZA==");
    assertThat(address.toString()).isEqualTo("http://…@host/v1?…");
    assertThat(parse("http://host").basicAuthorization()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://ann:pass@host/v1, http://…@host/v1",
    "ann:pass@host:80, …@host:80",
    "http://host/v1?key=pass, http://host/v1?…",
    "http://ann:pa@ss@host, http://…@host",
    "http://host/a@b, http://host/a@b",
  })
  void aTextThatIsToldHidesWhatMayBeSecret(String text, String masked) {
    assertThat(ServiceAddress.masked(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1, false", "http://localhost, false", "http://[::1], false",
    "http://10.0.0.1, true", "https://10.0.0.1, false", "http://my_llm, true"
  })
  void aKeyIsExposedBeyondThisMachineWithoutTls(String text, boolean exposed) {
    assertThat(parse(text).exposesKeys()).isEqualTo(exposed);
  }
}
