package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Exchange;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code /v1/realtime}: how a response begins, goes on and ends. */
@Timeout(60)
class RealtimeResponseTest extends RealtimeSockets {
  @Test
  void anAnswerIsToldInTheOrderThatClientsRelyOn() throws Exception {
    // given
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
  void aCancelledResponseStopsTheTurnAndKeepsWhatWasHeardOfIt() throws Exception {
    // given
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
  void ofACancelledResponseNoMoreIsRememberedThanCanHaveBeenHeard() throws Exception {
    // given: a minute of sound, which has come at once
    RealtimeClient client = realtime();
    FakeTurn turn = ask(client, "One?").text("One two three.").caption(0, "One two three.");
    turn.format(24_000).mark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    int pieces = 96;
    for (int i = 0; i < pieces; i++) {
      turn.audio(new byte[30_000]);
    }
    turn.mark(PlayoutMark.Kind.CHUNK_END, 0, pieces * 15_000L);
    int bytes = 0;
    while (bytes < pieces * 30_000) {
      bytes += audio(client.skipTo("response.output_audio.delta")).length;
    }
    // when: it does not say what it has heard
    client.say("response.cancel");
    client.skipTo("response.done");
    // then
    assertThat(ask(client, "Two?").prompt().background().history())
        .singleElement()
        .extracting(Exchange::answer)
        .asString()
        .doesNotContain("three");
  }

  @Test
  void withNothingUnderWayCancelIsAnErrorThatHarmsNothing() throws Exception {
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
  void textIsAnsweredInTextWhereNoSoundIsWanted() throws Exception {
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
  void aClientThatGoesEndsItsTurn() throws Exception {
    RealtimeClient client = realtime();
    FakeTurn turn = ask(client, "Why?");
    client.socket().close();
    turn.awaitCancelled();
  }

  @Test
  void aClientThatDoesNotReadHoldsTheTurnUp() throws Exception {
    // given
    RealtimeClient client = realtime();
    FakeTurn turn = ask(client, "Why?");
    client.socket().pause();
    // when
    long much = 50_000_000;
    turn.text("A long story.").format(24_000).flood(much);
    // then: it comes to rest, while others are answered
    long before;
    do {
      before = turn.flooded();
      for (int i = 0; i < 20; i++) {
        assertThat(get("/v1/status").status()).isEqualTo(200);
      }
    } while (before == 0 || turn.flooded() > before);
    assertThat(turn.flooded()).isLessThan(much);
    // and what it has not read is made when it reads on
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
}
