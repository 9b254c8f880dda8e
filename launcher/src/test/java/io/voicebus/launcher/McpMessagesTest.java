package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.mcp.McpServer;
import io.voicebus.mcp.McpSession;
import io.voicebus.mcp.Output;
import io.voicebus.mcp.Speaker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes over standard input, as bytes, and what it is answered. */
@Timeout(60)
class McpMessagesTest {
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"é\",\"method\":\"ping\"}\n";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private List<JsonObject> answers(byte[] input) throws Exception {
    McpVerticle turns = new McpVerticle("");
    vertx.deployVerticle(turns).await(20, TimeUnit.SECONDS);
    McpServer server = new McpServer(new Speaker(), EnumSet.allOf(Output.class));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new McpMessages(
            new ByteArrayInputStream(input), out, turns.context(), new McpSession(server, turns))
        .run();
    return out.toString(StandardCharsets.UTF_8).lines().map(JsonObject::new).toList();
  }

  private static String message(JsonObject answer) {
    return answer.getJsonObject("error").getString("message");
  }

  private static byte[] bytes(String text, Charset charset) {
    return text.getBytes(charset);
  }

  /** A mark in place of a letter would be said, or looked for as a voice, without a word. */
  @Test
  void whatIsNotUtf8IsTold() throws Exception {
    List<JsonObject> answers = answers(bytes(PING, StandardCharsets.ISO_8859_1));
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).getJsonObject("error").getInteger("code")).isEqualTo(-32700);
    assertThat(message(answers.get(0))).contains("not UTF-8: byte 23");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstMessage() throws Exception {
    List<JsonObject> answers = answers(bytes("\uFEFF" + PING, StandardCharsets.UTF_8));
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).getString("id")).isEqualTo("é");
    assertThat(answers.get(0).containsKey("result")).isTrue();
  }

  @Test
  void whatIsTooLongIsToldToBe() throws Exception {
    String line = "x".repeat(McpMessages.MAX_LINE_BYTES) + "\n" + PING;
    List<JsonObject> answers = answers(bytes(line, StandardCharsets.UTF_8));
    assertThat(message(answers.get(0))).contains("at most " + McpMessages.MAX_LINE_BYTES);
    assertThat(answers.get(1).getString("id")).isEqualTo("é");
  }
}
