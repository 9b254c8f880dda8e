package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.http.door.RequestBodies;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered before a body is looked at. */
class RequestHeadTest extends ServerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/page/style.css",
        "/page/app.js",
        "/health/live",
        "/health/ready",
        "/v1/status",
        "/v1/voices",
        "/v1/conversations/none",
        "/v1/turns/none",
        "/v1/turns/none/audio",
        "/v1/turns/none/events",
        "/nowhere"
      })
  void headIsAnsweredAsGetWithoutTheBody(String path) throws Exception {
    // given
    serve();
    RawClient got = get(path);
    // when
    RawClient head = call("HEAD", path, NOTHING);
    // then
    assertThat(head.status()).isEqualTo(got.status());
    assertThat(head.headers()).isEqualTo(got.headers());
    assertThat(head.header("content-length")).isNotEqualTo("0");
    // and no body: what follows is the next answer
    assertThat(head.request("GET", "/health/live", NOTHING).awaitHead().readText())
        .isEqualTo("{\"status\":\"up\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "TE, close", "keep-alive,Close"})
  void aConnectionIsClosedForWhoAsksForThat(String options) throws Exception {
    serve();
    RawClient client = get("/health/live");
    client.readText();
    client.request("GET", "/health/live", NOTHING, "Connection: " + options).awaitHead();
    assertThat(client.header("connection")).isEqualTo("close");
    assertThat(client.readUntilClosed()).asString().isEqualTo("{\"status\":\"up\"}");
  }

  @Test
  void aClientOfHttp10IsNotAskedForItsBody() throws Exception {
    serve();
    RawClient client =
        client()
            .sendHead(
                "POST /v1/turns HTTP/1.0",
                "Host: localhost",
                JSON,
                "Content-Length: 2",
                "Expect: 100-continue")
            .send("{}")
            .awaitHead();
    assertThat(client.status()).isEqualTo(400);
  }

  /** A proxy may go by the one name, and this server by the other. */
  @ParameterizedTest
  @CsvSource({
    "http://localhost/health/live, 200",
    "http://LOCALHOST/health/live, 200",
    "/health/live?from=http://evil.example/, 200",
    "http://evil.example/health/live, 400",
    "http://localhost:1/health/live, 400",
    "http://localhost@evil.example/health/live, 400"
  })
  void aUrlInAbsoluteFormIsOfTheHost(String url, int status) throws Exception {
    serve();
    assertThat(
            client().sendHead("GET " + url + " HTTP/1.1", "Host: localhost").awaitHead().status())
        .isEqualTo(status);
  }

  /** The system resets a connection that is closed with bytes unread: no client would see why. */
  @ParameterizedTest
  @CsvSource({
    "GET /v1/status HTTP/1.1|Host: localhost|X: , 431",
    "GET /, 414",
    "'POST /v1/speak HTTP/1.1|Host: localhost|Transfer-Encoding: chunked||zz|', 400",
    "GET / HTTP/3.7||, 505",
    "'\u0016\u0003\u0001', 400"
  })
  void aClientThatSendsOnSeesItsRefusal(String beginning, int status) throws Exception {
    serve();
    for (int i = 0; i < 3; i++) {
      try (RawClient client = new RawClient(http.actualPort())) {
        client.send(beginning.replace("|", "\r\n") + "x".repeat(8_000_000));
        assertThat(client.awaitHead().status()).isEqualTo(status);
      }
    }
  }

  @Test
  void headOfARunningTurnListensToNothing() throws Exception {
    // given
    serve();
    String turn = startTurn();
    // then: its length is what the turn waits for just then
    RawClient head = call("HEAD", turn, NOTHING);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-type")).isEqualTo("application/json");
    assertThat(head.request("GET", turn, NOTHING).awaitHead().status()).isEqualTo(200);
    RawClient events = call("HEAD", turn + "/events", NOTHING);
    assertThat(events.header("content-type")).isEqualTo("text/event-stream");
    assertThat(events.request("GET", turn, NOTHING).awaitHead().readText())
        .contains("\"attached\":false");
  }

  @Test
  void anIndexForBrowsersIsAsLongForHead() throws Exception {
    serve();
    String browser = "Accept: text/html";
    RawClient got = call("GET", "/", NOTHING, browser);
    RawClient head = call("HEAD", "/", NOTHING, browser);
    assertThat(head.headers()).isEqualTo(got.headers());
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Type: multipart/form-data; boundary=x, curl -F",
    "Content-Type: Multipart/Mixed, curl -F",
    "Content-Type: audio/wav, send text",
    "Content-Type: text/plain; charset=iso-8859-1, UTF-8",
    "Content-Encoding: gzip, without Content-Encoding",
    "'Content-Encoding: gzip, br', without Content-Encoding",
  })
  void whatIsNoTextIsRefusedBeforeItIsRead(String header, String words) throws Exception {
    serve();
    RawClient client =
        client()
            .sendHead(
                "POST /v1/speak HTTP/1.1", "Host: localhost", "Content-Length: 100000", header);
    assertProblem(client.awaitHead(), 415, "unsupported-media-type", words);
    assertThat(client.header("accept-encoding"))
        .isEqualTo(header.startsWith("Content-Enc") ? "identity" : "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/turns", "/v1/turns/x/position"})
  void encodedJsonIsRefusedEverywhere(String path) throws Exception {
    serve();
    assertProblem(
        call("POST", path, utf8("{}"), JSON, "Content-Encoding: deflate"),
        415,
        "unsupported-media-type");
    assertProblem(
        call("POST", path, utf8("{}")), 415, "unsupported-media-type", "application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/plain",
        "Content-Type: text/plain; charset=\"UTF-8\"",
        "Content-Type: text/markdown",
        "Content-Encoding: identity"
      })
  void textIsRead(String header) throws Exception {
    serve();
    send("POST", "/v1/speak", utf8("hello"), header);
    assertThat(pipeline.nextTurn().prompt().text()).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/speak", "/v1/turns"})
  void whereThereIsNoRoomForATurnItsPromptIsNotWaitedFor(String path) throws Exception {
    // given
    serve("max-turns", 1, "request-ms", 60_000);
    startTurn();
    // when: nothing of the body is sent
    RawClient client =
        client()
            .sendHead(
                "POST " + path + " HTTP/1.1", "Host: localhost", "Content-Length: 1000000", JSON);
    // then
    assertProblem(client.awaitHead(), 429, "rate-limited", "max-turns");
    assertThat(client.header("retry-after")).isNotEmpty();
    // and who asks first is not told to go on
    RawClient asks =
        client()
            .sendHead(
                "POST " + path + " HTTP/1.1",
                "Host: localhost",
                "Content-Length: 1000000",
                "Expect: 100-continue",
                JSON);
    assertProblem(asks.awaitHead(), 429, "rate-limited");
    assertThatThrownBy(asks::awaitHead).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /nothing, X: y, 404",
    "PUT, /v1/audio/speech, X: y, 405",
    "POST, /v1/turns, Origin: http://evil.example, 403",
    "POST, /v1/audio/speech, Content-Encoding: gzip, 415",
    "POST, /v1/speak?format=none, X: y, 400",
    "POST, /mcp, MCP-Protocol-Version: 1, 400",
  })
  void anAnswerWithoutTheBodyThatItsClientKeepsToItselfIsTheLastOfItsConnection(
      String method, String path, String header, int status) throws Exception {
    // given
    serve();
    // when: the client has not been asked for its body, so what it sends next is a request
    RawClient client =
        client()
            .sendHead(
                method + " " + path + " HTTP/1.1",
                "Host: localhost",
                "Content-Length: 10",
                "Expect: 100-continue",
                header,
                JSON);
    // then
    assertThat(client.awaitHead().status()).isEqualTo(status);
    assertThat(client.header("connection")).isEqualTo("close");
    client.readText();
    assertThatThrownBy(client::awaitHead).isInstanceOf(IOException.class);
  }

  @Test
  void aBodyThatWasAskedForLeavesTheConnectionOpen() throws Exception {
    // given
    serve();
    RawClient client =
        client()
            .sendHead(
                "POST /v1/turns HTTP/1.1",
                "Host: localhost",
                "Content-Length: 2",
                "Expect: 100-continue",
                JSON);
    assertThat(client.awaitHead().status()).isEqualTo(100);
    assertProblem(client.send("{}").awaitHead(), 400, "invalid-request");
    // then
    assertThat(client.request("GET", "/health/live", NOTHING).awaitHead().status()).isEqualTo(200);
  }

  @Test
  void bodiesUnderWayHoldNoMoreThanTheirRoom() throws Exception {
    // given
    serve("request-ms", 60_000);
    int each = 6 * 1024 * 1024;
    String[] head = {
      "POST /v1/turns HTTP/1.1", "Host: localhost", "Content-Length: " + (each + 1), JSON
    };
    long fit = RequestBodies.MAX_BYTES / each;
    RawClient[] clients = new RawClient[(int) fit];
    for (int i = 0; i < fit; i++) {
      clients[i] = client().sendHead(head).send(new byte[each]);
    }
    // when: they have all arrived, another one says how long it will be
    RawClient more = client();
    int status = 0;
    while (status != 503) {
      more.request("POST", "/v1/turns", utf8("[" + " ".repeat(each) + "]"), JSON).awaitHead();
      status = more.status();
      assertThat(status).isIn(400, 503);
      if (status == 503) {
        assertThat(more.header("retry-after")).isNotEmpty();
        assertThat(more.readText()).contains("try again");
      } else {
        more.readText();
      }
    }
    // then: as soon as one has gone, there is room again
    clients[0].close();
    while (status != 400) {
      more.request("POST", "/v1/turns", utf8("[" + " ".repeat(each) + "]"), JSON).awaitHead();
      status = more.status();
      more.readText();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/9.9", "PRI * HTTP/2.0", "GET / HTTP/3.0", "GET / HTTP/0.9"})
  void otherVersionsAreToldWhichThereIs(String line) throws Exception {
    serve();
    RawClient answer = client().sendHead(line, "Host: localhost").awaitHead();
    assertProblem(answer, 505, "http-version", "HTTP/1.1");
    assertThat(answer.readUntilClosed()).isEmpty();
    assertThat(get("/health/live").status()).isEqualTo(200);
  }

  @Test
  void aHandshakeOfTlsIsToldAtOnceThatThereIsNone() throws Exception {
    serve();
    RawClient answer = client().send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1}).awaitHead();
    assertProblem(answer, 400, "invalid-request", "http://");
    assertThat(answer.readUntilClosed()).isEmpty();
  }

  @Test
  void anAnswerBeforeChunksThatAreNoneIsSent() throws Exception {
    serve();
    RawClient answer =
        client()
            .send(
                "POST /nothing HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n");
    assertProblem(answer.awaitHead(), 404, "not-found");
    assertThat(answer.readUntilClosed()).isEmpty();
  }

  @Test
  void chunksThatAreNoneBehindAnAnswerThatIsUnderWayAddNothingToIt() throws Exception {
    // given
    serve();
    RawClient client =
        client()
            .sendHead(
                "POST /v1/speak?mode=say HTTP/1.1",
                "Host: localhost",
                "Transfer-Encoding: chunked");
    client.send("7\r\nHello. \r\n");
    FakeTurn turn = pipeline.nextTurn();
    turn.format(16_000).audio(new byte[320]);
    client.awaitHead();
    // when
    client.send("ZZ\r\n");
    // then: it breaks off
    assertThatThrownBy(client::readAll).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 6", "Transfer-Encoding: chunked"})
  void anAnswerThatIsTheLastOfItsConnectionEndsIt(String length) throws Exception {
    // given
    serve();
    pipeline.endsAll();
    RawClient client = client();
    // when
    client.sendHead("POST /v1/speak?mode=say HTTP/1.1", "Host: localhost", length);
    client.send(length.startsWith("C") ? "Hello." : "6\r\nHello.\r\n0\r\n\r\n");
    // then
    assertThat(client.awaitHead().header("connection")).isEqualTo("close");
    client.readAll();
    assertThat(client.readUntilClosed()).isEmpty();
  }

  @Test
  void oneConnectionTooManyIsToldSoAndFreedOnesAreTaken() throws Exception {
    // given
    serve("max-connections", 2);
    RawClient first = get("/health/live");
    get("/health/live");
    // then
    RawClient surplus = get("/v1/status");
    assertProblem(surplus, 503, "rate-limited", "max-connections");
    assertThat(surplus.header("retry-after")).isNotEmpty();
    assertThat(surplus.readUntilClosed()).isEmpty();
    RawClient check = get("/health/live");
    assertThat(check.status()).isEqualTo(200);
    // when
    check.close();
    first.close();
    // then
    int status = 503;
    while (status != 200) {
      try (RawClient next = new RawClient(http.actualPort())) {
        status = next.request("GET", "/v1/status", NOTHING).awaitHead().status();
      }
    }
  }

  @Test
  void farTooManyConnectionsAreCutOff() throws Exception {
    serve("max-connections", 1);
    RawClient[] all = new RawClient[100];
    int cut = 0;
    for (int i = 0; i < all.length; i++) {
      all[i] = client();
    }
    for (RawClient client : all) {
      try {
        client.request("GET", "/health/live", NOTHING).awaitHead();
      } catch (IOException e) {
        cut++;
      }
    }
    assertThat(cut).isEqualTo(100 - 1 - 64);
  }

  @Test
  void saysWhatAnAnswerVariesBy() throws Exception {
    serve("allowed-origins", "https://app.example");
    RawClient answer = call("GET", "/", NOTHING, "Origin: https://app.example");
    assertThat(answer.header("vary")).containsIgnoringCase("origin").contains("Accept");
    assertThat(get("/v1/status").header("vary")).isEqualTo("Origin");
  }

  @Test
  void aPageMayUseNoDevicesButThePageTheMicrophone() throws Exception {
    String token = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
    serve("access-token", token);
    assertThat(get("/login").header("permissions-policy")).contains("microphone=()", "camera=()");
    Map<String, String> headers =
        call("GET", "/", NOTHING, "Accept: text/html", "Authorization: Bearer " + token).headers();
    assertThat(headers.get("permissions-policy")).contains("microphone=(self)", "camera=()");
  }
}
