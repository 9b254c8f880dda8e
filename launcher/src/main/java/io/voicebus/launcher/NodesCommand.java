package io.voicebus.launcher;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Settings;
import io.voicebus.http.door.DoorConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** {@code voicebus nodes}: asks a running server for the nodes of its cluster. */
final class NodesCommand extends Command implements TakesSettings {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A node has some hundred bytes: what is longer is cut, and then no list of nodes. */
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final String PROBLEM = "application/problem+json";

  private final SettingSources sources;
  private final OutputStream out;

  private final Argument<String> url =
      text(
          option("--url")
              .paramLabel("<url>")
              .description(
                  "A server of the cluster (http://127.0.0.1:8080, or as host and port are set)."));

  private final Argument<Boolean> json = flag(option("--json").description("List them as JSON."));

  NodesCommand(SettingSources sources, OutputStream out) {
    super("nodes", "List the nodes of a running server, what they run and how busy they are.");
    this.sources = sources;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    Configuration configuration = sources.load();
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(PATIENCE);
    if (url.value().isEmpty()) {
      OwnCertificate.of(configuration, sources.directory()).ifPresent(client::sslContext);
    }
    nodes(client.build(), server(configuration), OwnToken.of(configuration))
        .forEach(line -> print.println(TerminalText.of(line)));
    return 0;
  }

  private String server(Configuration configuration) {
    if (!url.value().isEmpty()) {
      if (!url.value().matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
        throw new IllegalArgumentException(
            "--url is '" + url.value() + "': it must be like http://127.0.0.1:8080");
      }
      return url.value().replaceAll("/+$", "");
    }
    Settings settings = configuration.settings(Role.HTTP.word());
    String host = settings.get(DoorConfig.HOST);
    return (settings.has(DoorConfig.TLS_CERT) ? "https://" : "http://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + settings.get(DoorConfig.PORT);
  }

  /** As lines. */
  private List<String> nodes(HttpClient client, String server, Optional<String> token)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + "/v1/nodes")).timeout(PATIENCE);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    try {
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      String body;
      try (InputStream in = answer.body()) {
        body = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      }
      if (answer.statusCode() == 200) {
        JsonArray nodes = new JsonObject(body).getJsonArray("nodes");
        List<String> table = NodesTable.of(nodes);
        return json.value() ? List.of(nodes.encodePrettily()) : table;
      }
      throw refused(server, token.isPresent(), answer, body);
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException(
          "what answers at "
              + server
              + " is not Voicebus: name a Voicebus server with --url, or start one with"
              + " './voicebus serve'",
          e);
    } catch (HttpTimeoutException e) {
      throw trouble(
          FailureKind.TIMEOUT, server + " does not answer within " + PATIENCE.toSeconds() + " s");
    } catch (SSLException e) {
      throw trouble(
          FailureKind.UNAVAILABLE,
          "what listens at "
              + server
              + " cannot be talked to by TLS ("
              + cause(e)
              + "): without --url the certificate in tls-cert is trusted; with --url name the server"
              + " as its certificate does, from an authority that Java knows"
              + " (VOICEBUS_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=FILE)");
    } catch (IOException e) {
      throw trouble(
          FailureKind.UNAVAILABLE,
          "no server answers at "
              + server
              + ": start one with './voicebus serve', or name one with --url");
    }
  }

  /** The server's own reason, if it gives one; another program's server does not. */
  private static RuntimeException refused(
      String server, boolean withToken, HttpResponse<?> answer, String body) {
    int status = answer.statusCode();
    if (status == 401) {
      return trouble(
          FailureKind.UNAUTHENTICATED,
          server
              + (withToken
                  ? " has another access token: set VOICEBUS_ACCESS_TOKEN to the server's"
                  : " needs its access token: set VOICEBUS_ACCESS_TOKEN to it"));
    }
    if (!answer.headers().firstValue("Content-Type").orElse("").startsWith(PROBLEM)) {
      return new IllegalArgumentException(
          server
              + " answers "
              + status
              + " to GET /v1/nodes: is it a Voicebus server? Name another with --url");
    }
    FailureKind kind =
        status == 429
            ? FailureKind.RATE_LIMITED
            : status >= 500 ? FailureKind.UNAVAILABLE : FailureKind.INVALID_REQUEST;
    return trouble(
        kind,
        server
            + " answers "
            + status
            + ": "
            + new JsonObject(body).getString("detail", "it does not say why"));
  }

  /** What lies deepest says most: the first is of the handshake, the last of the certificate. */
  private static String cause(Throwable problem) {
    Throwable deepest = problem;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }

  private static VoicebusException trouble(FailureKind kind, String words) {
    return new VoicebusException(Stage.OWNER, kind, words);
  }
}
