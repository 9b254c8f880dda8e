package io.voicebus.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FreePorts;
import io.voicebus.contract.TextDelta;
import io.voicebus.contract.WavHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/proxies.md} has people write, in a real proxy. */
@Timeout(60)
abstract class ProxyTest extends ServerTest {
  static final Path DOCUMENT = Path.of("..", "docs", "proxies.md");

  @TempDir Path folder;
  private @Nullable ProxyServer proxy;

  /**
   * Starts the proxy as documented.
   *
   * @param front the port that it listens on
   * @param server where Voicebus is
   */
  abstract ProxyServer documented(int front, String server) throws Exception;

  @AfterEach
  void stopProxy() throws Exception {
    if (proxy != null) {
      proxy.close();
    }
  }

  int port() {
    return Objects.requireNonNull(proxy).port();
  }

  /** Makes a proxy for a server that has started. */
  interface Start {
    ProxyServer start(int front, String server) throws Exception;
  }

  void serveBehind(Start start) throws Exception {
    int front = FreePorts.one();
    serve("public-url", "http://localhost:" + front + "/voice/");
    proxy = start.start(front, "127.0.0.1:" + http.actualPort());
  }

  void serveAsDocumented() throws Exception {
    serveBehind(this::documented);
  }

  RawClient through(String method, String path, byte[] body, String... headers) throws IOException {
    RawClient client = new RawClient(port());
    String[] all = new String[headers.length + 2];
    all[0] = "Host: localhost:" + port();
    all[1] = "Origin: http://localhost:" + port();
    System.arraycopy(headers, 0, all, 2, headers.length);
    return client.request(method, "/voice" + path, body, all);
  }

  void assertAudioIsNotGathered() throws Exception {
    // when
    RawClient listener = through("POST", "/v1/speak", utf8("hello"));
    FakeTurn turn = pipeline.nextTurn().format(24_000).audio(new byte[] {1, 2});
    // then: it is there before any more is
    assertThat(listener.awaitHead().status()).isEqualTo(200);
    assertThat(listener.read(WavHeader.BYTES + 2)).endsWith(1, 2);
    turn.audio(new byte[] {3, 4});
    assertThat(listener.read(2)).containsExactly(3, 4);
    turn.finish();
    assertThat(listener.readAll()).isEmpty();
  }

  private String startedTurn() throws Exception {
    RawClient started = through("POST", "/v1/turns", utf8("{\"prompt\":\"hello\"}"), JSON);
    JsonObject links = new JsonObject(started.awaitHead().readText());
    assertThat(links.getString("events")).startsWith("/voice/v1/turns/");
    return links.getString("id");
  }

  void assertEventsComeAtOnce() throws Exception {
    String turn = startedTurn();
    FakeTurn fake = pipeline.nextTurn().text("The sky");
    RawClient reader = through("GET", "/v1/turns/" + turn + "/events", NOTHING).awaitHead();
    assertThat(reader.readEvent()).contains("event: text", "The sky");
    fake.text(" is blue");
    assertThat(reader.readEvent()).contains(" is blue");
  }

  @Test
  void audioAndEventsStreamUnbuffered() throws Exception {
    serveAsDocumented();
    assertAudioIsNotGathered();
    assertEventsComeAtOnce();
  }

  @Test
  void aWebSocketGoesThrough() throws Exception {
    // given
    serveAsDocumented();
    String turn = startedTurn();
    FakeTurn fake = pipeline.nextTurn();
    // when
    SocketClient socket =
        new SocketClient(
            vertx,
            port(),
            "/voice/v1/turns/" + turn + "/ws",
            "Origin",
            "http://localhost:" + port());
    fake.text("Hello.").format(24_000).audio(new byte[] {1, 2});
    // then
    assertThat(socket.event("text").getString("text")).isEqualTo("Hello.");
    assertThat(socket.audio(2)).containsExactly(1, 2);
  }

  @Test
  void aTextIsSpokenWhileItArrivesOverASession() throws Exception {
    // given
    serveAsDocumented();
    SocketClient socket =
        new SocketClient(
            vertx, port(), "/voice/v1/session", "Origin", "http://localhost:" + port());
    // when
    socket.say("{\"type\":\"input_text.append\",\"text\":\"Hello.\"}");
    FakeTurn turn = pipeline.nextTurn();
    // then: before there is an end
    assertThat(turn.nextWritten()).isEqualTo(new TextDelta("Hello."));
    turn.format(24_000).audio(new byte[] {1, 2});
    assertThat(socket.audio(2)).containsExactly(1, 2);
  }

  @Test
  void pagesOfOtherSitesStayOut() throws Exception {
    serveAsDocumented();
    RawClient client = through("GET", "/v1/status", NOTHING, "X-Forwarded-For: 192.0.2.1");
    assertThat(client.awaitHead().status()).isEqualTo(200);
    RawClient foreign =
        new RawClient(port())
            .request(
                "POST",
                "/voice/v1/speak",
                utf8("x"),
                "Host: localhost",
                "Origin: http://evil.example");
    assertProblem(foreign.awaitHead(), 403, "forbidden-origin");
  }

  @Test
  @Tag("slow")
  void thePageSpeaksUnderThePath() throws Exception {
    serveAsDocumented();
    try (Browser browser = new Browser()) {
      // given
      Page page = browser.openAt(port(), "/voice/", new NewPageOptions());
      page.setDefaultTimeout(20_000);
      // when
      page.getByLabel("Your prompt").fill("hello");
      page.getByLabel("Your prompt").press("Enter");
      PageTest.beginToSpeak(pipeline.nextTurn(), 24_000, 1000).finish();
      // then
      PageTest.awaitSound(page);
      assertThat(page.locator(".text")).hasText(PageTest.FIRST);
      assertThat(browser.closePages()).isEmpty();
    }
  }
}
