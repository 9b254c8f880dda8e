package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.WavHeader;
import io.voicebus.mcp.McpServer;
import io.voicebus.mcp.McpSession;
import io.voicebus.mcp.Output;
import io.voicebus.mcp.Speaker;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.wyoming.WyomingVerticle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The language of a text that shows none, at doors whose clients name no language. */
@Timeout(60)
class ExpectedAtDoorsTest {
  private static final String TEXT = "12:30";

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    Configuration configuration =
        Configuration.load(
            Map.of("VOICEBUS_ENGINE", "scripted", "VOICEBUS_PROCESSING", "none"), folder);
    new Pipeline(vertx, configuration).deployStages().await(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  @Test
  void homeAssistantsTextsAreInTheOnlyVoicesLanguage() throws Exception {
    WyomingVerticle wyoming = new WyomingVerticle().speakingOnly("de");
    JsonObject config = new JsonObject().put("wyoming-port", 0);
    vertx
        .deployVerticle(wyoming, new DeploymentOptions().setConfig(config))
        .await(30, TimeUnit.SECONDS);
    try (WyomingClient client = new WyomingClient(wyoming.actualPort())) {
      client.text("synthesize", TEXT);
      assertThat(ScriptedVoice.textOf(client.audioUntil("audio-stop"))).contains("Uhr");
    }
  }

  @Test
  void anAgentsTextsAreInTheTerminalsLanguage() throws Exception {
    // given
    McpVerticle turns = new McpVerticle("de");
    vertx.deployVerticle(turns).await(30, TimeUnit.SECONDS);
    McpServer server = new McpServer(new Speaker(), EnumSet.allOf(Output.class));
    Path file = folder.resolve("said.wav").toAbsolutePath();
    JsonObject arguments =
        new JsonObject().put("text", TEXT).put("output", "file").put("file", file.toString());
    JsonObject call =
        new JsonObject()
            .put("jsonrpc", "2.0")
            .put("id", 1)
            .put("method", "tools/call")
            .put("params", new JsonObject().put("name", "say").put("arguments", arguments));
    // when
    McpSession.Answer answer =
        new McpSession(server, turns).handle(call.encode()).await(30, TimeUnit.SECONDS);
    // then
    assertThat(answer.json()).contains("written to");
    byte[] wav = Files.readAllBytes(file);
    assertThat(ScriptedVoice.textOf(Arrays.copyOfRange(wav, WavHeader.BYTES, wav.length)))
        .contains("Uhr");
  }
}
