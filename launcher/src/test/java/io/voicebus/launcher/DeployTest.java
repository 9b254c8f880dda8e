package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.http.HttpConfig;
import io.voicebus.http.HttpVerticle;
import io.voicebus.http.door.DoorConfig;
import io.voicebus.http.door.Guard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What is made for Docker and Kubernetes says to them what they understand, by schemas that {@code
 * npm ci} installs in {@code deploy/test}, as {@code ./check} does; and to Voicebus what it
 * understands.
 */
class DeployTest {
  private static final Path DEPLOY = Path.of("..", "deploy");

  /** Where a pod's secrets are. */
  private static final String SECRETS = "/etc/voicebus/secrets/";

  private static final String KEYS = "/etc/voicebus/cluster-keys";

  /** To leave the cluster, and for what else comes after the turns. */
  private static final Duration TO_LEAVE = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private List<JsonObject> resources = List.of();

  @BeforeEach
  void readTheManifests() throws IOException {
    resources = documents(DEPLOY.resolve("kubernetes/voicebus.yaml"));
    Path keys = Files.createDirectories(directory.resolve(KEYS.substring(1)));
    Files.writeString(keys.resolve(NodeKeys.KEY_STORE), "");
    Files.createDirectories(directory.resolve(SECRETS.substring(1)));
  }

  private static List<JsonObject> documents(Path file) throws IOException {
    List<JsonObject> all = new ArrayList<>();
    LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    for (Object document : new Load(settings).loadAllFromString(Files.readString(file))) {
      all.add(new JsonObject(io.vertx.core.json.Json.encode(document)));
    }
    return all;
  }

  private List<JsonObject> all(String kind) {
    return resources.stream().filter(each -> each.getString("kind").equals(kind)).toList();
  }

  private List<JsonObject> pods() {
    return all("Deployment").stream().map(each -> at(each, "spec.template.spec")).toList();
  }

  private static JsonObject container(JsonObject pod) {
    assertThat(pod.getJsonArray("containers")).hasSize(1);
    return pod.getJsonArray("containers").getJsonObject(0);
  }

  private static JsonObject at(JsonObject object, String path) {
    JsonObject found = object;
    for (String name : path.split("\\.", -1)) {
      found = found.getJsonObject(name);
      assertThat(found).as(path).isNotNull();
    }
    return found;
  }

  private static Stream<JsonObject> each(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }

