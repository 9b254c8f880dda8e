package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Background;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.Exchange;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextMode;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/realtime}, as clients of OpenAI's Realtime API use it. */
@Timeout(60)
class RealtimeTest extends ServerTest {
  private RealtimeClient connect(String... headers) throws Exception {
    return new RealtimeClient(vertx, http.actualPort(), "?model=gpt-realtime", headers);
  }

  /** A client that has been greeted. */
  private RealtimeClient realtime() throws Exception {
    RealtimeClient client = connect();
    client.next("session.created");
    return client;
  }

  private FakeTurn ask(RealtimeClient client, String prompt) throws Exception {
    client.user(prompt).say("response.create");
    client.next("conversation.item.added");
    client.next("conversation.item.done");
    FakeTurn turn = pipeline.nextTurn();
    client.next("response.created");
    return turn;
  }

  /** Half a second of "One two three." */
  private static FakeTurn speak(FakeTurn turn) {
    return turn.text("One two three.")
        .caption(0, "One two three.")
        .format(24_000)
        .mark(PlayoutMark.Kind.CHUNK_START, 0, 0)
        .audio(new byte[24_000])
        .mark(PlayoutMark.Kind.CHUNK_END, 0, 12_000);
  }

  private static JsonObject json(Object... members) {
    JsonObject json = new JsonObject();
    for (int i = 0; i < members.length; i += 2) {
      json.put((String) members[i], members[i + 1]);
    }
    return json;
  }

  private static String transcript(JsonObject item) {
    return item.getJsonArray("content").getJsonObject(0).getString("transcript");
  }

  private static byte[] audio(JsonObject delta) {
    return Base64.getDecoder().decode(delta.getString("delta"));
  }

  @Test
  void anAnswerIsToldInTheOrderThatClientsRelyOn() throws Exception {
    // given
    serve();
    RealtimeClient client = realtime();
    FakeTurn turn = ask(client, "Why?");
    assertThat(turn.prompt().text()).isEqualTo("Why?");
    assertThat(turn.prompt().turn().options().mode()).isEqualTo(TextMode.ASK);
    assertThat(turn.prompt().turn().options().pace()).isEqualTo(Pace.ASAP);
    // when
    turn.text("Because.");
    // then
    JsonObject added = client.next("response.output_item.added");
    String id = added.getJsonObject("item").getString("id");
    assertThat(added.getJsonObject("item").getString("status")).isEqualTo("in_progress");
    assertThat(client.next("conversation.item.added").getString("previous_item_id"))
        .startsWith("item_");
    JsonObject part = client.next("response.content_part.added").getJsonObject("part");
    assertThat(part.getString("type")).isEqualTo("audio");
    JsonObject text = client.next("response.output_audio_transcript.delta");
    assertThat(text.getString("delta")).isEqualTo("Because.");
    assertThat(text.getString("item_id")).isEqualTo(id);
    // when: it is heard while it is written
    turn.format(24_000).audio(new byte[] {1, 2, 3, 4});
    assertThat(audio(client.next("response.output_audio.delta"))).containsExactly(1, 2, 3, 4);
    turn.on(Stage.TEXT, new AnswerReport("x", "m", AnswerReport.Ending.COMPLETE, 1, 10, 20, 0));
    turn.finish();
    // then
    client.next("response.output_audio.done");
    assertThat(client.next("response.output_audio_transcript.done").getString("transcript"))
        .isEqualTo("Because.");
    client.next("response.content_part.done");
    JsonObject item = client.next("response.output_item.done").getJsonObject("item");
    assertThat(item.getString("status")).isEqualTo("completed");
    assertThat(transcript(item)).isEqualTo("Because.");
    client.next("conversation.item.done");
    JsonObject response = client.next("response.done").getJsonObject("response");
    assertThat(response.getString("status")).isEqualTo("completed");
    assertThat(response.getJsonArray("output")).containsExactly(item);
    JsonObject usage = response.getJsonObject("usage");
    assertThat(usage.getInteger("input_tokens")).isEqualTo(10);
    assertThat(usage.getInteger("output_tokens")).isEqualTo(21);
    assertThat(usage.getInteger("total_tokens")).isEqualTo(31);
    assertThat(usage.getJsonObject("output_token_details").getInteger("audio_tokens")).isOne();
  }

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

  private static JsonArray list(Object... values) {
    return new JsonArray(List.of(values));
  }

