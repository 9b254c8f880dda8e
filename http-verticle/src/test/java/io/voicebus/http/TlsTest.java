package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate of the operator's. */
class TlsTest extends ServerTest {
  private static final StandardCopyOption REPLACE = StandardCopyOption.REPLACE_EXISTING;

  @TempDir Path folder;

  /** Vert.x closes a client that nobody holds any more. */
  private final List<Object> held = new ArrayList<>();

  private <T> T hold(T client) {
    held.add(client);
    return client;
  }

  private HttpClient client(TestCertificate trusted) {
    return hold(
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(
                    new PemTrustOptions().addCertPath(trusted.certificate().toString()))
                .setVerifyHost(false)));
  }

  private HttpClientResponse get(HttpClient client, String path) throws Exception {
    return client
        .request(HttpMethod.GET, http.actualPort(), "127.0.0.1", path)
        .compose(request -> request.send())
        .await(10, TimeUnit.SECONDS);
  }

  @Test
  void servesRequestsAndSocketsOverTls() throws Exception {
    // given
    TestCertificate own = TestCertificate.make(folder, "own");
    serve("tls-cert", own.certificate().toString(), "tls-key", own.key().toString());
    HttpClient client = client(own);
    // then
    HttpClientResponse live = get(client, "/health/live");
    assertThat(live.statusCode()).isEqualTo(200);
    String links =
        client
            .request(HttpMethod.POST, http.actualPort(), "127.0.0.1", "/v1/turns")
            .compose(
                request ->
                    request
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Origin", "https://127.0.0.1:" + http.actualPort())
                        .send("{\"prompt\":\"hello\"}"))
            .compose(HttpClientResponse::body)
            .await(10, TimeUnit.SECONDS)
            .toString();
    WebSocket socket =
        hold(vertx.createWebSocketClient(
                new WebSocketClientOptions()
                    .setSsl(true)
                    .setVerifyHost(false)
                    .setTrustOptions(
                        new PemTrustOptions().addCertPath(own.certificate().toString()))))
            .connect(
                new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(http.actualPort())
                    .setURI(new JsonObject(links).getString("ws")))
            .await(10, TimeUnit.SECONDS);
    assertThat(socket.isSsl()).isTrue();
  }

  @Test
  void whatVertxHasNotSeenIsAnsweredOverTls() throws Exception {
    // given
    TestCertificate own = TestCertificate.make(folder, "own");
    serve("tls-cert", own.certificate().toString(), "tls-key", own.key().toString());
    Buffer answer = Buffer.buffer();
    Promise<Void> closed = Promise.promise();
    NetSocket socket =
        hold(vertx.createNetClient(
                new NetClientOptions()
                    .setSsl(true)
                    .setHostnameVerificationAlgorithm("")
                    .setTrustOptions(
                        new PemTrustOptions().addCertPath(own.certificate().toString()))))
            .connect(http.actualPort(), "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    socket.handler(answer::appendBuffer).endHandler(ignored -> closed.complete());
    // when
    socket.write("GET / HTTP/3.7\r\n\r\n" + "x".repeat(1_000_000));
    // then
    closed.future().await(10, TimeUnit.SECONDS);
    assertThat(answer.toString()).startsWith("HTTP/1.1 505 ");
  }

  @Test
  void itsCookieIsForTlsAlone() throws Exception {
    // given
    String token = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
    TestCertificate own = TestCertificate.make(folder, "own");
    serve(
        "tls-cert",
        own.certificate().toString(),
        "tls-key",
        own.key().toString(),
        "access-token",
        token);
    // when
    HttpClientResponse signedIn =
        client(own)
            .request(HttpMethod.POST, http.actualPort(), "127.0.0.1", "/login")
            .compose(
                request ->
                    request
                        .putHeader("Content-Type", "application/x-www-form-urlencoded")
                        .send("token=" + token))
            .await(10, TimeUnit.SECONDS);
    // then
    assertThat(signedIn.statusCode()).isEqualTo(303);
    assertThat(signedIn.getHeader("Set-Cookie")).contains("Secure");
  }

  @Test
  void aRenewedCertificateIsReadWithoutARestart() throws Exception {
    // given
    TestCertificate own = TestCertificate.make(folder, "own");
    TestCertificate next = TestCertificate.make(folder, "next");
    serve("tls-cert", own.certificate().toString(), "tls-key", own.key().toString());
    get(client(own), "/health/live");
    // when
    Files.copy(next.certificate(), own.certificate(), REPLACE);
    Files.copy(next.key(), own.key(), REPLACE);
    http.lookAtCertificate().await(10, TimeUnit.SECONDS);
    // then
    HttpClient client = client(next);
    HttpClientResponse answer = get(client, "/health/live");
    X509Certificate shown =
        (X509Certificate) answer.request().connection().peerCertificates().get(0);
    assertThat(shown.getSubjectX500Principal().getName()).contains("next");
    // and one that cannot be used changes nothing
    Files.writeString(own.certificate(), "nonsense");
    assertThat(http.lookAtCertificate().otherwiseEmpty().await(10, TimeUnit.SECONDS)).isNull();
    assertThat(get(client(next), "/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhatIsWrongWithAKey() throws Exception {
    TestCertificate own = TestCertificate.make(folder, "own");
    String certificate = own.certificate().toString();
    assertThatThrownBy(() -> HttpSettings.from(new JsonObject().put("tls-cert", certificate)))
        .hasMessageContaining("tls-key is not set");
    assertThatThrownBy(
            () ->
                HttpSettings.from(
                    new JsonObject().put("tls-cert", certificate).put("tls-key", "/nowhere")))
        .hasMessageContainingAll("'tls-key'", "/nowhere");
    Path key = Files.writeString(folder.resolve("no-key.pem"), "nonsense");
    assertThatThrownBy(() -> serve("tls-cert", certificate, "tls-key", key.toString()))
        .hasMessageContainingAll("tls-cert", "tls-key", "PEM", key.toString());
  }
}
