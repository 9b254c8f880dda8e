package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerLimits;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Background;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.Exchange;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.PastTurn;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.WavHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/chat/completions} with audio, as clients of OpenAI's API use it. */
class OpenAiChatTest extends ServerTest {
  private static final String PATH = "/v1/chat/completions";
  private static final String SPOKEN = "audio_0123456789abcdef0123456789abcdef";

  private static JsonObject said(String role, @Nullable Object content) {
    return new JsonObject().put("role", role).put("content", content);
  }

  private static JsonObject spoken(String format, Object... messages) {
    return new JsonObject()
        .put("model", "gpt-audio")
        .put("modalities", new JsonArray().add("text").add("audio"))
        .put("audio", new JsonObject().put("voice", "alloy").put("format", format))
        .put("messages", new JsonArray(Arrays.asList(messages)));
  }

  private RawClient chat(JsonObject body) throws IOException {
    return send("POST", PATH, utf8(body.encode()), JSON);
  }

  private static JsonObject error(RawClient answer, int status) throws IOException {
    String body = answer.readText();
    assertThat(answer.status()).as(body).isEqualTo(status);
    return new JsonObject(body).getJsonObject("error");
  }

  private static AnswerReport report(AnswerReport.Ending ending) {
    return new AnswerReport("gemini", "gemini-x", ending, 1, 10, 20, 0);
  }

  @Test
  void aSpokenAnswerIsAStreamOfItsTextAndItsSamples() throws Exception {
    // given
    serve();
    RawClient client =
        chat(
            spoken("pcm16", said("user", "Why?"))
                .put("stream", true)
                .put("stream_options", new JsonObject().put("include_usage", true)));
    // when
    FakeTurn turn = pipeline.nextTurn();
    turn.text("Because ").text("so.").on(Stage.TEXT, report(AnswerReport.Ending.COMPLETE));
    turn.format(24_000).audio(new byte[] {1, 2, 3, 4}).finish();
    // then
    assertThat(turn.prompt().text()).isEqualTo("Why?");
    assertThat(turn.prompt().turn().options().mode()).isEqualTo(TextMode.ASK);
    assertThat(client.awaitHead().header("content-type")).isEqualTo("text/event-stream");
    String stream = client.readText();
    assertThat(stream).endsWith("data: [DONE]\n\n");
    List<JsonObject> events = OpenAiSpeechTest.events(stream);
    JsonObject first = delta(events.get(0));
    assertThat(first.getString("role")).isEqualTo("assistant");
    String id = first.getJsonObject("audio").getString("id");
    assertThat(id).matches("audio_[0-9a-f]{32}");
    assertThat(turn.prompt().turn().options().conversation()).isEqualTo(id);
    StringBuilder transcript = new StringBuilder();
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    for (JsonObject event : events) {
      if (!event.getJsonArray("choices").isEmpty()) {
        JsonObject audio = delta(event).getJsonObject("audio", new JsonObject());
        transcript.append(audio.getString("transcript", ""));
        samples.writeBytes(Base64.getDecoder().decode(audio.getString("data", "")));
      }
    }
    assertThat(transcript).hasToString("Because so.");
    assertThat(samples.toByteArray()).containsExactly(1, 2, 3, 4);
    int last = events.size() - 1;
    assertThat(delta(events.get(last - 2)).getJsonObject("audio").fieldNames())
        .containsExactly("expires_at");
    assertThat(delta(events.get(last - 1))).isEqualTo(new JsonObject());
    assertThat(choice(events.get(last - 1)).getString("finish_reason")).isEqualTo("stop");
    assertThat(events.get(last).getJsonArray("choices")).isEmpty();
    assertThat(events.get(last).getJsonObject("usage").getInteger("prompt_tokens")).isEqualTo(10);
    assertThat(events.get(last).getJsonObject("usage").getInteger("completion_tokens"))
        .isEqualTo(21);
  }

  private static JsonObject choice(JsonObject event) {
    return event.getJsonArray("choices").getJsonObject(0);
  }

  private static JsonObject delta(JsonObject event) {
    return choice(event).getJsonObject("delta");
  }

