package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server behind a proxy, under a name and a path that are the proxy's. */
class PublicUrlTest extends ServerTest {
  private static final String TOKEN = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
  private static final String BROWSER = "Accept: text/html,*/*;q=0.8";
  private static final String URL = "https://example.org/voice/";

  @ParameterizedTest
  @ValueSource(strings = {"/voice", ""})
  void everythingIsThereWhetherTheProxyTakesThePathAwayOrNot(String prefix) throws Exception {
    // given
    serve("public-url", URL, "insecure-http", true);
    // then
    assertThat(call("GET", prefix + "/", NOTHING, BROWSER).header("content-type"))
        .startsWith("text/html");
    assertThat(get(prefix + "/page/app.js").status()).isEqualTo(200);
    assertThat(get(prefix + "/health/live").status()).isEqualTo(200);
    RawClient started = post(prefix + "/v1/turns", "{\"prompt\":\"hello\"}");
    String turn = started.header("location");
    assertThat(turn).startsWith("/voice/v1/turns/");
    assertThat(new JsonObject(started.readText()).getString("ws")).isEqualTo(turn + "/ws");
    String id = turn.substring("/voice/v1/turns/".length());
    assertThat(get(prefix + "/v1/turns/" + id).readText()).contains(turn + "/audio");
    assertProblem(get(prefix + "/v1/nothing"), 404, "not-found");
    assertThat(call("PUT", prefix + "/v1/turns", NOTHING).status()).isEqualTo(405);
  }

  @Test
  void theProxysNameAndItsPagesAreOwn() throws Exception {
    serve("public-url", URL, "insecure-http", true);
    // Caddy passes the name on, nginx puts the server's own in its place.
    for (String host : new String[] {"Host: example.org", "Host: 127.0.0.1:8080"}) {
      RawClient started =
          call(
              "POST",
              "/v1/turns",
              utf8("{\"prompt\":\"hello\"}"),
              JSON,
              host,
              "Origin: https://example.org");
      assertThat(started.status()).as(host).isEqualTo(201);
    }
    assertProblem(call("GET", "/v1/status", NOTHING, "Host: evil.example"), 403, "forbidden-host");
    assertProblem(
        call("GET", "/v1/status", NOTHING, "Origin: https://evil.example"),
        403,
        "forbidden-origin");
  }

  @Test
  void thePathWithoutItsSlashLeadsToThePage() throws Exception {
    serve("public-url", URL, "insecure-http", true);
    RawClient led = get("/voice");
    assertThat(led.status()).isEqualTo(308);
    assertThat(led.header("location")).isEqualTo("/voice/");
    assertProblem(get("/voiceless/v1/status"), 404, "not-found");
  }

  @Test
  void browsersSignInUnderThePath() throws Exception {
    serve("public-url", URL, "access-token", TOKEN);
    assertThat(call("GET", "/voice/", NOTHING, BROWSER).header("location"))
        .isEqualTo("/voice/login");
    RawClient in =
        call(
            "POST",
            "/voice/login",
            utf8("token=" + TOKEN),
            "Content-Type: application/x-www-form-urlencoded",
            "Origin: https://example.org");
    assertThat(in.status()).isEqualTo(303);
    assertThat(in.header("location")).isEqualTo("/voice/");
    assertThat(in.header("set-cookie")).contains("Path=/voice/");
    assertThat(get("/voice/v1/status").status()).isEqualTo(401);
    assertThat(get("/voice/health/ready").status()).isEqualTo(200);
  }

  @Test
  void clientsOfOtherServicesReadTheirErrorsUnderAPath() throws Exception {
    serve("public-url", URL, "insecure-http", true);
    assertThat(get("/voice/v1/audio/nothing").readText()).contains("\"error\"");
    assertThat(get("/voice/v1/text-to-speech/x/nothing").readText()).contains("\"detail\"");
  }

  @Test
  void aServerThatOthersReachThroughAProxyNeedsATokenToo() {
    JsonObject config = new JsonObject().put("public-url", URL);
    assertThatThrownBy(() -> HttpSettings.from(config))
        .hasMessageContainingAll("VOICEBUS_ACCESS_TOKEN", "--insecure-http", "https://example.org");
    HttpSettings.from(config.copy().put("access-token", TOKEN));
    HttpSettings.from(new JsonObject().put("public-url", "http://localhost:8000/voice"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "ftp://example.org",
        "https://",
        "https://user:secret@example.org",
        "https://example.org/?x",
        "https://example.org/#x",
        "https://example.org/a//b",
        "https://example.org/a/../b",
        "https://example.org/%20",
        "https://exa mple.org"
      })
  void aUrlThatIsNoneFailsTheStart(String url) {
    assertThatThrownBy(() -> HttpSettings.from(new JsonObject().put("public-url", url)))
        .hasMessageContaining("'public-url'")
        .hasMessageContaining("https://example.org/voice/");
  }
}
