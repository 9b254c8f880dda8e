package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Prometheus scrapes a cluster of two nodes, with the repository's configuration, rules and
 * queries of the dashboard. The test is its Alertmanager, and so is told when something holds: only
 * what would take minutes is made shorter.
 */
@Timeout(120)
class PrometheusTest {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final long PATIENCE_SECONDS = 40;

  /** What the test waits for, in Prometheus' own words. */
  private static final String MILESTONES =
      """
      groups:
        - name: test
          rules:
            - alert: TestBothAreScraped
              expr: count(up{job="voicebus"} == 1) == 2
            - alert: TestTurnsAreCounted
              expr: |
                sum(increase(voicebus_turns_total{outcome="finished"}[1m])) > 0
                  and sum(increase(voicebus_turns_total{outcome="failed"}[1m])) > 0
                  and sum(increase(voicebus_engine_failures_total[1m])) > 0
            - alert: TestMoreAreCounted
              expr: |
                sum(increase(voicebus_turns_refused_total[1m])) > 0
                  and sum(increase(voicebus_speech_first_frame_seconds_count[1m])) > 0
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<ServeJvm> nodes = new ArrayList<>();
  private final Map<String, CompletableFuture<JsonObject>> alerts = new ConcurrentHashMap<>();

  @TempDir private Path directory;
  private @Nullable HttpServer alertmanager;
  private @Nullable Process prometheus;
  private String api = "";

  @AfterEach
  void end() throws InterruptedException {
    if (prometheus != null) {
      prometheus.destroyForcibly();
      prometheus.waitFor(20, TimeUnit.SECONDS);
    }
    nodes.forEach(ServeJvm::close);
    if (alertmanager != null) {
      alertmanager.stop(0);
    }
  }

  @Test
  void everyPanelHasItsDataAndAlertsComeWhenTheyShould() throws Exception {
    // given: a model and a voice that cannot be reached, and another voice; room for two turns
    int ports = FreePorts.range(24);
    String nowhere = "http://127.0.0.1:" + (ports + 20) + "/v1";
    int metrics = ports + 21;
    String bus = Integer.toString(ports);
    ServeJvm front =
        node(
            Map.of(
                "VOICEBUS_SOURCE", "openai",
                "OPENAI_BASE_URL", nowhere,
                "OPENAI_MODEL", "none",
                "OPENAI_RETRIES", "0",
                "VOICEBUS_MAX_TURNS", "2"),
            List.of("--cluster-port", bus, "--roles", "http,gemini,chunker,playback"));
    String url = front.address();
    ServeJvm speech =
        node(
            Map.of(
                "VOICEBUS_ENGINES",
                "openai,scripted",
                "OPENAI_SPEECH_BASE_URL",
                nowhere,
                "OPENAI_SPEECH_MODEL",
                "none",
                "VOICEBUS_METRICS_PORT",
                Integer.toString(metrics)),
            List.of("--cluster-port", bus, "--roles", "tts"));
    speech.ready();
    start(ports + 22, url.replace("http://", ""), "127.0.0.1:" + metrics);
    await("TestBothAreScraped");

    // when: one is heard, and one fails
    assertThat(post(url, "/v1/speak?mode=say", "This is heard. And this, too.")).isEqualTo(200);
    assertThat(post(url, "/v1/speak?mode=ask", "Why?")).isGreaterThanOrEqualTo(500);
    await("TestTurnsAreCounted");
    // and: another is heard, since an engine is known to owners of turns once it has spoken for
    // one of them; and one is refused
    assertThat(post(url, "/v1/speak?mode=say", "And this.")).isEqualTo(200);
    String turn = "{\"prompt\":\"Nobody listens to this.\",\"mode\":\"say\"}";
    assertThat(post(url, "/v1/turns", turn)).isEqualTo(201);
    assertThat(post(url, "/v1/turns", turn)).isEqualTo(201);
    assertThat(post(url, "/v1/turns", turn)).isEqualTo(429);
    await("TestMoreAreCounted");

    // then
    everyPanelHasData();
    assertThat(answer("/label/job/values?match[]=voicebus_turns_total").getJsonArray("data"))
        .as("what the dashboard's variable asks for")
        .containsExactly("voicebus");
    everyRuleIsEvaluated();
    assertThat(numbers("voicebus:worker_busy:percent")).isNotEmpty();

    // when: the only one who speaks is killed, while turns want to be heard
    HttpRequest unheard = request(url, "/v1/speak?mode=say", "Who is there to say this?");
    speech.kill();
    client.sendAsync(unheard, BodyHandlers.ofByteArray());

    // then
    assertThat(await("VoicebusDown").getString("instance")).isEqualTo("127.0.0.1:" + metrics);
    await("VoicebusRoleMissing");
    await("VoicebusRefuses");
    await("VoicebusTurnsFail");
    assertThat(await("VoicebusEngineFails").getString("engine")).isEqualTo("openai");
    assertThat(alerts.keySet()).doesNotContain("VoicebusNotScraped");
  }

  private ServeJvm node(Map<String, String> settings, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("--cluster", "--port", "0"));
    all.addAll(arguments);
    ServeJvm node = ServeJvm.start(settings, all);
    nodes.add(node);
    return node;
  }

  private static HttpRequest request(String url, String path, String body) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Content-Type", body.startsWith("{") ? "application/json" : "text/plain")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private int post(String url, String path, String body) throws Exception {
    return client.send(request(url, path, body), BodyHandlers.ofByteArray()).statusCode();
  }

  /** Starts Prometheus, with the repository's files, but that nothing takes minutes. */
  private void start(int port, String... targets) throws IOException {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    alertmanager = receiver;
    receiver.createContext("/", this::alerted);
    receiver.start();
    String configuration = Files.readString(DEPLOY.resolve("prometheus/prometheus.yml"));
    Files.writeString(
        directory.resolve("prometheus.yml"),
        replaced(
                configuration,
                Map.of(
                    "_interval: 15s", "_interval: 500ms",
                    "- voicebus.rules.yml", "- \"*.rules.yml\"",
                    "[\"127.0.0.1:8080\"]", new JsonArray(List.of(targets)).encode()))
            + "alerting:\n  alertmanagers:\n    - static_configs:\n        - targets: [\"127.0.0.1:"
            + receiver.getAddress().getPort()
            + "\"]\n");
    Files.writeString(
        directory.resolve("voicebus.rules.yml"),
        Files.readString(DEPLOY.resolve("prometheus/voicebus.rules.yml"))
            .replaceAll("for: \\d+m", "for: 1s"));
    Files.writeString(directory.resolve("test.rules.yml"), MILESTONES);
    api = "http://127.0.0.1:" + port + "/api/v1";
    prometheus =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
  }

  private static String replaced(String text, Map<String, String> what) {
    String all = text;
    for (Map.Entry<String, String> each : what.entrySet()) {
      assertThat(all).contains(each.getKey());
      all = all.replace(each.getKey(), each.getValue());
    }
    return all;
  }

  /** What Prometheus says to an Alertmanager: alerts that hold, and those that no longer do. */
  private void alerted(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (Object each : new JsonArray(body)) {
      JsonObject alert = (JsonObject) each;
      if (alert.getInstant("endsAt").isAfter(Instant.now())) {
        JsonObject labels = alert.getJsonObject("labels");
        alert(labels.getString("alertname")).complete(labels);
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private CompletableFuture<JsonObject> alert(String name) {
    return alerts.computeIfAbsent(name, first -> new CompletableFuture<>());
  }

  /** The labels of an alert, once it fires. */
  private JsonObject await(String name) throws Exception {
    try {
      return alert(name).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      List<String> fired =
          alerts.entrySet().stream()
              .filter(each -> each.getValue().isDone())
              .map(Map.Entry::getKey)
              .toList();
      throw new AssertionError(
          name
              + " does not fire; but "
              + fired
              + "\n"
              + Files.readString(directory.resolve("log"))
              + answer("/rules").encodePrettily(),
          e);
    }
  }

  private JsonObject answer(String path) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(api + path.replace("[]", "%5B%5D"))).build(),
            BodyHandlers.ofString());
    JsonObject body = new JsonObject(answer.body());
    assertThat(body.getString("status")).as(path + ": " + answer.body()).isEqualTo("success");
    return body;
  }

  /** What a query gives now, without what is no number. */
  private List<Double> numbers(String query) throws Exception {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    JsonArray result =
        answer("/query?query=" + encoded).getJsonObject("data").getJsonArray("result");
    return objects(result)
        .map(series -> Double.parseDouble(series.getJsonArray("value").getString(1)))
        .filter(value -> !value.isNaN())
        .toList();
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }

  private void everyPanelHasData() throws Exception {
    JsonObject dashboard =
        new JsonObject(Files.readString(DEPLOY.resolve("grafana/voicebus.json")));
    Map<String, String> empty = new TreeMap<>();
    int queries = 0;
    for (JsonObject panel : objects(dashboard.getJsonArray("panels")).toList()) {
      for (JsonObject target : objects(panel.getJsonArray("targets")).toList()) {
        // As Grafana does, for all jobs.
        String query =
            target.getString("expr").replace("$job", ".*").replace("$__rate_interval", "1m");
        assertThat(query).doesNotContain("$");
        queries++;
        if (numbers(query).isEmpty()) {
          empty.put(panel.getString("title"), query);
        }
      }
    }
    assertThat(queries).isGreaterThan(20);
    assertThat(empty).isEmpty();
  }

  private void everyRuleIsEvaluated() throws Exception {
    List<JsonObject> rules =
        objects(answer("/rules").getJsonObject("data").getJsonArray("groups"))
            .flatMap(group -> objects(group.getJsonArray("rules")))
            .toList();
    assertThat(rules).hasSizeGreaterThan(12);
    assertThat(rules)
        .allSatisfy(
            rule -> {
              assertThat(rule.getString("health")).as(rule.encode()).isEqualTo("ok");
              assertThat(rule.getString("lastError", "")).isEmpty();
            });
  }
}
