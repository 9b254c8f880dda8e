package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code nodes}, and servers that do not just answer. */
@Timeout(60)
@Isolated("it takes what the process writes")
class NodesCommandTest extends CommandLineBench {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final String NODES =
      "{\"nodes\":[{\"node\":\"a\",\"roles\":[{\"role\":\"tts\",\"instances\":1,\"busy\":0}]}]}";

  private static void answers(HttpServer server, int status, String type, String body) {
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  /** A key for a name that nobody here can look up, from no authority. */
  private KeyStore key() throws Exception {
    Path store = directory.resolve("key.p12");
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=voice.example.org",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(tool.waitFor()).isZero();
    return KeyStore.getInstance(store.toFile(), PASSWORD);
  }

  private static HttpsServer server(KeyStore key) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(key, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(ANY, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    answers(server, 200, "application/json", NODES);
    return server;
  }

  private String pem(KeyStore key) throws Exception {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(key.getCertificate("server").getEncoded());
    return Files.writeString(
            directory.resolve("cert.pem"),
            "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
        .toString();
  }

  @Test
  void aServerWithTheSameSettingsIsKnownByItsCertificate() throws Exception {
    KeyStore key = key();
    String certificate = pem(key);
    HttpsServer server = server(key);
    try {
      Map<String, String> settings =
          Map.of(
              "VOICEBUS_TLS_CERT",
              certificate,
              "VOICEBUS_PORT",
              "" + server.getAddress().getPort());
      assertThat(run(settings, "nodes")).as(errors()).isZero();
      assertThat(out()).contains("tts");
      // and another one, named, is not, which is told as it is
      String url = "https://127.0.0.1:" + server.getAddress().getPort();
      assertThat(run(Map.of(), "nodes", "--url", url)).isEqualTo(5);
      assertThat(errors())
          .contains("what listens at " + url + " cannot be talked to by TLS", "trustStore")
          .doesNotContain("no server answers");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anAnswerWithoutAnEndIsReadToABound() throws IOException {
    HttpServer server = HttpServer.create(ANY, 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
              body.write(NODES.getBytes(StandardCharsets.UTF_8));
            }
          }
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThat(run(Map.of(), "nodes", "--url", url)).isEqualTo(ExitCodes.USAGE);
      assertThat(errors()).contains("is not Voicebus");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatAServerRefusesIsToldInItsOwnWords() throws IOException {
    for (List<Object> each :
        List.<List<Object>>of(List.of(429, 4), List.of(403, ExitCodes.USAGE), List.of(503, 5))) {
      HttpServer server = HttpServer.create(ANY, 0);
      answers(
          server,
          (int) each.get(0),
          "application/problem+json",
          "{\"detail\":\"the reason, and what to do\"}");
      try {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        assertThat(run(Map.of(), "nodes", "--url", url)).isEqualTo(each.get(1));
        assertThat(errors())
            .contains(url + " answers " + each.get(0) + ": the reason, and what to do")
            .doesNotContain("is it a Voicebus server");
      } finally {
        server.stop(0);
      }
    }
  }

  @Test
  void aFileOfTokensThatIsNotThereIsSaidToBeMissing() {
    Map<String, String> settings = Map.of("VOICEBUS_ACCESS_TOKEN_FILE", "/nowhere/token");
    assertThat(run(settings, "nodes")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors())
        .contains("cannot read the access-token-file /nowhere/token: there is no such file");
  }
}
