package io.voicebus.emulators;

import static io.voicebus.emulators.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.SseFraming.LineEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiChatTest {
  private static final JsonObject HELLO =
      new JsonObject()
          .put("model", "gpt-4o-mini")
          .put("stream", true)
          .put(
              "messages",
              new JsonArray().add(new JsonObject().put("role", "user").put("content", "hello")));

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private Probe.Reply playing(OpenAiChatScript script) {
    return playing(OpenAiOptions.DEFAULTS, script, HELLO);
  }

  private Probe.Reply playing(OpenAiOptions options, OpenAiChatScript script, JsonObject body) {
    OpenAiEmulator emulator = await(OpenAiEmulator.start(vertx, options.withChat(call -> script)));
    return Probe.of(vertx, emulator, "/chat/completions").ask(body.encode());
  }

  private static List<String> events(Probe.Reply reply) {
    List<String> events = new ArrayList<>();
    for (String event : reply.body().split("\n\n", 0)) {
      assertThat(event).startsWith("data: ");
      events.add(event.substring(6));
    }
    return events;
  }

  private static JsonObject choice(String event) {
    return new JsonObject(event).getJsonArray("choices").getJsonObject(0);
  }

  @Test
  void anAnswerIsARoleTextAReasonAndDone() {
    // when
    Probe.Reply reply = playing(OpenAiChatScript.answer("x".repeat(40)));
    // then
    assertThat(reply.type()).isEqualTo("text/event-stream");
    List<String> events = events(reply);
    assertThat(events).hasSize(5);
    assertThat(choice(events.get(0)).getJsonObject("delta").encode())
        .isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
    assertThat(choice(events.get(1)).getJsonObject("delta").getString("content"))
        .isEqualTo("x".repeat(32));
    assertThat(choice(events.get(2)).getJsonObject("delta").getString("content"))
        .isEqualTo("x".repeat(8));
    assertThat(choice(events.get(3)).encode())
        .isEqualTo("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}");
    assertThat(events.get(4)).isEqualTo("[DONE]");
    JsonObject event = new JsonObject(events.get(1));
    assertThat(event.getString("object")).isEqualTo("chat.completion.chunk");
    assertThat(event.getString("id")).isEqualTo("chatcmpl-emulated-0");
    assertThat(event.getString("model")).isEqualTo("gpt-4o-mini");
  }

  @Test
  void countsOfTokensComeInAnEventWithoutChoicesIfTheyAreAskedFor() {
    // given
    JsonObject body =
        HELLO.copy().put("stream_options", new JsonObject().put("include_usage", true));
    // when
    List<String> events =
        events(playing(OpenAiOptions.DEFAULTS, OpenAiChatScript.answer("12345"), body));
    // then
    assertThat(new JsonObject(events.get(0)).containsKey("usage")).isTrue();
    assertThat(events.get(events.size() - 2))
        .contains("\"choices\":[],")
        .contains("{\"prompt_tokens\":2,\"completion_tokens\":2,\"total_tokens\":4}");
  }

  @Test
  void theLimitOfTokensIsObeyed() {
    List<String> events =
        events(
            playing(
                OpenAiOptions.DEFAULTS,
                OpenAiChatScript.answer("x".repeat(400)),
                HELLO.copy().put("max_tokens", 10)));
    assertThat(choice(events.get(2)).getJsonObject("delta").getString("content")).hasSize(8);
    assertThat(choice(events.get(3)).getString("finish_reason")).isEqualTo("length");
  }

  @Test
  void eventsAreFilledInAsAnotherServerWould() {
    // given
    OpenAiChatScript script =
        OpenAiChatScript.answer(
                OpenAiPart.reasoning("Hm."), OpenAiPart.text("Yes."), OpenAiPart.refusal("No."))
            .styled(OpenAiStyle.BARE.withPromptFilter())
            .ending(OpenAiEnding.inline("content_filter").withoutDone());
    // when
    List<String> events = events(playing(script));
    // then
    assertThat(events.get(0)).isEqualTo("{\"choices\":[],\"prompt_filter_results\":[{}]}");
    assertThat(events.get(1)).contains("{\"reasoning\":\"Hm.\"}").doesNotContain("\"id\"");
    assertThat(events.get(2)).contains("{\"content\":\"Yes.\"}");
    assertThat(events.get(3))
        .contains("{\"refusal\":\"No.\"}")
        .contains("\"finish_reason\":\"content_filter\"")
        .contains("\"usage\":{\"prompt_tokens\"");
    assertThat(events).hasSize(4);
  }

  @Test
  void isCutWhereverItIsTold() {
    // given
    SseFraming framing =
        SseFraming.CRLF.withCutBytes(1).withComments().withEmptyData().withoutSpace();
    // when
    Probe.Reply reply = playing(OpenAiChatScript.answer("é€😀").framed(framing));
    // then
    assertThat(reply.pieces()).allSatisfy(piece -> assertThat(piece.length()).isEqualTo(1));
    assertThat(reply.body())
        .contains("é€😀")
        .contains("data:\r\n\r\ndata:{")
        .contains(": keep-alive\r\n")
        .endsWith("data:[DONE]\r\n\r\n");
    assertThat(framing.lineEnd()).isEqualTo(LineEnd.CRLF);
  }

  @Test
  void endsBadlyInEveryWay() {
    OpenAiChatScript script = OpenAiChatScript.answer("abc");
    OpenAiError error = OpenAiError.overloaded();
    assertThat(playing(script.ending(OpenAiEnding.TRUNCATED)).body())
        .endsWith("\"finish_reason\":null}]}\n\n");
    assertThat(playing(script.ending(OpenAiEnding.DONE_ONLY)).body())
        .endsWith("\"finish_reason\":null}]}\n\ndata: [DONE]\n\n");
    assertThat(playing(script.ending(OpenAiEnding.errorEvent(error).withDone())).body())
        .endsWith(
            "data: {\"error\":{\"message\":\"The engine is currently overloaded.\",\"type\":"
                + "\"server_error\",\"param\":null,\"code\":null}}\n\ndata: [DONE]\n\n");
    assertThat(playing(script.ending(OpenAiEnding.errorLine(error))).body())
        .contains("\nerror: {\"error\":{")
        .doesNotContain("[DONE]");
    assertThatThrownBy(() -> playing(script.ending(OpenAiEnding.RESET)))
        .hasMessageContaining("closed");
  }

  @Test
  void anAnswerThatIsNoStreamComesWhole() {
    JsonObject answer =
        new JsonObject(
            playing(
                    OpenAiOptions.DEFAULTS,
                    OpenAiChatScript.answer("Yes."),
                    HELLO.copy().put("stream", false))
                .body());
    assertThat(answer.getJsonArray("choices").getJsonObject(0).getJsonObject("message").encode())
        .isEqualTo("{\"role\":\"assistant\",\"content\":\"Yes.\",\"refusal\":null}");
  }

  @Test
  void refusalsAreScriptedWithTheirHeaders() {
    Probe.Reply reply =
        playing(
            OpenAiChatScript.refuse(
                OpenAiRefusal.of(OpenAiError.rateLimited()).with("retry-after-ms", "250")));
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers().get("retry-after-ms")).isEqualTo("250");
    assertThat(reply.body()).contains("\"code\":\"rate_limit_exceeded\"");
    assertThat(playing(OpenAiChatScript.refuse(OpenAiRefusal.html(502, "Bad Gateway"))).type())
        .startsWith("text/html");
  }

  @Test
  void aClientThatLeavesIsNoticed() {
    // given
    OpenAiEmulator emulator =
        await(
            OpenAiEmulator.start(
                vertx,
                OpenAiOptions.DEFAULTS.withChat(
                    call -> OpenAiChatScript.answer("abc").ending(OpenAiEnding.SILENCE))));
    // when
    Probe.of(vertx, emulator, "/chat/completions").leave(HELLO.encode());
    // then
    OpenAiCounters after = await(emulator.when(now -> now.openChats() == 0));
    assertThat(Objects.requireNonNull(after).cancelled()).isEqualTo(1);
  }
}
