package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.voicebus.http.door.GuessLimit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use a server that has an access token. */
class AccessTest extends ServerTest {
  private static final String TOKEN = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
  private static final String OTHER = "b7d1e0c5b9a8e7d2f4c3b1a0e5d6f7a8";
  private static final String THIRD = "Zk3vQ9xT1mB7wL0sR5yN2a";
  private static final String BEARER = "Authorization: Bearer " + TOKEN;
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String BROWSER = "Accept: text/html,*/*;q=0.8";

  private String signIn(String... headers) throws Exception {
    String[] all = new String[headers.length + 1];
    all[0] = FORM;
    System.arraycopy(headers, 0, all, 1, headers.length);
    RawClient answer = call("POST", "/login", utf8("token=" + TOKEN), all);
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).isEqualTo("/");
    return answer.header("set-cookie");
  }

  private static String cookie(String setCookie) {
    return "Cookie: other=1; " + setCookie.split(";", 2)[0];
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/speak",
    "POST, /v1/turns",
    "GET, /v1/turns/x",
    "DELETE, /v1/turns/x",
    "GET, /v1/turns/x/audio",
    "GET, /v1/turns/x/events",
    "GET, /v1/turns/x/ws",
    "POST, /v1/turns/x/position",
    "GET, /v1/conversations/x",
    "DELETE, /v1/conversations/x",
    "GET, /v1/voices",
    "GET, /v1/status",
    "HEAD, /v1/status",
    "GET, /v1/nodes",
    "GET, /",
    "GET, /page/app.js",
    "POST, /logout",
    "GET, /nowhere",
    "GET, /health/live/../../v1/status",
    "GET, /login/../v1/status",
    "GET, //v1/status",
    "OPTIONS, /v1/turns",
  })
  void asksForTheTokenEverywhereButAtHealthChecks(String method, String path) throws Exception {
    serve("access-token", TOKEN);
    RawClient answer = call(method, path, NOTHING);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("www-authenticate")).startsWith("Bearer");
    if (!method.equals("HEAD")) {
      assertProblem(answer, 401, "unauthorized", "Authorization: Bearer", "/login");
    }
  }

  @Test
  void leavesHealthChecksOpen() throws Exception {
    serve("access-token", TOKEN);
    assertThat(get("/health/live").status()).isEqualTo(200);
    assertThat(get("/health/ready").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/problems/..", "/problems/%2e%2e", "/problems/%2e%2e%2fv1%2fstatus"})
  void whatLooksLikeAnOpenPathAndIsNoneIsNot(String path) throws Exception {
    serve("access-token", TOKEN);
    assertThat(get("/problems/unauthorized").status()).isEqualTo(200);
    assertProblem(get(path), 401, "unauthorized");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BEARER,
        "authorization: bearer   " + TOKEN,
        "Authorization: Bearer " + TOKEN + "\r\nAuthorization: Basic eDp5",
      })
  void letsThoseInWhoSendIt(String header) throws Exception {
    serve("access-token", TOKEN);
    assertThat(call("GET", "/v1/status", NOTHING, header).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer",
        "Authorization: Bearer x" + TOKEN,
        "Authorization: Bearer " + TOKEN + "x",
        "Authorization: Bearer 6F1D0C5B9A8E7D2F4C3B1A0E5D6F7A8B",
        "Authorization: Basic " + TOKEN,
        "Authorization: " + TOKEN,
        "Authorization: Bearer wrong\r\n" + BEARER,
        "Cookie: voicebus=" + TOKEN,
        "X: " + TOKEN,
      })
  void letsNobodyElseIn(String header) throws Exception {
    serve("access-token", TOKEN);
    assertThat(call("GET", "/v1/status", NOTHING, header).status()).isEqualTo(401);
    assertThat(get("/v1/status?access_token=" + TOKEN).status()).isEqualTo(401);
  }

  @Test
  void whoHasTheTokenMayComeUnderAnyName() throws Exception {
    serve("access-token", TOKEN);
    String name = "Host: voice.lan:8080";
    assertThat(call("GET", "/v1/status", NOTHING, name, BEARER).status()).isEqualTo(200);
    String cookie = cookie(signIn(name, "Origin: http://voice.lan:8080"));
    assertThat(call("GET", "/", NOTHING, name, cookie, BROWSER).status()).isEqualTo(200);
    RawClient posted =
        call(
            "POST",
            "/v1/turns",
            utf8("{\"prompt\":\"x\"}"),
            name,
            cookie,
            JSON,
            "Origin: http://voice.lan:8080");
    assertThat(posted.status()).isEqualTo(201);
  }

  @Test
  void pagesOfOtherOriginsStayOutWhateverTheyHave() throws Exception {
    serve("access-token", TOKEN);
    // Another port of the same host is the same site, and gets the cookie sent along.
    String cookie = cookie(signIn());
    String origin = "Origin: http://localhost:3000";
    assertProblem(
        call("POST", "/v1/speak", utf8("hello"), cookie, origin), 403, "forbidden-origin");
    assertProblem(
        call("POST", "/login", utf8("token=" + TOKEN), FORM, origin), 403, "forbidden-origin");
  }

  @Test
  void whoHasNoTokenIsToldWhereToSignInBehindTheProxy() throws Exception {
    serve("access-token", TOKEN, "public-url", "https://example.org/voice/");
    assertThat(get("/voice/v1/models").readText()).contains("sign in at /voice/login");
  }

  @Test
  void pagesThatAreListedMaySendTheToken() throws Exception {
    serve("access-token", TOKEN, "allowed-origins", "https://app.example");
    String origin = "Origin: https://app.example";
    RawClient asked =
        call(
            "OPTIONS",
            "/v1/turns",
            NOTHING,
            origin,
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization");
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("access-control-allow-headers")).contains("authorization");
    RawClient refused = call("GET", "/v1/status", NOTHING, origin);
    assertThat(refused.header("access-control-allow-origin")).isEqualTo("https://app.example");
    assertProblem(refused, 401, "unauthorized");
  }

  @Test
  void showsABrowserTheSignInPageAndLetsItInWithACookie() throws Exception {
    // given
    serve("access-token", TOKEN);
    RawClient sent = call("GET", "/", NOTHING, BROWSER);
    assertThat(sent.status()).isEqualTo(303);
    assertThat(sent.header("location")).isEqualTo("/login");
    RawClient page = call("GET", "/login", NOTHING, BROWSER);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-security-policy"))
        .contains("default-src 'none'", "style-src 'sha256-", "form-action 'self'");
    assertThat(page.header("referrer-policy")).isEqualTo("same-origin");
    assertThat(page.readText())
        .contains("<label for=\"token\">", "type=\"password\"")
        .doesNotContain("Sign out", "role=\"alert\"");
    // when
    String set = signIn();
    // then
    assertThat(set)
        .containsIgnoringCase("; HttpOnly")
        .contains("SameSite=Strict", "Path=/")
        .doesNotContain("Secure", TOKEN, "Domain", "Max-Age");
    RawClient index = call("GET", "/", NOTHING, BROWSER, cookie(set));
    assertThat(index.readText()).contains("action=\"logout\"");
    assertThat(index.header("content-security-policy")).contains("form-action 'self'");
    assertThat(call("GET", "/v1/status", NOTHING, cookie(set)).status()).isEqualTo(200);
    assertThat(call("GET", "/login", NOTHING, cookie(set)).readText()).contains("Sign out");
  }

  @Test
  void theCookieOpensSocketsAndEventStreams() throws Exception {
    // given
    serve("access-token", TOKEN);
    String cookie = cookie(signIn());
    String turn =
        call("POST", "/v1/turns", utf8("{\"prompt\":\"hello\"}"), JSON, cookie).header("location");
    // then
    RawClient events = call("GET", turn + "/events", NOTHING, cookie);
    assertThat(events.header("content-type")).isEqualTo("text/event-stream");
    String[] upgrade = {
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Origin: http://localhost",
      "X: y"
    };
    assertThat(call("GET", turn + "/ws", NOTHING, upgrade).status()).isEqualTo(401);
    upgrade[5] = cookie;
    assertThat(call("GET", turn + "/ws", NOTHING, upgrade).status()).isEqualTo(101);
  }

  @Test
  void theCookieIsOnlyForTlsBehindAProxyThatHasIt() throws Exception {
    serve("access-token", TOKEN);
    assertThat(signIn("X-Forwarded-Proto: https")).contains("Secure");
    assertThat(signIn("X-Forwarded-Proto: http")).doesNotContain("Secure");
  }

  @Test
  void signsOut() throws Exception {
    serve("access-token", TOKEN);
    String cookie = cookie(signIn());
    RawClient out = call("POST", "/logout", NOTHING, cookie, "Origin: http://localhost");
    assertThat(out.status()).isEqualTo(303);
    assertThat(out.header("location")).isEqualTo("/login");
    assertThat(out.header("set-cookie")).contains("Max-Age=0", "Path=/");
  }

  @Test
  void aWrongTokenIsToldToTheBrowserAndToPrograms() throws Exception {
    serve("access-token", TOKEN);
    RawClient page = call("POST", "/login", utf8("token=guess"), FORM);
    assertThat(page.status()).isEqualTo(401);
    assertThat(page.header("set-cookie")).isEmpty();
    assertThat(page.readText())
        .contains("role=\"alert\"", "not this server's access token")
        .doesNotContain("guess");
    RawClient problem = call("GET", "/v1/status", NOTHING, "Authorization: Bearer guess");
    assertProblem(problem, 401, "unauthorized", "VOICEBUS_ACCESS_TOKEN");
    assertThat(problem.header("www-authenticate")).contains("invalid_token");
    assertThat(call("POST", "/login", utf8("{\"token\":\"" + TOKEN + "\"}"), JSON).status())
        .isEqualTo(415);
  }

  @Test
  void slowsGuessesDownAndNeverLocksTheOwnerOut() throws Exception {
    serve("access-token", TOKEN);
    for (int i = 0; i < GuessLimit.AT_ONCE; i++) {
      String guess = "Authorization: Bearer guess" + i;
      assertThat(call("GET", "/v1/status", NOTHING, guess).status()).isEqualTo(401);
    }
    RawClient api = call("GET", "/v1/status", NOTHING, "Authorization: Bearer another");
    assertProblem(api, 429, "rate-limited", "wait");
    assertThat(api.header("retry-after")).isNotEmpty();
    RawClient page = call("POST", "/login", utf8("token=another"), FORM);
    assertThat(page.status()).isEqualTo(429);
    assertThat(page.header("retry-after")).isNotEmpty();
    assertThat(call("GET", "/v1/status", NOTHING, BEARER).status()).isEqualTo(200);
    assertThat(signIn()).isNotEmpty();
  }

  @Test
  void aForgedCookieOpensNothing() throws Exception {
    // given
    serve("access-token", TOKEN);
    String pair = signIn().split(";", 2)[0];
    String name = pair.substring(0, pair.indexOf('='));
    String value = pair.substring(pair.indexOf('=') + 1);
    long endsAt = Long.parseLong(value.substring(0, value.indexOf('.')));
    String signature = value.substring(value.indexOf('.'));
    // then: neither longer, nor unsigned, nor of another shape
    for (String forged :
        new String[] {endsAt + 1 + signature, endsAt + ".", endsAt + "", "." + signature, ""}) {
      RawClient answer = call("GET", "/v1/status", NOTHING, "Cookie: " + name + "=" + forged);
      assertThat(answer.status()).as(forged).isEqualTo(401);
    }
  }

  @Test
  void anyOfSeveralTokensOpensWhereverItsClientPutsIt(@TempDir Path folder) throws Exception {
    // given
    Path file = folder.resolve("tokens");
    Files.writeString(file, "# who may call\n\nkitchen:" + OTHER + "\nhall:" + THIRD + "\n");
    serve("access-token", "page:" + TOKEN, "access-token-file", file.toString());
    // then
    for (String token : new String[] {TOKEN, OTHER, THIRD}) {
      for (String header :
          new String[] {
            "Authorization: Bearer " + token,
            "xi-api-key: " + token,
            "Sec-WebSocket-Protocol: realtime, openai-insecure-api-key." + token,
            "xi-api-key: " + token + "\r\nAuthorization: Bearer " + token,
            "xi-api-key:\r\nAuthorization: Bearer " + token
          }) {
        assertThat(call("GET", "/v1/status", NOTHING, header).status()).as(header).isEqualTo(200);
      }
    }
    for (String header :
        new String[] {
          "xi-api-key: page:" + TOKEN,
          "xi-api-key: guess",
          "xi-api-key: guess\r\nAuthorization: Bearer " + TOKEN,
          "Sec-WebSocket-Protocol: " + TOKEN
        }) {
      assertThat(call("GET", "/v1/status", NOTHING, header).status()).as(header).isEqualTo(401);
    }
    assertThat(signIn()).isNotEmpty();
  }

  @Test
  void aBrowserSignsOutOfTheTokenThatItSignedInWith() throws Exception {
    serve("access-token", "page:" + TOKEN + ",kitchen:" + OTHER);
    String cookie = cookie(signIn());
    assertThat(call("GET", "/v1/status", NOTHING, cookie).status()).isEqualTo(200);
    assertThat(call("GET", "/login", NOTHING, cookie).readText()).contains("Sign out");
    String out = call("POST", "/logout", NOTHING, cookie).header("set-cookie");
    assertThat(out).startsWith(cookie.split("; ", 2)[1].split("=", 2)[0]).contains("Max-Age=0");
    assertThat(out).doesNotContain(", voicebus-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "voice.example", "127.0.0.1.example"})
  void beyondLoopbackNeedsATokenOrTheWillToDoWithout(String host) {
    JsonObject config = new JsonObject().put("host", host);
    assertThatThrownBy(() -> HttpSettings.from(config))
        .hasMessageContainingAll("VOICEBUS_ACCESS_TOKEN", "--insecure-http", host, "openssl");
    assertThat(HttpSettings.from(config.copy().put("insecure-http", "true")).door().tokens())
        .isNull();
    HttpSettings locked = HttpSettings.from(config.copy().put("access-token", TOKEN));
    assertThat(locked.door().tokens()).isNotNull();
    assertThat(locked.toString()).doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost", "LocalHost"})
  void loopbackNeedsNone(String host) {
    assertThat(HttpSettings.from(new JsonObject().put("host", host)).door().tokens()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "0123456789abcdef0123456789abcde",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "with blanks in the middle of it all",
        "semicolon;abcdefghijklmnopqrstuvwxyz",
        "\u00fcmlautabcdefghijklmnopqrstuvwxyz"
      })
  void aTokenThatCanBeGuessedOrCannotBeSentIsRefusedWithoutRepeatingIt(String token) {
    assertThatThrownBy(() -> HttpSettings.from(new JsonObject().put("access-token", token)))
        .hasMessageContaining("'access-token'")
        .hasMessageContaining("openssl rand")
        .hasMessageNotContaining(token);
  }

  @Test
  void withoutATokenThereIsNothingToSignInTo() throws Exception {
    serve();
    assertProblem(get("/login"), 404, "not-found");
    assertThat(call("GET", "/", NOTHING, BROWSER).readText()).doesNotContain("logout");
  }
}
