package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FreePorts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Fifty turns at once over real JVMs, one of which is killed, frozen, stopped or added while they
 * speak. The voice is readable: what is heard proves that nothing was lost, doubled or put out of
 * order, to the sample.
 */
@Tag("slow")
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterFaultsTest {
  private static final int TURNS = 50;

  /** The cluster manager expels a frozen node sooner, unless the machine is very busy. */
  private static final int EXPELLED_SECONDS = 20;

  /** What a listener may lack at most; that it is less than 2.5 s is for the benchmark to say. */
  private static final long SILENCE_MS = 30_000;

  private static final String PORT = Integer.toString(FreePorts.range(20));
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final List<ServeJvm> ALL = new ArrayList<>();
  private static ServeJvm front;
  private static ServeJvm stages;
  private static ServeJvm first;
  private static ServeJvm second;

  /** A service that needs 50 ms for the first piece of speech, and then is twice as fast as it. */
  private static final Map<String, String> VOICE =
      Map.of(
          "VOICEBUS_ENGINE", "scripted",
          "VOICEBUS_SCRIPTED_FIRST_MS", "50",
          "VOICEBUS_SCRIPTED_FRAME_MS", "20",
          "VOICEBUS_SLOTS", "250");

  /** Text as fast as it is taken; and the log tells of nodes that come and go. */
  private static final Map<String, String> PACE =
      Map.of("VOICEBUS_READER_DELTAS_PER_SECOND", "0", "VOICEBUS_LOG_LEVEL", "INFO");

  /** What is heard is compared with what was written. */
  private static final Map<String, String> AS_WRITTEN =
      Map.of("VOICEBUS_SPELL_OUT", "off", "VOICEBUS_PROCESSING", "none");

  @BeforeAll
  static void start() {
    front = node("front", "http,gemini", PACE, "--port", "0");
    front.address();
    stages = node("stages", "chunker,playback", AS_WRITTEN);
    first = node("first", "tts", VOICE);
    second = node("second", "tts", VOICE);
    List.of(stages, first, second).forEach(ServeJvm::ready);
  }

  @AfterAll
  static void end() {
    ALL.forEach(ServeJvm::close);
  }

  private static ServeJvm node(
      String name, String roles, Map<String, String> settings, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--cluster", "--cluster-port", PORT));
    arguments.addAll(List.of("--roles", roles, "--node", name));
    arguments.addAll(List.of(more));
    ServeJvm jvm = ServeJvm.start(settings, arguments);
    ALL.add(jvm);
    return jvm;
  }

  private static String prompt(int turn) {
    return IntStream.range(0, 4)
        .mapToObj(i -> "Turn " + turn + " says this as its sentence number " + i + ".")
        .reduce((one, other) -> one + " " + other)
        .orElseThrow();
  }

  private static List<SpokenAnswer> askAll() {
    return IntStream.range(0, TURNS)
        .mapToObj(turn -> SpokenAnswer.ask(CLIENT, front.address(), prompt(turn)))
        .toList();
  }

  /** All in the midst of it: what begins last is not over yet. */
  private static List<SpokenAnswer> askAllAndHearThemBegin() {
    List<SpokenAnswer> answers = askAll();
    answers.subList(0, TURNS / 2).forEach(SpokenAnswer::begun);
    return answers;
  }

  private static void allHeardWhole(String fault, List<SpokenAnswer> answers) {
    long worst = 0;
    for (int turn = 0; turn < answers.size(); turn++) {
      SpokenAnswer answer = answers.get(turn);
      assertThat(answer.heard().replace(" ", ""))
          .as("turn %d", turn)
          .isEqualTo(prompt(turn).replace(" ", ""));
      worst = Math.max(worst, answer.silenceMs());
    }
    System.out.println(fault + ": worst silence of " + TURNS + " turns " + worst + " ms");
    assertThat(worst).isLessThan(SILENCE_MS);
  }

  /** A busy machine's nodes may have lost sight of each other for a moment. */
  private static void awaitReady() throws Exception {
    OtherProcess.until(
        () -> {
          assertThat(front.alive()).isTrue();
          return "ready".equals(get("/health/ready").getValue("status"));
        });
  }

  private static void awaitRole(String node, String role, ServeJvm jvm) throws Exception {
    OtherProcess.until(
        () -> {
          assertThat(jvm.alive()).isTrue();
          return !role(node, role).isEmpty();
        });
  }

  private static JsonObject role(String node, String role) {
    JsonArray nodes = get("/v1/nodes").getJsonArray("nodes");
    for (int i = 0; i < nodes.size(); i++) {
      JsonArray roles = nodes.getJsonObject(i).getJsonArray("roles");
      for (int j = 0; j < roles.size(); j++) {
        if (nodes.getJsonObject(i).getString("node").equals(node)
            && roles.getJsonObject(j).getString("role").equals(role)) {
          return roles.getJsonObject(j);
        }
      }
    }
    return new JsonObject();
  }

  private static JsonObject get(String path) {
    return new JsonObject(
        HeardTurn.get(
                CLIENT.sendAsync(
                    HttpRequest.newBuilder(URI.create(front.address() + path)).build(),
                    BodyHandlers.ofString()))
            .body());
  }

  @Test
  @Order(1)
  void aClusterOfSeveralJvmsIsReadyAndSaysWhoRunsWhat() throws Exception {
    awaitReady();
    assertThat(role("stages", "chunker").getInteger("instances")).isEqualTo(1);
    assertThat(role("first", "tts").getInteger("room")).isEqualTo(250);
    assertThat(role("second", "tts").getInteger("busy")).isZero();
    allHeardWhole("no fault", askAll());
  }

  @Test
  @Order(2)
  void whatAFrozenJvmWasAtIsSpokenElsewhereAndNothingIsDoubledWhenItThaws() throws Exception {
    // given
    CompletableFuture<String> expelled = front.says("Received new cluster view");
    List<SpokenAnswer> answers = askAllAndHearThemBegin();
    // when
    first.freeze();
    try {
      // then
      allHeardWhole("frozen", answers);
      HeardTurn.get(expelled.completeOnTimeout("", EXPELLED_SECONDS, TimeUnit.SECONDS));
    } finally {
      first.thaw();
    }
    allHeardWhole("thawed", askAll());
    // and: it comes back, although the cluster has done without it
    awaitRole("first", "tts", first);
  }

  @Test
  @Order(3)
  void whatAKilledJvmWasAtIsSpokenByTheOneThatCameBack() throws Exception {
    // given
    awaitReady();
    List<SpokenAnswer> answers = askAllAndHearThemBegin();
    // when
    second.kill();
    // then
    allHeardWhole("killed", answers);
  }

  @Test
  @Order(4)
  void aJvmThatIsAddedTakesWorkAndOneThatIsStoppedFinishesItsOwn() throws Exception {
    // given: the first one, and a third
    ServeJvm third = node("third", "tts", VOICE);
    third.ready();
    awaitRole("third", "tts", third);
    awaitReady();
    List<SpokenAnswer> answers = askAllAndHearThemBegin();
    assertThat(role("third", "tts").getInteger("room")).isEqualTo(250);
    // when
    first.stop();
    // then
    allHeardWhole("stopped", answers);
    assertThat(first.ended(30)).isTrue();
    allHeardWhole("only the added one is left", askAll());
  }

  @Test
  @Order(5)
  void aJvmOfOtherRolesThatIsStoppedFinishesTheTurnsThatPassThroughIt() throws Exception {
    // given
    ServeJvm others = node("others", "chunker,playback", AS_WRITTEN);
    others.ready();
    awaitRole("others", "playback", others);
    awaitReady();
    List<SpokenAnswer> answers = askAllAndHearThemBegin();
    // when
    stages.stop();
    // then
    allHeardWhole("stages stopped", answers);
    assertThat(stages.ended(30)).isTrue();
    allHeardWhole("others instead", askAll());
  }
}
