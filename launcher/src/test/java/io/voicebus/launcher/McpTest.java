package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code voicebus mcp} and {@code /mcp} in processes of their own, as the published inspector of
 * the protocol, unmodified, and as agents use them.
 */
@Tag("slow")
@Timeout(240)
@DisabledOnOs(OS.WINDOWS)
class McpTest {
  private static final int PATIENCE_SECONDS = 120;
  private static final Map<String, String> SETTINGS = Map.of("VOICEBUS_ENGINE", "scripted");

  @TempDir Path folder;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endAll() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** A program that is {@code voicebus mcp}, as an agent's settings would name it. */
  private Path program() throws IOException {
    Path program = folder.resolve("voicebus-mcp");
    Files.writeString(
        program,
        """
        #!/bin/sh
        export VOICEBUS_ENGINE=scripted
        exec '%s'
        """
            .formatted(String.join("' '", ChildJvm.command("256m", Main.class, List.of("mcp")))));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  /** What the inspector shows of the answer to one request. */
  private JsonObject inspect(String target, String... request) throws Exception {
    Path build =
        NodeClients.folder()
            .resolve("node_modules/@modelcontextprotocol/inspector-cli/build")
            .toAbsolutePath()
            .normalize();
    List<String> command = new ArrayList<>(List.of("node", "index.js", target));
    command.addAll(List.of(request));
    Path shown = folder.resolve("shown");
    Process process =
        new ProcessBuilder(command)
            .directory(build.toFile())
            .redirectOutput(shown.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    processes.add(process);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new JsonObject(Files.readString(shown));
  }

  private JsonObject say(String target, String output) throws Exception {
    return inspect(
        target,
        "--method",
        "tools/call",
        "--tool-name",
        "say",
        "--tool-arg",
        "text=How is the museum?",
        "--tool-arg",
        "output=" + output);
  }

  private void judge(String target) throws Exception {
    JsonArray tools = inspect(target, "--method", "tools/list").getJsonArray("tools");
    assertThat(tools.stream().map(tool -> ((JsonObject) tool).getString("name")))
        .containsExactlyInAnyOrder("say", "voices", "stop", "status");
    JsonArray content = say(target, "audio").getJsonArray("content");
    assertThat(content.getJsonObject(0).getString("text")).startsWith("spoken ");
    byte[] mp3 = Base64.getDecoder().decode(content.getJsonObject(1).getString("data"));
    assertThat(mp3).hasSizeGreaterThan(1000).startsWith(0xFF);
    JsonObject refused = say(target, "screen");
    assertThat(refused.getBoolean("isError")).isTrue();
    assertThat(refused.encode()).contains("output must be one of speaker, audio");
  }

  @Test
  void theInspectorUsesItOverHttp() throws Exception {
    try (ServeJvm serve = ServeJvm.start(SETTINGS, List.of("--port", "0"))) {
      judge(serve.address() + "/mcp");
    }
  }

  @Test
  void theInspectorUsesItOverStandardInputAndOutput() throws Exception {
    judge(program().toString());
  }

  /** Each line of standard output is a message, whatever happens; each request is answered. */
  @Test
  void whatWasAskedIsAnsweredBeforeItEndsWithItsInput() throws Exception {
    Path log = folder.resolve("log");
    Process process = new ProcessBuilder(program().toString()).redirectError(log.toFile()).start();
    processes.add(process);
    Path file = folder.resolve("said.wav");
    try (BufferedWriter in =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8))) {
      in.write("this is no message\n\n");
      in.write(call(1, "{}"));
      in.write(call(2, "{\"text\":\"Hello.\",\"output\":\"file\",\"file\":\"" + file + "\"}"));
      in.write(call(3, "{\"text\":\"Hello.\",\"output\":\"audio\"}"));
      // It is too long by a byte for what a client may send at once, and no line's end follows.
      in.write("x".repeat(McpMessages.MAX_LINE_BYTES + 1));
    }
    Map<Integer, JsonObject> answers = new TreeMap<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        JsonObject answer = new JsonObject(line);
        answers.merge(
            answer.getInteger("id") == null ? 0 : answer.getInteger("id"),
            answer,
            (one, other) -> other);
      }
    }
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    assertThat(answers).containsOnlyKeys(0, 1, 2, 3);
    assertThat(String.valueOf(answers.get(0))).contains("-32700");
    assertThat(String.valueOf(answers.get(1))).contains("text is empty");
    assertThat(String.valueOf(answers.get(2))).contains("written to " + file);
    assertThat(String.valueOf(answers.get(3))).contains("audio/mpeg");
    assertThat(Files.size(file)).isGreaterThan(2000);
  }

  private static String call(int id, String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"tools/call\",\"params\":{\"name\":\"say\",\"arguments\":"
        + arguments
        + "}}\n";
  }
}