  @Test
  void anAnswerInOnePieceForWhichThereIsNoMemoryIsGivenUpInWords() throws Exception {
    // given
    MemoryBudget budget = MemoryBudget.of(vertx, 4 * MemoryBudget.OWNER_BYTES);
    serve();
    RawClient client = chat(spoken("wav", said("user", "Why?")));
    FakeTurn turn = pipeline.nextTurn().text("So.").format(24_000);
    // when
    for (int i = 0; i < 40; i++) {
      turn.audio(new byte[16 * 1024]);
    }
    // then
    assertThat(error(client.awaitHead(), 503).getString("message"))
        .contains("no memory left", "stream");
    assertThat(budget.charged()).isZero();
  }

  @Test
  void aSpokenAnswerInOnePieceIsAWholeFile() throws Exception {
    // given
    serve();
    RawClient client = chat(spoken("wav", said("user", "Why?")));
    // when
    FakeTurn turn = pipeline.nextTurn().text("So.");
    turn.on(Stage.TEXT, report(AnswerReport.Ending.TRUNCATED));
    turn.format(24_000).audio(new byte[] {1, 2}).finish();
    // then
    JsonObject answer = new JsonObject(client.awaitHead().readText());
    assertThat(answer.getString("object")).isEqualTo("chat.completion");
    assertThat(choice(answer).getString("finish_reason")).isEqualTo("length");
    JsonObject audio = choice(answer).getJsonObject("message").getJsonObject("audio");
    assertThat(audio.getString("transcript")).isEqualTo("So.");
    assertThat(audio.getLong("expires_at")).isGreaterThan(answer.getLong("created"));
    byte[] wav = Base64.getDecoder().decode(audio.getString("data"));
    assertThat(Arrays.copyOf(wav, WavHeader.BYTES)).isEqualTo(WavHeader.exact(24_000, 2));
    assertThat(wav).hasSize(WavHeader.BYTES + 2).endsWith(1, 2);
  }

  @Test
  void whatTheClientTellsComesBeforeThePrompt() throws Exception {
    // given: what was heard of a former answer
    pipeline.conversations.put(
        SPOKEN,
        new Conversation(
            List.of(
                new PastTurn(TurnId.ofOwner("owner"), "Who?", "I am", PastTurn.State.CUT, 1, 0))));
    serve();
    // when
    chat(
        spoken(
            "wav",
            said("system", "Be brief."),
            said("user", "Hello."),
            said("assistant", "Hi."),
            said("user", "Who?"),
            said("assistant", null).put("audio", new JsonObject().put("id", SPOKEN)),
            said("user", "One."),
            said("developer", "Be kind."),
            said(
                "user",
                new JsonArray().add(new JsonObject().put("type", "text").put("text", "Two.")))));
    FakeTurn turn = pipeline.nextTurn();
    // then
    assertThat(turn.prompt().text()).isEqualTo("Two.");
    assertThat(turn.prompt().background())
        .isEqualTo(
            new Background(
                "Be brief.\n\nBe kind.",
                List.of(
                    new Exchange("Hello.", "Hi."),
                    new Exchange("Who?", "I am"),
                    new Exchange("One.", ""))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'messages': []} | messages",
        "{'messages': [{'role': 'user', 'content': 'Hi.'}, {'role': 'assistant', 'content': 'Hi.'}]}"
            + " | messages",
        "{'messages': [{'role': 'tool', 'content': 'Hi.'}]} | messages[0].role",
        "{'messages': [7]} | messages[0]",
        "{'messages': [{'role': 'user', 'content': ['Hi.', {'type': 'text'}]}]} |"
            + " messages[0].content[0]",
        "{'messages': [{'role': 'user', 'content': [{'type': 'image_url'}]}]} |"
            + " messages[0].content[0]",
        "{'messages': [{'role': 'user', 'content': 'Hi.'}], 'n': 2} | n",
        "{'messages': [{'role': 'user', 'content': 'Hi.'}], 'max_tokens': 0} | max_tokens",
        "{'messages': [{'role': 'user', 'content': 'Hi.'}], 'max_completion_tokens': '9'}"
            + " | max_completion_tokens",
        "{'messages': [{'role': 'user', 'content': 'Hi.'}], 'stop': 7} | stop",
        "{'messages': [{'role': 'user', 'content': 'Hi.'}], 'stop': ['']} | stop",
        "{'messages': [{'role': 'user', 'content': 'Hi.'}], 'stop': ['a','b','c','d','e']} | stop",
        "{'messages': [{'role': 'user', 'content': 'Hi.'}], 'tools': [{}]} | tools",
        "{'messages': [{'role': 'user', 'content': 'Hi.'}], 'modalities': ['video']} | modalities",
        "{'messages': [{'role': 'user', 'content': 'Hi.'}], 'response_format':"
            + " {'type': 'json_object'}} | response_format",
        "{'messages': [{'role': 'user', 'content': 'Hi.'}], 'modalities': ['audio'], 'audio':"
            + " {'format': 'wav'}, 'stream': true} | audio.format",
        "{'messages': [{'role': 'user', 'content': 'Hi.'}], 'modalities': ['audio'], 'audio':"
            + " {'format': 'mp4'}} | audio.format",
        "{'messages': [{'role': 'assistant', 'audio': {'id': 'audio_0'}}, {'role': 'user',"
            + " 'content': 'Hi.'}]} | messages",
      })
  void whatIsWrongIsNamed(String body, String param) throws Exception {
    // given
    serve();
    // when
    RawClient client = send("POST", PATH, utf8(body.replace('\'', '"')), JSON);
    // then
    assertThat(error(client.awaitHead(), 400).getString("param")).isEqualTo(param);
  }