  /** What a container's process finds in its environment; secrets are in the temporary folder. */
  private Map<String, String> environment(JsonObject container) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    for (JsonObject variable : each(container.getJsonArray("env")).toList()) {
      String value =
          variable.containsKey("value")
              ? variable.getString("value")
              : switch (at(variable, "valueFrom.fieldRef").getString("fieldPath")) {
                case "status.podIP" -> "127.0.0.1";
                case "metadata.name" -> "voicebus-front-5f7d9";
                case "metadata.namespace" -> "voice";
                default -> throw new AssertionError(variable.encode());
              };
      for (Map.Entry<String, String> before : found.entrySet()) {
        value = value.replace("$(" + before.getKey() + ")", before.getValue());
      }
      assertThat(value).doesNotContain("$(");
      if (value.startsWith(SECRETS)) {
        Path secret = directory.resolve(value.substring(1));
        Files.writeString(secret, "0123456789abcdef0123456789abcdef");
        value = secret.toString();
      } else if (value.equals(KEYS)) {
        value = directory.resolve(KEYS.substring(1)).toString();
      }
      found.put(variable.getString("name"), value);
    }
    return found;
  }

  @Test
  void dockerAndKubernetesUnderstandAllOfIt() throws Exception {
    assertThat(schemas(DEPLOY)).isEmpty();
  }

  /** Most of what is mistyped would be no mistake to a schema by itself. */
  @Test
  void theSchemasFindWhatIsMistyped() throws Exception {
    // given
    Path copy = directory.resolve("deploy");
    Files.createDirectories(copy.resolve("kubernetes"));
    mistype(copy, "compose.yaml", Map.of("mem_limit:", "memory_limit:"));
    mistype(
        copy,
        "kubernetes/voicebus.yaml",
        Map.of(
            "maxReplicas: 20", "maxReplicas: many",
            "containerPort: 7800", "containersPort: 7800",
            "runAsNonRoot:", "runAsNoRoot:"));
    // then
    assertThat(schemas(copy))
        .contains(
            "memory_limit",
            "/spec/maxReplicas undefined {\"type\":\"integer\"}",
            "{\"missingProperty\":\"containerPort\"}",
            "/securityContext/runAsNoRoot is not known");
  }

  private static void mistype(Path folder, String file, Map<String, String> wrong)
      throws IOException {
    String text = Files.readString(DEPLOY.resolve(file));
    for (Map.Entry<String, String> each : wrong.entrySet()) {
      assertThat(text).contains(each.getKey());
      text = text.replace(each.getKey(), each.getValue());
    }
    Files.writeString(folder.resolve(file), text);
  }

  /** It has no parent: with Maven's own plugins a release would fail at it, when others are out. */
  @Test
  void theListOfVersionsIsInstalledAndDeployedAsAllModulesAre() throws Exception {
    Pattern plugin =
        Pattern.compile(
            "<artifactId>maven-(install|deploy)-plugin</artifactId>\\s*<version>[^<]+</version>");
    List<String> ofAll = found(plugin, Path.of("..", "pom.xml"));
    assertThat(ofAll).hasSize(2);
    assertThat(found(plugin, Path.of("..", "bom", "pom.xml"))).isEqualTo(ofAll);
  }

  private static List<String> found(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map(each -> each.group().replaceAll("\\s", ""))
        .toList();
  }

  @Test
  void gitHubUnderstandsItsWorkflow() throws Exception {
    assertThat(node("workflow.mjs", Path.of("..", ".github", "workflows"))).isEmpty();
  }

  @Test
  void whatIsMistypedInAWorkflowIsFound() throws Exception {
    // given
    String workflow = Files.readString(Path.of("..", ".github", "workflows", "check.yml"));
    assertThat(workflow).contains("timeout-minutes:", "${{ github.ref }}");
    Files.writeString(
        directory.resolve("check.yml"),
        workflow
            .replace("timeout-minutes:", "timeout-minute:")
            .replace("${{ github.ref }}", "${{ github.rev }}"));
    // then
    assertThat(node("workflow.mjs", directory)).contains("\"timeout-minute\"", "\"rev\"");
  }

  /** What the schemas say of the files in a folder; empty for nothing. */
  private static String schemas(Path folder) throws Exception {
    return node("check.mjs", folder);
  }

  /** What a program says of a folder; it fails if that is anything. */
  private static String node(String program, Path folder) throws Exception {
    Process node =
        new ProcessBuilder("node", program, folder.toRealPath().toString())
            .directory(DEPLOY.resolve("test").toFile())
            .redirectErrorStream(true)
            .start();
    node.getOutputStream().close();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor() == 0).as(said).isEqualTo(said.isEmpty());
    return said;
  }

  @Test
  void voicebusUnderstandsWhatEachPodSetsAndEveryRoleRunsSomewhere() throws Exception {
    TreeSet<String> roles = new TreeSet<>();
    for (JsonObject pod : pods()) {
      // when
      Configuration configuration =
          Configuration.load(environment(container(pod)), directory, Map.of());
      ClusterSettings cluster =
          ClusterSettings.of(configuration.launcher(), directory, () -> directory.resolve("own"));
      HttpVerticle.check(configuration.of(Role.HTTP.word()));
      roles.addAll(configuration.launcher().get(LauncherConfig.ROLES));
      // then
      assertThat(configuration.notes()).isEmpty();
      assertThat(cluster.keys()).as("nobody joins without keys").isPresent();
      assertThat(cluster.ownKeys()).as("which all pods share").isFalse();
      assertThat(cluster.peers().name())
          .as("whole: the DNS is asked for it as it is")
          .isEqualTo("voicebus-nodes.voice.svc.cluster.local");
      Map<String, Integer> ports = ports(container(pod));
      assertThat(ports)
          .containsEntry("cluster", cluster.port())
          .containsEntry("bus", cluster.busPort())
          .containsEntry("sockets", cluster.port() + 100)
          .containsEntry("metrics", configuration.launcher().get(LauncherConfig.METRICS_PORT));
      if (ports.containsKey("http")) {
        assertThat(ports)
            .containsEntry("http", configuration.settings("http").get(DoorConfig.PORT));
        assertThat(configuration.value(DoorConfig.ACCESS_TOKEN_FILE)).isPresent();
      }
    }
    assertThat(roles)
        .containsExactlyInAnyOrderElementsOf(Stream.of(Role.values()).map(Role::word).toList());
  }

  /**
   * A secret's item that is missing would keep the pod waiting for ever, with nothing in its log.
   */
  @Test
  void aPodStartsWithoutTheKeysOfServices() {
    for (JsonObject pod : pods()) {
      List<JsonObject> secrets =
          each(pod.getJsonArray("volumes"))
              .filter(volume -> volume.getString("name").equals("secrets"))
              .map(volume -> volume.getJsonObject("secret"))
              .toList();
      assertThat(secrets).hasSize(1);
      assertThat(secrets.get(0).getBoolean("optional")).isTrue();
    }
  }

  private static Map<String, Integer> ports(JsonObject container) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    each(container.getJsonArray("ports"))
        .forEach(port -> ports.put(port.getString("name"), port.getInteger("containerPort")));
    return ports;
  }

  @Test
  void noSecretIsAValueAndEachFileOfOneIsMounted() {
    for (JsonObject pod : pods()) {
      List<String> mounted =
          each(pod.getJsonArray("volumes"))
              .filter(volume -> volume.getString("name").equals("secrets"))
              .flatMap(volume -> each(at(volume, "secret").getJsonArray("items")))
              .map(item -> SECRETS + item.getString("path"))
              .toList();
      List<String> asked =
          each(container(pod).getJsonArray("env"))
              .filter(variable -> variable.getString("name").matches(".*(KEY|TOKEN|SECRET).*_FILE"))
              .map(variable -> variable.getString("value"))
              .toList();
      assertThat(asked).containsExactlyInAnyOrderElementsOf(mounted);
      assertThat(each(container(pod).getJsonArray("env")).map(each -> each.getString("name")))
          .noneMatch(name -> name.matches(".*(_API_KEY|_TOKEN)"));
    }
  }

  @Test
  void probesAskWhatIsServedWithoutAToken() {
    for (JsonObject pod : pods()) {
      JsonObject container = container(pod);
      for (String kind : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        JsonObject asked = at(container, kind + ".httpGet");
        assertThat(Guard.HEALTH).contains(asked.getString("path"));
        assertThat(ports(container)).containsKey(asked.getString("port"));
      }
      assertThat(at(container, "readinessProbe.httpGet").getString("path"))
          .isEqualTo("/health/ready");
      assertThat(at(container, "livenessProbe.httpGet").getString("path"))
          .as("a node that waits for others is not restarted")
          .isEqualTo("/health/live");
    }
  }

  @Test
  void turnsUnderWayMayFinishBeforeAPodIsKilled() throws Exception {
    for (JsonObject pod : pods()) {
      JsonObject container = container(pod);
      Configuration configuration = Configuration.load(environment(container), directory, Map.of());
      long before =
          container.containsKey("lifecycle")
              ? at(container, "lifecycle.preStop.sleep").getLong("seconds")
              : 0;
      assertThat(Duration.ofSeconds(pod.getLong("terminationGracePeriodSeconds")))
          .isGreaterThanOrEqualTo(
              ServeCommand.drain(configuration).plusSeconds(before).plus(TO_LEAVE));
      assertThat(ports(container).containsKey("http"))
          .as("a pod gets no more requests before it stops")
          .isEqualTo(before > 0);
    }
  }

  @Test
  void podsMayDoNothingThatTheyNeedNot() {
    for (JsonObject pod : pods()) {
      assertThat(at(pod, "securityContext").getBoolean("runAsNonRoot")).isTrue();
      assertThat(at(pod, "securityContext.seccompProfile").getString("type"))
          .isEqualTo("RuntimeDefault");
      assertThat(pod.getBoolean("automountServiceAccountToken")).isFalse();
      assertThat(pod.getBoolean("enableServiceLinks")).isFalse();
      JsonObject container = at(container(pod), "securityContext");
      assertThat(container.getBoolean("allowPrivilegeEscalation")).isFalse();
      assertThat(container.getBoolean("readOnlyRootFilesystem")).isTrue();
      assertThat(at(container, "capabilities").getJsonArray("drop")).containsExactly("ALL");
      assertThat(at(container(pod), "resources.limits").getString("memory")).isNotBlank();
    }
  }

  @Test
  void whatSelectsPodsSelectsSome() {
    List<Map<String, Object>> labels =
        all("Deployment").stream()
            .map(each -> at(each, "spec.template.metadata.labels").getMap())
            .toList();
    List<JsonObject> selectors = new ArrayList<>();
    all("Service").forEach(each -> selectors.add(at(each, "spec.selector")));
    all("NetworkPolicy").forEach(each -> selectors.add(at(each, "spec.podSelector.matchLabels")));
    all("PodDisruptionBudget")
        .forEach(each -> selectors.add(at(each, "spec.selector.matchLabels")));
    all("Deployment").forEach(each -> selectors.add(at(each, "spec.selector.matchLabels")));
    assertThat(selectors)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            selector ->
                assertThat(labels)
                    .anyMatch(label -> label.entrySet().containsAll(selector.getMap().entrySet())));
    JsonObject nodes =
        all("Service").stream()
            .filter(each -> at(each, "metadata").getString("name").equals("voicebus-nodes"))
            .findFirst()
            .orElseThrow();
    assertThat(at(nodes, "spec").getString("clusterIP")).isEqualTo("None");
    assertThat(at(nodes, "spec").getBoolean("publishNotReadyAddresses"))
        .as("a node is ready only when it has met the others")
        .isTrue();
  }

  @Test
  void speechScalesOnAFigureThatPrometheusRecordsOfOurs() throws Exception {
    // given
    JsonObject scaler = all("HorizontalPodAutoscaler").get(0);
    JsonObject adapter = documents(DEPLOY.resolve("kubernetes/prometheus-adapter.yaml")).get(0);
    JsonObject rule = at(adapter, "rules").getJsonArray("custom").getJsonObject(0);
    String rules = Files.readString(DEPLOY.resolve("prometheus/voicebus.rules.yml"));
    // then
    assertThat(all("Deployment").stream().map(each -> at(each, "metadata").getString("name")))
        .contains(at(scaler, "spec.scaleTargetRef").getString("name"));
    JsonObject metric = at(scaler, "spec").getJsonArray("metrics").getJsonObject(0);
    assertThat(at(metric, "pods.metric").getString("name"))
        .isEqualTo(at(rule, "name").getString("as"));
    String recorded = rule.getString("seriesQuery").replaceFirst(".*__name__=\"([^\"]*)\".*", "$1");
    assertThat(rules).contains("- record: " + recorded + "\n");
  }

  @Test
  void theImageStartsAServerWithTheOptionsOfTheStartScript() throws Exception {
    // given
    String script = Files.readString(Path.of("..", "voicebus"));
    String serve = script.substring(script.indexOf("\n  serve)"), script.indexOf("\n  *)"));
    String image = Files.readString(DEPLOY.resolve("image/pom.xml"));
    List<String> options =
        Pattern.compile("-XX:[^\\s)]+").matcher(serve).results().map(MatchResult::group).toList();
    // then: but for its memory, which is the container's
    assertThat(options).hasSizeGreaterThan(3);
    assertThat(options)
        .filteredOn(option -> !option.startsWith("-XX:MaxRAM="))
        .allSatisfy(option -> assertThat(image).contains("<arg>" + option + "</arg>"));
    assertThat(image).contains("<arg>-XX:MaxRAMPercentage=50</arg>");
  }

  @Test
  void composeStartsAServerThatOnlyThisMachineReaches() throws Exception {
    // given
    JsonObject compose = documents(DEPLOY.resolve("compose.yaml")).get(0);
    JsonObject voicebus = at(compose, "services.voicebus");
    Map<String, String> environment = new LinkedHashMap<>(Map.of("VOICEBUS_HOST", "0.0.0.0"));
    at(voicebus, "environment")
        .forEach(
            entry ->
                environment.put(
                    entry.getKey(),
                    entry.getValue().toString().replaceAll("\\$\\{[A-Z_]+:-([^}]*)}", "$1")));
    // when
    Configuration configuration = Configuration.load(environment, directory, Map.of());
    HttpVerticle.check(configuration.of(Role.HTTP.word()));
    // then
    assertThat(configuration.settings("http").get(DoorConfig.PORT)).isEqualTo(8080);
    assertThat(voicebus.getJsonArray("ports")).containsExactly("127.0.0.1:8080:8080");
    assertThat(at(compose, "services").fieldNames())
        .contains("ollama", "kokoro")
        .containsAll(voicebus.getJsonArray("depends_on").stream().map(Object::toString).toList());
    assertThat(configuration.value(HttpConfig.ALL.get(0))).isPresent();
    assertThat(
            Duration.parse("PT" + voicebus.getString("stop_grace_period").toUpperCase(Locale.ROOT)))
        .isGreaterThanOrEqualTo(ServeCommand.drain(configuration).plus(TO_LEAVE));
  }

  @Test
  void theServiceOfSystemdStopsInOrderAndIsNotStartedAgainAfterAMistake() throws Exception {
    // given
    String unit = Files.readString(DEPLOY.resolve("systemd/voicebus.service"));
    Configuration configuration = Configuration.load(Map.of(), directory, Map.of());
    MatchResult stop =
        Pattern.compile("(?m)^TimeoutStopSec=(\\d+)$")
            .matcher(unit)
            .results()
            .findFirst()
            .orElseThrow();
    // then
    assertThat(Duration.ofSeconds(Long.parseLong(stop.group(1))))
        .isGreaterThanOrEqualTo(ServeCommand.drain(configuration).plus(TO_LEAVE));
    assertThat(unit.lines())
        .contains(
            "RestartPreventExitStatus="
                + ExitCodes.USAGE
                + " "
                + ExitCodes.of(FailureKind.UNAUTHENTICATED),
            "SuccessExitStatus=143");
  }

  @Test
  void systemdUnderstandsItsService() throws Exception {
    Assumptions.assumeThat(Path.of("/usr/bin/systemd-analyze")).isExecutable();
    // given: with a program that is there
    Path unit = directory.resolve("voicebus.service");
    Files.writeString(
        unit,
        Files.readString(DEPLOY.resolve("systemd/voicebus.service"))
            .replace("/opt/voicebus/voicebus", "/bin/true"));
    // when
    Process verify =
        new ProcessBuilder("/usr/bin/systemd-analyze", "verify", unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // then
    assertThat(verify.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
  }
}
