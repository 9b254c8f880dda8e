package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import java.io.EOFException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest extends ServerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: localhost.evil.example",
        "Host: evillocalhost",
        "Host: 192.0.2.1",
        "Host: evil.example:8080",
        "Host: localhost:80x",
        "Host:",
        "Host: 0.0.0.0"
      })
  void refusesANameThatIsNotListed(String host) throws Exception {
    serve();
    assertProblem(
        call("POST", "/v1/speak", utf8("hello"), host), 403, "forbidden-host", "allowed-hosts");
  }

  @Test
  void refusesTwoOrigins() throws Exception {
    serve();
    assertProblem(
        call("GET", "/", NOTHING, "Origin: http://localhost", "Origin: https://evil.example"),
        403,
        "forbidden-origin");
    assertProblem(call("GET", "/", NOTHING, "Origin:"), 403, "forbidden-origin");
  }

  @Test
  void refusesTwoNames() throws Exception {
    serve();
    assertProblem(
        call("GET", "/", NOTHING, "Host: localhost", "Host: evil.example"),
        400,
        "invalid-request",
        "the header Host once");
  }

  /** Also where any name will do, and before any token is looked at. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: y",
        "Host: localhost:99999",
        "Host: a b",
        "Host: localhost:x",
        "Host: [::1",
        "Host: %",
        "Host: localhost\r\nHost: localhost"
      })
  void aNameThatCannotBeReadIsNoFaultOfTheServer(String host) throws Exception {
    serve("access-token", "0123456789abcdef0123456789abcdef");
    for (String path : List.of("/v1/status", "/health/live")) {
      assertProblem(
          client().sendHead("GET " + path + " HTTP/1.1", host).awaitHead(),
          400,
          "invalid-request",
          "the header Host once");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1", "GET / HTTP/1.0"})
  void asksForANameThatIsMissing(String line) throws Exception {
    serve();
    assertProblem(
        client().sendHead(line).awaitHead(), 400, "invalid-request", "the header Host once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost:8080",
        "Host: LOCALHOST",
        "Host: 127.0.0.1:1",
        "Host: [::1]:8080",
        "Host: app.localhost:8080",
        "Host: localhost.",
        "Host: Localhost.:8080",
        "Host: voice.example",
        "Host: other.example:443"
      })
  void allowsTheNamesOfThisServer(String host) throws Exception {
    serve("allowed-hosts", "voice.example, Other.Example");
    assertThat(call("GET", "/v1/status", NOTHING, host).status()).isEqualTo(200);
  }

  @Test
  void answersHealthChecksUnderAnyName() throws Exception {
    serve();
    assertThat(call("GET", "/health/ready", NOTHING, "Host: 10.1.2.3").status()).isEqualTo(200);
    assertProblem(
        call("POST", "/health/live/../../v1/speak", utf8("hello"), "Host: evil.example"),
        403,
        "forbidden-host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://localhost:3000",
        "Origin: http://localhost:8080.evil.example"
      })
  void refusesPagesOfOtherOrigins(String origin) throws Exception {
    serve();
    assertProblem(
        call("POST", "/v1/speak", utf8("hello"), "Host: localhost:8080", origin),
        403,
        "forbidden-origin",
        "allowed-origins");
  }

  @Test
  void allowsItsOwnPages() throws Exception {
    serve();
    RawClient answer =
        call("GET", "/v1/status", NOTHING, "Host: localhost:8080", "Origin: http://localhost:8080");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("access-control-allow-origin")).isEmpty();
  }

  @Test
  void letsListedPagesReadTheAnswers() throws Exception {
    // given
    serve("allowed-origins", new JsonArray().add("https://app.example"));
    String origin = "Origin: https://app.example";
    // when
    RawClient asked =
        call(
            "OPTIONS",
            "/v1/audio/speech",
            NOTHING,
            origin,
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization,content-type,x-stainless-os");
    RawClient answer = call("GET", "/v1/status", NOTHING, origin);
    // then: clients of other services send headers of their own
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("access-control-allow-methods")).contains("DELETE", "PUT");
    assertThat(asked.header("access-control-allow-headers"))
        .isEqualTo("authorization,content-type,x-stainless-os");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("access-control-expose-headers")).isEqualTo("*");
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://app.example");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /v1/turns, POST",
    "DELETE, /v1/speak, 'GET, HEAD, POST, PUT'",
    "PUT, /v1/turns/x, 'DELETE, GET, HEAD'",
    "POST, /v1/turns/x/audio, 'GET, HEAD'",
    "POST, /health/live, 'GET, HEAD'"
  })
  void saysWhichMethodsThereAre(String method, String path, String allow) throws Exception {
    serve();
    RawClient answer = call(method, path, NOTHING);
    assertProblem(answer, 405, "method-not-allowed", allow);
    assertThat(answer.header("allow")).isEqualTo(allow);
    assertThat(call("OPTIONS", path, NOTHING).header("allow")).isEqualTo(allow);
  }

  @Test
  void answersUnknownPathsAndMalformedOnesWithProblems() throws Exception {
    serve();
    assertProblem(get("/v2/turns"), 404, "not-found");
    assertProblem(get("/v1/turns/x/%zz"), 400, "invalid-request");
    assertProblem(call("OPTIONS", "*", NOTHING), 400, "invalid-request");
    assertProblem(get("http://localhost/v2"), 404, "not-found");
    assertProblem(get("/" + "x".repeat(9000)), 414, "too-large");
    assertProblem(call("GET", "/", NOTHING, "X: " + "x".repeat(20_000)), 431, "too-large");
    assertProblem(client().send("what is this\r\n\r\n").awaitHead(), 400, "invalid-request");
  }

  @Test
  void cutsOffAHeadThatTricklesForeverAndAConnectionThatIsIdle() throws Exception {
    // given
    serve("request-ms", 500, "keep-alive-ms", 100);
    RawClient idle = get("/v1/status");
    idle.readAll();
    // then
    assertClosed(client().send("GET / HT"));
    assertClosed(idle);
  }

  private static void assertClosed(RawClient client) throws Exception {
    assertThatThrownBy(client::awaitHead).isInstanceOf(EOFException.class);
  }
}