  @ParameterizedTest
  @CsvSource({"audio/pcm,4", "audio/pcmu,2", "audio/pcma,2"})
  void soundComesInTheFormatThatIsAskedFor(String format, int bytes) throws Exception {
    // given
    serve();
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
  void whatWasSaidBeforeIsToldToTheModel() throws Exception {
    // given
    serve();
    RealtimeClient client = realtime();
    client.say("session.update", "session", json("instructions", "Be brief."));
    client.next("session.updated");
    client.say(
        "conversation.item.create",
        "item",
        RealtimeClient.message("system", "input_text", "It is May."));
    client.typesTo("conversation.item.done");
    speak(ask(client, "One?")).finish();
    client.skipTo("response.done");
    // when
    FakeTurn turn = ask(client, "Two?");
    // then
    assertThat(turn.prompt().text()).isEqualTo("Two?");
    assertThat(turn.prompt().background())
        .isEqualTo(
            new Background(
                "Be brief.\n\nIt is May.", List.of(new Exchange("One?", "One two three."))));
  }

  @Test
  void whatWasNotHeardOfAnAnswerIsNotToldToTheModel() throws Exception {
    // given
    serve();
    RealtimeClient client = realtime();
    speak(ask(client, "One?")).finish();
    JsonObject done = client.skipTo("response.done").getJsonObject("response");
    String id = done.getJsonArray("output").getJsonObject(0).getString("id");
    // when
    client.say(
        "conversation.item.truncate", "item_id", id, "content_index", 0, "audio_end_ms", 320);
    // then
    assertThat(client.next("conversation.item.truncated").getInteger("audio_end_ms"))
        .isEqualTo(320);
    client.say("conversation.item.retrieve", "item_id", id);
    assertThat(transcript(client.next("conversation.item.retrieved").getJsonObject("item")))
        .isEqualTo("One two");
    assertThat(ask(client, "Two?").prompt().background().history())
        .containsExactly(new Exchange("One?", "One two"));
  }

  @Test
  void anAnswerThatWasHeardButForAnInstantIsWhole() throws Exception {
    serve();
    RealtimeClient client = realtime();
    speak(ask(client, "One?")).finish();
    JsonObject done = client.skipTo("response.done").getJsonObject("response");
    String id = done.getJsonArray("output").getJsonObject(0).getString("id");
    client.say(
        "conversation.item.truncate", "item_id", id, "content_index", 0, "audio_end_ms", 499);
    client.next("conversation.item.truncated");
    assertThat(ask(client, "Two?").prompt().background().history())
        .containsExactly(new Exchange("One?", "One two three."));
  }

  @ParameterizedTest
  @CsvSource({
    "answer,0,501,audio_end_ms,shorter",
    "answer,1,100,content_index,one part",
    "answer,0,-1,audio_end_ms,number",
    "question,0,100,item_id,of the model",
    "none,0,100,item_id,no item"
  })
  void whatCannotBeCutIsRefusedAndStays(String which, int index, int ms, String param, String words)
      throws Exception {
    // given
    serve();
    RealtimeClient client = realtime();
    client.user("One?");
    String question = client.next().getJsonObject("item").getString("id");
    client.next("conversation.item.done");
    client.say("response.create");
    speak(pipeline.nextTurn()).finish();
    JsonObject done = client.skipTo("response.done").getJsonObject("response");
    String answer = done.getJsonArray("output").getJsonObject(0).getString("id");
    // when
    String id = which.equals("answer") ? answer : which.equals("question") ? question : which;
    client.say(
        "conversation.item.truncate", "item_id", id, "content_index", index, "audio_end_ms", ms);
    // then
    JsonObject error = client.error();
    assertThat(error.getString("param")).isEqualTo(param);
    assertThat(error.getString("message")).contains(words);
    assertThat(ask(client, "Two?").prompt().background().history())
        .containsExactly(new Exchange("One?", "One two three."));
  }

  @Test
  void aCancelledResponseStopsTheTurnAndKeepsWhatWasHeardOfIt() throws Exception {
    // given
    serve();
    RealtimeClient client = realtime();
    FakeTurn turn = speak(ask(client, "One?"));
    JsonObject audio = client.skipTo("response.output_audio.delta");
    // when: as the Agents SDK interrupts
    client.say("response.cancel");
    client.say(
        "conversation.item.truncate",
        "item_id",
        audio.getString("item_id"),
        "content_index",
        0,
        "audio_end_ms",
        200);
    // then
    turn.awaitCancelled();
    JsonObject response = client.skipTo("response.done").getJsonObject("response");
    assertThat(response.getString("status")).isEqualTo("cancelled");
    assertThat(response.getJsonObject("status_details").getString("reason"))
        .isEqualTo("client_cancelled");
    assertThat(response.getJsonArray("output").getJsonObject(0).getString("status"))
        .isEqualTo("incomplete");
    client.next("conversation.item.truncated");
    assertThat(ask(client, "Two?").prompt().background().history())
        .containsExactly(new Exchange("One?", "One"));
  }

  @Test
  void anAnswerThatIsCutWhileItIsSpokenStaysCut() throws Exception {
    serve();
    RealtimeClient client = realtime();
    FakeTurn turn = speak(ask(client, "One?"));
    String id = client.skipTo("response.output_audio.delta").getString("item_id");
    client.say(
        "conversation.item.truncate", "item_id", id, "content_index", 0, "audio_end_ms", 200);
    client.skipTo("conversation.item.truncated");
    turn.finish();
    client.skipTo("response.done");
    assertThat(ask(client, "Two?").prompt().background().history())
        .containsExactly(new Exchange("One?", "One"));
  }

  @Test
  void withNothingUnderWayCancelIsAnErrorThatHarmsNothing() throws Exception {
    serve();
    RealtimeClient client = realtime();
    client.say("response.cancel", "event_id", "mine");
    JsonObject error = client.error();
    assertThat(error.getString("code")).isEqualTo("response_cancel_not_active");
    assertThat(error.getString("event_id")).isEqualTo("mine");
    ask(client, "One?");
    client.say("response.cancel", "response_id", "resp_of_another_time");
    assertThat(client.error().getString("code")).isEqualTo("response_cancel_not_active");
  }

  @Test
  void thereIsOneResponseAtATime() throws Exception {
    // given
    serve();
    RealtimeClient client = realtime();
    FakeTurn turn = ask(client, "One?");
    // when
    client.say("response.create", "event_id", "second");
    // then
    JsonObject error = client.error();
    assertThat(error.getString("code")).isEqualTo("conversation_already_has_active_response");
    assertThat(error.getString("event_id")).isEqualTo("second");
    turn.text("So.").format(24_000).audio(new byte[2]).finish();
    client.skipTo("response.done");
    ask(client, "Two?");
  }

  @Test
  void aResponseOfItsOwnIsNotRemembered() throws Exception {
    // given
    serve();
    RealtimeClient client = realtime();
    client.user("My name is Ada.");
    String id = client.next("conversation.item.added").getJsonObject("item").getString("id");
    client.next("conversation.item.done");
    // when
    client.say(
        "response.create",
        "response",
        json(
            "conversation", "none",
            "output_modalities", list("audio"),
            "metadata", json("topic", "names"),
            "input",
                list(
                    json("type", "item_reference", "id", id),
                    RealtimeClient.message("user", "input_text", "Which name?"))));
    // then
    FakeTurn turn = pipeline.nextTurn();
    assertThat(turn.prompt().text()).isEqualTo("Which name?");
    assertThat(turn.prompt().background().history())
        .containsExactly(new Exchange("My name is Ada.", ""));
    JsonObject created = client.next("response.created").getJsonObject("response");
    assertThat(created.getValue("conversation_id")).isNull();
    assertThat(created.getJsonObject("metadata")).isEqualTo(json("topic", "names"));
    turn.text("Ada.").format(24_000).audio(new byte[2]).finish();
    assertThat(client.typesTo("response.done"))
        .doesNotContain("conversation.item.added", "conversation.item.done");
    assertThat(ask(client, "Two?").prompt().background().history())
        .containsExactly(new Exchange("My name is Ada.", ""));
  }

  @Test
  void aModelMaySpeakFirst() throws Exception {
    serve();
    RealtimeClient client = realtime();
    client.say("session.update", "session", json("instructions", "You are a pirate."));
    client.next("session.updated");
    client.say("response.create", "response", json("instructions", "Greet the user."));
    FakeTurn greeting = pipeline.nextTurn();
    assertThat(greeting.prompt().text()).isEqualTo("Greet the user.");
    assertThat(greeting.prompt().background().system()).isEqualTo("You are a pirate.");
    greeting.text("Ahoy!").format(24_000).audio(new byte[2]).finish();
    client.skipTo("response.done");
    client.say("response.create");
    FakeTurn next = pipeline.nextTurn();
    assertThat(next.prompt().text()).isNotBlank();
    assertThat(next.prompt().background().system())
        .isEqualTo("You are a pirate.\n\nYou have begun the conversation with these words: Ahoy!");
  }

  @Test
  void itemsAreInsertedAndDeleted() throws Exception {
    // given
    serve();
    RealtimeClient client = realtime();
    client.user("Two?");
    String two = client.next("conversation.item.added").getJsonObject("item").getString("id");
    client.next("conversation.item.done");
    // when
    client.say(
        "conversation.item.create",
        "previous_item_id",
        "root",
        "item",
        RealtimeClient.message("user", "input_text", "One?").put("id", "first"));
    // then
    JsonObject added = client.next("conversation.item.added");
    assertThat(added.containsKey("previous_item_id")).isTrue();
    assertThat(added.getValue("previous_item_id")).isNull();
    assertThat(added.getJsonObject("item").getString("id")).isEqualTo("first");
    client.next("conversation.item.done");
    client.say(
        "conversation.item.create",
        "previous_item_id",
        "first",
        "item",
        RealtimeClient.message("assistant", "output_text", "I."));
    assertThat(client.next("conversation.item.added").getString("previous_item_id"))
        .isEqualTo("first");
    client.next("conversation.item.done");
    // when
    client.say("conversation.item.delete", "item_id", two);
    // then
    assertThat(client.next("conversation.item.deleted").getString("item_id")).isEqualTo(two);
    assertThat(ask(client, "Three?").prompt().background().history())
        .containsExactly(new Exchange("One?", "I."));
  }

  @Test
  void textIsAnsweredInTextWhereNoSoundIsWanted() throws Exception {
    serve();
    RealtimeClient client = realtime();
    client.user("Why?").say("response.create", "response", json("output_modalities", list("text")));
    client.typesTo("conversation.item.done");
    // The pipeline shows turns that are spoken: no model is there to be asked here.
    client.next("response.created");
    client.say("response.cancel");
    JsonObject response = client.next("response.done").getJsonObject("response");
    assertThat(response.getJsonArray("output_modalities")).isEqualTo(list("text"));
    assertThat(response.getString("status")).isEqualTo("cancelled");
  }

  @Test
  void aFailureIsToldInWordsAndTheSessionGoesOn() throws Exception {
    // given
    serve();
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
    serve();
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
    serve();
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
    serve();
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
    serve();
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

  @Test
  void aClientThatGoesEndsItsTurn() throws Exception {
    serve();
    RealtimeClient client = realtime();
    FakeTurn turn = ask(client, "Why?");
    client.socket().close();
    turn.awaitCancelled();
  }

  @Test
  void aClientThatDoesNotReadHoldsTheTurnUp() throws Exception {
    // given
    serve();
    RealtimeClient client = realtime();
    FakeTurn turn = ask(client, "Why?");
    client.socket().pause();
    // when
    long much = 50_000_000;
    turn.text("A long story.").format(24_000).flood(much);
    // then: what it has not read is made when it reads on
    client.socket().resume();
    long bytes = 0;
    while (bytes < 5_000_000) {
      JsonObject event = client.next();
      if (event.getString("type").equals("response.output_audio.delta")) {
        bytes += audio(event).length;
        assertThat(turn.flooded()).isLessThan(much);
      }
    }
    client.say("response.cancel");
    turn.awaitCancelled();
    assertThat(turn.flooded()).isLessThan(much);
  }

  @Test
  void aServerThatStopsLetsAResponseFinish() throws Exception {
    // given
    serve("drain-ms", 10_000);
    RealtimeClient idle = realtime();
    RealtimeClient client = realtime();
    FakeTurn turn = ask(client, "Why?");
    // when
    http.drain();
    // then
    assertThat(idle.socket().closeCode()).isEqualTo(1001);
    turn.text("So.").format(24_000).audio(new byte[2]).finish();
    client.skipTo("response.done");
    assertThat(client.socket().closeCode()).isEqualTo(1001);
  }

  @Test
  void aConversationForgetsItsOldestItemsAndTellsSo() throws Exception {
    serve();
    RealtimeClient client = realtime();
    String much = "x".repeat(60_000);
    for (int i = 0; i < 4; i++) {
      client.user(i + much);
      client.next("conversation.item.added");
      client.next("conversation.item.done");
    }
    client.user("One more " + much);
    client.next("conversation.item.added");
    client.next("conversation.item.done");
    client.next("conversation.item.deleted");
    assertThat(ask(client, "Why?").prompt().background().history())
        .extracting(past -> past.prompt().charAt(0))
        .containsExactly('1', '2', '3', 'O');
  }
}
