package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.AnswerLimits;
import io.voicebus.contract.Background;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/realtime}: how a session begins, and what is chosen for it. */
@Timeout(60)
class RealtimeConnectionTest extends RealtimeSockets {
  @Test
  void whatIsChosenIsMergedAndToldAsItIs() throws Exception {
    // given
    serve();
    RealtimeClient client = connect();
    JsonObject session = client.next("session.created").getJsonObject("session");
    assertThat(session.getString("type")).isEqualTo("realtime");
    assertThat(session.getString("model")).isEqualTo("gpt-realtime");
    assertThat(session.containsKey("tracing")).isTrue();
    JsonObject pcm = json("type", "audio/pcm", "rate", 24_000);
    assertThat(session.getJsonObject("audio").getJsonObject("output").getJsonObject("format"))
        .isEqualTo(pcm);
    // when: the first two that the Agents SDK sends, and one that comes later
    client.say(
        "session.update",
        "session",
        json(
            "type",
            "realtime",
            "model",
            "gpt-realtime-2.1",
            "instructions",
            "Be brief.",
            "output_modalities",
            new JsonArray().add("audio"),
            "audio",
            json(
                "input",
                    json(
                        "format", pcm,
                        "turn_detection", json("type", "semantic_vad"),
                        "transcription", json("model", "gpt-4o-mini-transcribe")),
                "output", json("format", json("type", "audio/pcmu"), "voice", "kevin16")),
            "tools",
            new JsonArray().add(json("type", "function", "name", "look"))));
    client.say("session.update", "session", json("type", "realtime", "tracing", "auto"));
    // then
    client.next("session.updated");
    JsonObject now = client.next("session.updated").getJsonObject("session");
    assertThat(now.getString("instructions")).isEqualTo("Be brief.");
    assertThat(now.getString("model")).isEqualTo("gpt-realtime");
    JsonObject output = now.getJsonObject("audio").getJsonObject("output");
    assertThat(output.getJsonObject("format")).isEqualTo(json("type", "audio/pcmu"));
    assertThat(output.getString("voice")).isEqualTo("kevin16");
    assertThat(now.getJsonArray("tools")).isEmpty();
    // and
    assertThat(ask(client, "Why?").prompt().background())
        .isEqualTo(new Background("Be brief.", List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?model=%ff", "?x=%ff", "?x=%zz", "?model=a&model=b"})
  void aQueryThatIsNotWellFormedIsRefusedBeforeTheSocketIsOpened(String query) throws Exception {
    serve();
    RawClient client =
        call(
            "GET",
            "/v1/realtime" + query,
            NOTHING,
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
    assertThat(client.status()).isEqualTo(400);
    assertThat(new JsonObject(client.readText()).getJsonObject("error").getString("type"))
        .isEqualTo("invalid_request_error");
  }

  @Test
  void theMostTokensAreTheSessionsOrTheResponsesOwn() throws Exception {
    serve();
    RealtimeClient client = realtime();
    client.say("session.update", "session", json("type", "realtime", "max_output_tokens", 50));
    JsonObject session = client.next("session.updated").getJsonObject("session");
    assertThat(session.getInteger("max_output_tokens")).isEqualTo(50);
    // when
    client.user("Why?");
    client.next("conversation.item.added");
    client.next("conversation.item.done");
    client.say("response.create", "response", json("max_output_tokens", 7));
    // then
    JsonObject response = client.next("response.created").getJsonObject("response");
    assertThat(response.getInteger("max_output_tokens")).isEqualTo(7);
    assertThat(pipeline.nextTurn().prompt().background().limits())
        .isEqualTo(AnswerLimits.of(7, List.of()));
    client.say("session.update", "session", json("max_output_tokens", "many"));
    assertThat(client.error().getString("param")).isEqualTo("session.max_output_tokens");
  }

  @Test
  void clientsOfTheBetaGetTheNamesThatTheyKnow() throws Exception {
    // given
    serve();
    RealtimeClient client = connect("OpenAI-Beta", "realtime=v1");
    JsonObject session = client.next("session.created").getJsonObject("session");
    assertThat(session.getString("output_audio_format")).isEqualTo("pcm16");
    client.say(
        "session.update", "session", json("voice", "kevin16", "output_audio_format", "g711_alaw"));
    assertThat(client.next("session.updated").getJsonObject("session").getString("voice"))
        .isEqualTo("kevin16");
    // when
    client
        .user("Why?")
        .say("response.create", "response", json("modalities", list("text", "audio")));
    FakeTurn turn = pipeline.nextTurn();
    turn.text("So.").format(8_000).audio(new byte[4]).finish();
    // then
    assertThat(client.typesTo("response.done"))
        .containsExactly(
            "conversation.item.created",
            "response.created",
            "response.output_item.added",
            "conversation.item.created",
            "response.content_part.added",
            "response.audio_transcript.delta",
            "response.audio.delta",
            "response.audio.done",
            "response.audio_transcript.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.done");
  }

  @ParameterizedTest
  @CsvSource({"audio/pcm,4", "audio/pcmu,2", "audio/pcma,2"})
  void soundComesInTheFormatThatIsAskedFor(String format, int bytes) throws Exception {
    // given
    RealtimeClient client = realtime();
    JsonObject output = json("format", json("type", format));
    client.user("Why?");
    client.say("response.create", "response", json("audio", json("output", output)));
    // when
    int rateHz = format.equals("audio/pcm") ? 24_000 : 8_000;
    pipeline.nextTurn().format(rateHz).audio(new byte[4]).finish();
    // then
    JsonObject created = client.skipTo("response.created").getJsonObject("response");
    assertThat(
            created
                .getJsonObject("audio")
                .getJsonObject("output")
                .getJsonObject("format")
                .getString("type"))
        .isEqualTo(format);
    assertThat(audio(client.skipTo("response.output_audio.delta"))).hasSize(bytes);
  }

  @Test
  void whatTheConnectionWantsAndCannotHaveIsTold() throws Exception {
    serve();
    RealtimeClient client = new RealtimeClient(vertx, http.actualPort(), "?intent=transcription");
    client.next("session.created");
    assertThat(client.error().getString("message")).contains("does not hear");
    ask(client, "Why?");
  }

  @Test
  void browsersGetTheSubprotocolThatTheyOffer() throws Exception {
    String token = "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
    serve("access-token", token);
    RealtimeClient client =
        connect(
            SocketClient.SUBPROTOCOL, "realtime",
            SocketClient.SUBPROTOCOL, "openai-insecure-api-key." + token,
            SocketClient.SUBPROTOCOL, "openai-agents-sdk.0.20.0");
    assertThat(client.socket().subprotocol()).isEqualTo("realtime");
    client.next("session.created");
    ask(client, "Why?");
  }

  @Test
  void whoAsksForNoSocketIsToldInOpenAisWords() throws Exception {
    serve();
    RawClient answer = get("/v1/realtime?model=x");
    assertThat(answer.status()).isEqualTo(426);
    assertThat(new JsonObject(answer.readText()).getJsonObject("error").getString("message"))
        .contains("WebSocket");
  }
}