  @Test
  void theModelIsToldWhereToEndAndWhatHasNoEffectIsNamed() throws Exception {
    // given
    serve();
    // when
    RawClient client =
        chat(
            spoken("wav", said("user", "Why?"))
                .put("max_tokens", 20)
                .put("max_completion_tokens", 10)
                .put("stop", "END")
                .put("temperature", 0.5)
                .put("seed", 7));
    FakeTurn turn = pipeline.nextTurn();
    turn.text("So.").format(24_000).audio(new byte[] {1, 2}).finish();
    // then
    assertThat(turn.prompt().background().limits()).isEqualTo(AnswerLimits.of(10, List.of("END")));
    assertThat(client.awaitHead().header("voicebus-ignored"))
        .isEqualTo("temperature, seed, audio.voice");
  }

  @Test
  void anAnswerThatIsForgottenCannotBeMeant() throws Exception {
    // given
    serve();
    // when
    RawClient client =
        chat(
            spoken(
                "wav",
                said("user", "Who?"),
                said("assistant", null).put("audio", new JsonObject().put("id", SPOKEN)),
                said("user", "Go on.")));
    // then
    assertThat(error(client.awaitHead(), 400).getString("message")).contains("transcript");
  }

  @Test
  void anAnswerThatFailsBeforeItBeginsIsAnError() throws Exception {
    // given
    serve();
    RawClient client = chat(spoken("pcm16", said("user", "Why?")).put("stream", true));
    // when
    pipeline.nextTurn().fail(failure(Stage.TEXT, FailureKind.UNAVAILABLE));
    // then
    assertThat(error(client.awaitHead(), 503).getString("type")).isEqualTo("server_error");
  }

  @Test
  void anAnswerThatFailsLaterTellsWhyAndIsBrokenOff() throws Exception {
    // given
    serve();
    RawClient client = chat(spoken("pcm16", said("user", "Why?")).put("stream", true));
    // when
    FakeTurn turn = pipeline.nextTurn().text("Because");
    client.awaitHead();
    turn.fail(failure(Stage.PLAYBACK, FailureKind.UNAVAILABLE));
    // then
    String rest = new String(client.readUntilClosed(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(rest).contains("{\"error\":{").doesNotContain("[DONE]");
  }

  @Test
  void aClientThatGoesAwayEndsItsTurn() throws Exception {
    // given
    serve();
    RawClient client = chat(spoken("pcm16", said("user", "Why?")).put("stream", true));
    FakeTurn turn = pipeline.nextTurn();
    // when
    client.close();
    // then
    turn.awaitCancelled();
  }
}
