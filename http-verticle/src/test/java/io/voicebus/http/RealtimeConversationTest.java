package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Background;
import io.voicebus.contract.Exchange;
import io.voicebus.contract.WordMark;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/realtime}: what was said, and what was heard of it. */
@Timeout(60)
class RealtimeConversationTest extends RealtimeSockets {
  @Test
  void whatWasSaidBeforeIsToldToTheModel() throws Exception {
    // given
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

  @Test
  void aWordThatTheVoiceTellsIsHeardThoughTheSilenceBehindItIsNot() throws Exception {
    RealtimeClient client = realtime();
    speak(ask(client, "One?"))
        .on(Stage.PLAYBACK, new WordMark(0, 3_000, 3))
        .on(Stage.PLAYBACK, new WordMark(0, 5_000, 7))
        .on(Stage.PLAYBACK, new WordMark(0, 8_000, 14))
        .finish();
    JsonObject done = client.skipTo("response.done").getJsonObject("response");
    String id = done.getJsonArray("output").getJsonObject(0).getString("id");
    client.say(
        "conversation.item.truncate", "item_id", id, "content_index", 0, "audio_end_ms", 340);
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
  void anAnswerThatIsCutWhileItIsSpokenStaysCut() throws Exception {
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
  void aResponseOfItsOwnIsNotRemembered() throws Exception {
    // given
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
  void aConversationForgetsItsOldestItemsAndTellsSo() throws Exception {
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
