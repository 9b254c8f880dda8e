package io.voicebus.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Timeout(60)
@Isolated("it takes what the process writes")
class DoctorCommandTest extends CommandLineBench {
  @Test
  void withNothingSetUpItSaysWhatThereIsAndHowToGetTheRest() {
    assertThat(run(Map.of(), "doctor", "--port", "0")).as(out()).isZero();
    assertThat(out())
        .contains("ok  java")
        .contains("-   model     no model is set up; for answers set GEMINI_API_KEY")
        .contains("ok  speech    embedded")
        .contains("ok  voice     embedded, 1 voice")
        .contains("-   voice     elevenlabs: the engine elevenlabs needs a key")
        .contains("ok  server    'voicebus serve' can listen");
  }

  @Test
  void aModelThatAnswersAndOneThatDoesNotAreToldApart() {
    try (ScriptedModel model = new ScriptedModel()) {
      // when: one that is there
      assertThat(run(model.settings(), "doctor", "--port", "0")).as(out()).isZero();
      // then
      assertThat(out()).containsPattern("ok  model     openai: some at 127.0.0.1, \\d+ ms");
      assertThat(model.asked).isEmpty();
    }
    // when: nobody listens
    Map<String, String> nowhere =
        Map.of("OPENAI_BASE_URL", "http://127.0.0.1:1/v1", "OPENAI_MODEL", "some");
    out.reset();
    assertThat(run(nowhere, "doctor", "--port", "0")).isEqualTo(5);
    // then
    assertThat(out()).contains("NO  model     openai: some at 127.0.0.1: ");
  }

  @Test
  void aKeyThatIsRefusedIsToldByTheExitCode() throws Exception {
    // given: a server of models and voices that knows nobody
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"detail\":{\"status\":\"invalid_api_key\"}}".getBytes(UTF_8);
          exchange.sendResponseHeaders(401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      Map<String, String> model =
          Map.of("OPENAI_BASE_URL", url + "/v1", "OPENAI_MODEL", "some", "OPENAI_API_KEY", "wrong");
      Map<String, String> voice = Map.of("ELEVENLABS_API_KEY", "wrong", "ELEVENLABS_BASE_URL", url);
      // then
      assertThat(run(model, "doctor", "--port", "0")).as(out()).isEqualTo(3);
      assertThat(run(voice, "doctor", "--port", "0")).as(out()).isEqualTo(3);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void wrongSettingsAreToldAndTheRestIsLookedAtAllTheSame() {
    assertThat(run(Map.of("VOICEBUS_SLOTS", "many"), "doctor")).isEqualTo(ExitCodes.USAGE);
    assertThat(out())
        .contains("NO  settings  VOICEBUS_SLOTS in the environment is 'many'")
        .contains("formats");
  }

  @Test
  void anEngineThatIsSetAndDoesNotWorkIsBrokenAndOneThatIsNotIsMissing() {
    Map<String, String> settings =
        Map.of("VOICEBUS_ENGINE", "command", "VOICEBUS_COMMAND_TEMPLATE", "/nowhere/speak");
    assertThat(run(settings, "doctor", "--port", "0")).isEqualTo(5);
    assertThat(out()).contains("NO  voice     command: ").contains("/nowhere/speak");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(run(Map.of(), "doctor", "--port", port)).isZero();
      assertThat(out())
          .contains("-   server    'voicebus serve' cannot listen at 127.0.0.1:" + port);
    }
  }

  @Test
  void aKeyThatIsMissingIsToldByTheExitCodeOfEachCommand() {
    Map<String, String> voice = Map.of("VOICEBUS_ENGINE", "elevenlabs");
    assertThat(run(voice, "doctor", "--port", "0")).as(out()).isEqualTo(3);
    assertThat(run(voice, "say", "-o", "x.wav", "Hello.")).isEqualTo(3);
    assertThat(run(Map.of("VOICEBUS_SOURCE", "gemini"), "ask", "-o", "x.wav", "Why?")).isEqualTo(3);
    assertThat(run(Map.of(), "serve", "--host", "0.0.0.0")).isEqualTo(3);
    assertThat(errors()).contains("needs a key", "needs an access token");
  }

  /** Of all that would end a start, or be missed later, it is told before. */
  @Test
  void whatAServerWouldLackIsToldWithoutStartingIt() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> settings =
          Map.of(
              "VOICEBUS_METRICS_PORT",
              Integer.toString(taken.getLocalPort()),
              "VOICEBUS_RECORD_DIRECTORY",
              file + "/turns",
              "VOICEBUS_CACHE_DIRECTORY",
              directory.resolve("speech").toString(),
              "VOICEBUS_PRONUNCIATIONS",
              "/nowhere/words",
              "VOICEBUS_CLUSTER",
              "on",
              "VOICEBUS_CLUSTER_KEYS",
              directory.resolve("keys").toString());
      // when
      assertThat(run(settings, "doctor", "--port", "0")).isEqualTo(ExitCodes.USAGE);
      // then
      assertThat(out())
          .contains("-   metrics   'voicebus serve' cannot listen at 127.0.0.1:")
          .contains("NO  files     record-directory: " + file + " is no folder")
          .contains("ok  files     cache-directory: " + directory.resolve("speech"))
          .contains("NO  files     chunker setting 'pronunciations' is '/nowhere/words'")
          .contains("there is no such file")
          .contains("NO  cluster   launcher setting 'cluster-keys'");
      assertThat(directory.resolve("speech")).as("a look makes nothing").doesNotExist();
    }
  }

  @Test
  void programsGetJson() {
    assertThat(run(Map.of(), "doctor", "--json", "--port", "0")).isZero();
    Map<String, String> states = new HashMap<>();
    for (Object each : new JsonArray(out())) {
      JsonObject finding = (JsonObject) each;
      states.putIfAbsent(finding.getString("what"), finding.getString("state"));
    }
    assertThat(states)
        .containsEntry("java", "works")
        .containsEntry("model", "missing")
        .containsKeys("settings", "speech", "voice", "server", "sound", "formats");
  }
}
