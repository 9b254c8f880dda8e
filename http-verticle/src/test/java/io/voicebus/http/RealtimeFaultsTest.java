package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.Exchange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/realtime}: what cannot be had is told in words, and the session goes on. */
@Timeout(60)
class RealtimeFaultsTest extends RealtimeSockets {
  @Test
  void aFailureIsToldInWordsAndTheSessionGoesOn() throws Exception {
    // given
    RealtimeClient client = realtime();
    FakeTurn turn = ask(client, "Why?");
    // when
    turn.fail(failure(Stage.TEXT, FailureKind.UNAVAILABLE));
    // then
    assertThat(client.error().getString("message")).contains("do something about it");
    JsonObject response = client.next("response.done").getJsonObject("response");
    assertThat(response.getString("status")).isEqualTo("failed");
    assertThat(response.getJsonObject("status_details").getJsonObject("error").getString("type"))
        .isEqualTo("server_error");
    assertThat(response.getJsonArray("output")).isEmpty();
    // and
    ask(client, "Again?");
  }

  @Test
  void aVoiceThatThereIsNotIsTheClientsOwnMistake() throws Exception {
    serve();
    pipeline.voices.add(
        new EngineVoices("embedded", true, "", List.of(new EngineVoice("k", "Kevin", "en"))));
    pipeline.voices.add(new EngineVoices("elevenlabs", false, "it needs a key", List.of()));
    RealtimeClient client = new RealtimeClient(vertx, http.actualPort(), "?model=elevenlabs");
    client.next("session.created");
    client.user("Why?").say("response.create", "event_id", "mine");
    client.typesTo("conversation.item.done");
    JsonObject error = client.error();
    assertThat(error.getString("event_id")).isEqualTo("mine");
    assertThat(error.getString("message")).contains("it needs a key");
    // when: the engine itself says so
    RealtimeClient other = realtime();
    ask(other, "Why?").fail(Stage.PLAYBACK, failure(Stage.SPEECH, FailureKind.NOT_FOUND));
    // then
    JsonObject unknown = other.error();
    assertThat(unknown.getString("code")).isEqualTo("voice_not_found");
    assertThat(unknown.getString("param")).isEqualTo("audio.output.voice");
  }

  @Test
  void aPartThatIsNotSpokenIsTold() throws Exception {
    RealtimeClient client = realtime();
    FakeTurn turn = ask(client, "Why?");
    turn.text("One. Two.").on(Stage.CHUNKER, new ChunkCaption(0, "One.", 0, 4));
    turn.on(Stage.CHUNKER, new ChunkCaption(1, " Two.", 4, 9)).format(24_000).audio(new byte[2]);
    turn.on(Stage.PLAYBACK, new ChunkSkipped(1, failure(Stage.SPEECH, FailureKind.BLOCKED)));
    assertThat(client.skipTo("error").getJsonObject("error").getString("code"))
        .isEqualTo("part_not_spoken");
    turn.finish();
    client.skipTo("response.done");
    assertThat(ask(client, "Two?").prompt().background().history())
        .containsExactly(new Exchange("Why?", "One."));
  }

  @Test
  void soundThatComesInIsRefusedOnceInWords() throws Exception {
    RealtimeClient client = realtime();
    client.say("input_audio_buffer.append", "event_id", "a1", "audio", "AAAA");
    JsonObject error = client.error();
    assertThat(error.getString("type")).isEqualTo("invalid_request_error");
    assertThat(error.getString("code")).isEqualTo("unsupported");
    assertThat(error.getString("message")).contains("does not hear");
    assertThat(error.getString("event_id")).isEqualTo("a1");
    client.say("input_audio_buffer.append", "audio", "AAAA").say("input_audio_buffer.commit");
    client.say("output_audio_buffer.clear");
    ask(client, "Why?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'no.such'}|type",
        "{'type':'session.update','session':{'type':'transcription'}}|session.type",
        "{'type':'session.update','session':{'audio':{'output':{'format':{'type':'audio/mp3'}}}}}"
            + "|session.audio.output.format",
        "{'type':'session.update','session':{'audio':{'output':{'format':{'type':'audio/pcm',"
            + "'rate':16000}}}}}|session.audio.output.format.rate",
        "{'type':'session.update','session':{'audio':{'output':{'speed':9}}}}"
            + "|session.audio.output.speed",
        "{'type':'session.update','session':{'output_modalities':['video']}}"
            + "|session.output_modalities",
        "{'type':'session.update','session':'x'}|session",
        "{'type':'conversation.item.create'}|item.type",
        "{'type':'conversation.item.create','item':{'type':'function_call_output'}}|item.type",
        "{'type':'conversation.item.create','item':{'type':'message','role':'tool'}}|item.role",
        "{'type':'conversation.item.create','item':{'type':'message','role':'user'}}|item.content",
        "{'type':'conversation.item.create','item':{'type':'message','role':'user',"
            + "'content':[{'type':'input_text'}]}}|item.content[0].text",
        "{'type':'conversation.item.create','item':{'type':'message','role':'user',"
            + "'content':[{'type':'input_audio','audio':'AAAA'}]}}|item.content[0].transcript",
        "{'type':'conversation.item.create','item':{'type':'message','role':'user',"
            + "'content':[{'type':'input_image','image_url':'x'}]}}|item.content[0].type",
        "{'type':'conversation.item.create','previous_item_id':'gone','item':{'type':'message',"
            + "'role':'user','content':[{'type':'input_text','text':'x'}]}}|previous_item_id",
        "{'type':'conversation.item.delete','item_id':'gone'}|item_id",
        "{'type':'conversation.item.retrieve'}|item_id",
        "{'type':'response.create','response':{'conversation':'other'}}|response.conversation",
        "{'type':'response.create','response':{'input':'x'}}|response.input",
        "{'type':'response.create','response':{'metadata':'x'}}|response.metadata",
        "{'type':5}|type"
      })
  void whatCannotBeUnderstoodIsAnErrorThatNamesIt(String event, String param) throws Exception {
    RealtimeClient client = realtime();
    JsonObject said = new JsonObject(event.replace('\'', '"')).put("event_id", "mine");
    client.socket().say(said.encode());
    JsonObject error = client.error();
    assertThat(error.getString("param")).as(error.encode()).isEqualTo(param);
    assertThat(error.getString("type")).isEqualTo("invalid_request_error");
    assertThat(error.getString("event_id")).isEqualTo("mine");
    ask(client, "Why?");
  }

  @Test
  void whatIsNoEventAtAllClosesNothing() throws Exception {
    RealtimeClient client = realtime();
    for (String text : List.of("", "hello", "[]", "\"x\"", "null", "{\"type\":")) {
      client.socket().say(text);
      assertThat(client.error().getString("type")).isEqualTo("invalid_request_error");
    }
    client.socket().say(new byte[] {1, 2});
    client.error();
    ask(client, "Why?");
  }

  @Test
  void aTextThatIsTooLongIsNotKept() throws Exception {
    serve("max-prompt-bytes", 1000);
    RealtimeClient client = realtime();
    client.user("x".repeat(1001));
    assertThat(client.error().getString("param")).isEqualTo("item.content");
    assertThat(ask(client, "Why?").prompt().background().history()).isEmpty();
  }
}
