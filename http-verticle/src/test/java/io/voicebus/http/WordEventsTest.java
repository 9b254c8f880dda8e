package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutMark.Kind;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.contract.Underrun;
import io.voicebus.contract.WordMark;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** When words are spoken, as events and as captions. */
class WordEventsTest extends ServerTest {
  private static final String VTT =
      """
      WEBVTT

      1
      00:00:00.050 --> 00:00:01.050
      Hi you.
      """;

  private RawClient start(String fields) throws Exception {
    RawClient started = post("/v1/turns", "{\"prompt\": \"Hello?\"" + fields + "}");
    assertThat(started.status()).isEqualTo(201);
    return started;
  }

  private FakeTurn speak() throws Exception {
    return pipeline
        .nextTurn()
        .text("**Hi** you.")
        .caption(0, "Hi you.")
        .on(Stage.PLAYBACK, new ChunkSpoken(0, 1, 0, 0, 0))
        .format(24_000)
        .mark(Kind.CHUNK_START, 0, 1200)
        .audio(new byte[24_000])
        .audio(new byte[24_000])
        .on(Stage.PLAYBACK, new WordMark(0, 7200, 2, 6000, false))
        .on(Stage.PLAYBACK, new WordMark(0, 24_000, 7, 12_000, false))
        .mark(Kind.CHUNK_END, 0, 24_000);
  }

  @Test
  void aTurnThatWantsThemTellsWhenItsWordsAreSpoken() throws Exception {
    // given
    serve();
    String path = start(", \"words\": true").header("location");
    RawClient events = get(path + "/events");
    RawClient listener = send("GET", path + "/audio", NOTHING);
    // when
    speak().finish();
    listener.readAll();
    // then
    String all = new String(events.readAll(), StandardCharsets.UTF_8);
    assertThat(all)
        .contains(
            "event: word\ndata: {\"chunk\":0,\"text\":\"Hi\",\"source_start\":0,\"source_end\":2,"
                + "\"start_ms\":50.000,\"end_ms\":300.000,\"estimated\":false}\n")
        .contains("\"text\":\"you.\"")
        .contains("\"start_ms\":500.000,\"end_ms\":1000.000");
    assertThat(all.indexOf("event: word")).isLessThan(all.indexOf("chunk-end"));
  }

  @Test
  void othersAreNotFloodedButHaveCaptionsAlsoAfterTheEnd() throws Exception {
    // given
    serve();
    String path = start("").header("location");
    RawClient events = get(path + "/events");
    RawClient listener = send("GET", path + "/audio", NOTHING);
    FakeTurn turn = speak();
    listener.awaitHead();
    events.readEvent();
    // when it goes on
    RawClient running = get(path + "/captions.vtt");
    turn.finish();
    listener.readAll();
    // then
    assertThat(new String(events.readAll(), StandardCharsets.UTF_8))
        .doesNotContain("event: word")
        .contains("event: end");
    assertThat(running.status()).isEqualTo(200);
    assertThat(running.readText()).endsWith("NOTE the turn goes on\n");
    RawClient vtt = get(path + "/captions.vtt");
    assertThat(vtt.header("content-type")).isEqualTo("text/vtt;charset=utf-8");
    assertThat(vtt.readText()).isEqualTo(VTT);
    RawClient srt = get(path + "/captions.srt");
    assertThat(srt.header("content-type")).isEqualTo("application/x-subrip;charset=utf-8");
    assertThat(srt.readText()).isEqualTo("1\r\n00:00:00,050 --> 00:00:01,050\r\nHi you.\r\n\r\n");
    assertProblem(get("/v1/turns/none/captions.vtt"), 404, "not-found", "no such turn");
  }

  @Test
  void whatIsSpokenOtherwiseThanAskedForIsToldOnce() throws Exception {
    serve();
    String path = start(", \"speed\": 2").header("location");
    RawClient events = get(path + "/events");
    RawClient listener = send("GET", path + "/audio", NOTHING);
    FakeTurn turn = pipeline.nextTurn();
    assertThat(turn.prompt().turn().options().speed()).isEqualTo(2000);
    SpeechNotice notice = new SpeechNotice(0, SpeechNotice.Kind.SPEED, "it has one speed only");
    turn.on(Stage.PLAYBACK, notice).on(Stage.PLAYBACK, notice);
    turn.format(24_000).audio(new byte[2]);
    turn.on(Stage.PLAYBACK, new Underrun(0, 340, Stage.SPEECH)).finish();
    listener.readAll();
    String all = new String(events.readAll(), StandardCharsets.UTF_8);
    assertThat(all.split("event: notice", -1)).hasSize(2);
    assertThat(all)
        .contains("{\"chunk\":0,\"notice\":\"speed\",\"detail\":\"it has one speed only\"}")
        .contains(
            "\"underruns\":{\"count\":1,\"ms\":340,\"longest_ms\":340,\"stages\":{\"speech\":340}}");
    assertThat(get(path).readText()).contains("\"underruns\":{\"count\":1");
  }
}
