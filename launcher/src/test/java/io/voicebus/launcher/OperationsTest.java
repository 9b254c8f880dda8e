package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import io.voicebus.http.HttpVerticle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator of a server sees of it, and the files for Prometheus and Grafana. */
class OperationsTest {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Pattern METRIC = Pattern.compile("\\b(voicebus|jvm|process)_[a-z_]+");

  /** Of what takes a model, or a second engine. Else a rate must have a 0 to begin with. */
  private static final Set<String> RARE =
      Set.of(
          "voicebus_engine_fallbacks_total",
          "voicebus_model_requests_total",
          "voicebus_model_failures_total",
          "voicebus_model_fallbacks_total");

  private final Vertx vertx = Vertx.vertx(EventLoops.options());
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path directory;

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private static Operations.Wanted wanted(String... settings) {
    JsonObject values = new JsonObject();
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    return Operations.Wanted.of(new Settings(AllSettings.LAUNCHER, values));
  }

  private String scraped() throws Exception {
    Operations operations = new Operations(vertx, wanted(), "node");
    Configuration configuration =
        Configuration.load(
            Map.of(
                "VOICEBUS_PORT", "0", "VOICEBUS_ENGINE", "scripted", "VOICEBUS_SOURCE", "reader"),
            directory);
    Pipeline pipeline = new Pipeline(vertx, configuration).withFigures(operations::tell);
    HttpVerticle http =
        pipeline.deployStages().compose(done -> pipeline.deployHttp()).await(30, TimeUnit.SECONDS);
    String at = "http://127.0.0.1:" + http.actualPort();
    client.send(
        HttpRequest.newBuilder(URI.create(at + "/v1/speak"))
            .POST(BodyPublishers.ofString("This is one sentence. This is another one."))
            .build(),
        BodyHandlers.ofByteArray());
    HttpRequest scrape = HttpRequest.newBuilder(URI.create(at + "/metrics")).build();
    String text = client.send(scrape, BodyHandlers.ofString()).body();
    operations.close();
    return text;
  }

  @Test
  void prometheusTakesTheFiguresAndDashboardAndAlertsAskForNoOthers() throws Exception {
    // given
    String text = scraped();
    // then
    assertThat(text)
        .contains(
            "voicebus_turns_total{outcome=\"finished\"} 1.0",
            "voicebus_turns_active 0.0",
            "voicebus_engine_utterances_total{engine=\"scripted\"} 2.0",
            "voicebus_chunks_total{engine=\"scripted\",outcome=\"spoken\"} 2.0",
            "voicebus_worker_slots{state=\"free\"}",
            "voicebus_role_instances{role=\"tts\"} 1.0",
            "voicebus_turns_refused_total{reason=\"full\"} 0.0",
            "voicebus_engine_failures_total{engine=\"scripted\",kind=\"quota\"} 0.0",
            "voicebus_queue_chunks{state=\"ready\"} 0.0",
            "voicebus_http_requests_total{method=\"POST\",status=\"200\"} 1.0");
    run(ours(text), "promtool", "check", "metrics");
    // and
    Set<String> told = new TreeSet<>(RARE);
    Matcher names = Pattern.compile("(?m)^([a-z_]+)[ {]").matcher(text);
    while (names.find()) {
      told.add(names.group(1));
    }
    assertThat(told).containsAll(asked());
    Set<String> documented = metrics(Files.readString(Path.of("..", "docs", "operation.md")));
    assertThat(documented).isSubsetOf(documentable(told));
    assertThat(told)
        .filteredOn(name -> name.startsWith("voicebus_") && !isPart(name))
        .isSubsetOf(documented);
  }

  /** Without those of Micrometer, whose names are not to every rule's liking. */
  private static String ours(String text) {
    return text.lines()
        .filter(line -> line.matches("(# (HELP|TYPE) )?voicebus_.*"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** Of a histogram the document has the name without what is appended. */
  private static Set<String> documentable(Set<String> told) {
    Set<String> all = new TreeSet<>(told);
    told.forEach(name -> all.add(name.replaceFirst("_(bucket|count|sum|max)$", "")));
    return all;
  }

  private static boolean isPart(String name) {
    return name.matches(".*_(bucket|count|sum|max)");
  }

  /** What the dashboard and the alerts reckon with. */
  private static Set<String> asked() throws IOException {
    Set<String> asked =
        metrics(
            Files.readString(DEPLOY.resolve("prometheus/voicebus.rules.yml"))
                .lines()
                .filter(line -> !line.contains("description:"))
                .reduce("", (all, line) -> all + line + "\n"));
    JsonArray panels =
        new JsonObject(Files.readString(DEPLOY.resolve("grafana/voicebus.json")))
            .getJsonArray("panels");
    assertThat(panels).isNotEmpty();
    for (Object panel : panels) {
      for (Object target : ((JsonObject) panel).getJsonArray("targets")) {
        asked.addAll(metrics(((JsonObject) target).getString("expr")));
      }
    }
    return asked;
  }

  private static Set<String> metrics(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = METRIC.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  @Test
  void theAlertsComeWhenTheyShould() throws Exception {
    run("", "promtool", "check", "config", DEPLOY.resolve("prometheus/prometheus.yml").toString());
    run("", "promtool", "test", "rules", DEPLOY.resolve("prometheus/voicebus.test.yml").toString());
  }

  /** Fails with what the program says, unless it is content. */
  private static void run(String input, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> words = new ArrayList<>(List.of(command));
    assertThat(process.waitFor()).as(words + ": " + said).isZero();
  }

  @Test
  void aWrongSettingIsToldBeforeAnythingStarts() {
    assertThat(wanted("metrics-port", "9100").port()).isEqualTo(9100);
    assertThat(wanted().port()).isEqualTo(-1);
    assertThat(wanted().collector()).isEmpty();
    assertThatThrownBy(() -> wanted("metrics-port", "tcp")).hasMessageContaining("metrics-port");
    assertThatThrownBy(() -> wanted("log-format", "xml")).hasMessageContaining("json");
    assertThatThrownBy(() -> wanted("otel-exporter-otlp-endpoint", "localhost:4317"))
        .hasMessageContaining("http://host:port");
  }
}
