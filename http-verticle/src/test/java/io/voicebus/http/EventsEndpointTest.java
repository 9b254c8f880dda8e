package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.UnspokenText;
import io.voicebus.contract.WavHeader;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsEndpointTest extends ServerTest {

  @Test
  void tellsWhatAChunkIsWrittenInWhereThatIsKnown() throws Exception {
    // given
    serve();
    RawClient events = get(startTurn() + "/events");
    FakeTurn turn = pipeline.nextTurn();
    // when
    turn.on(
        Stage.CHUNKER,
        new ChunkCaption(0, "Na ja.", 0, 6, "Na ja.", 500, ChunkEnd.SENTENCE, List.of(), "de"));
    // then
    assertThat(events.readEvent())
        .isEqualTo(
            event(
                1,
                "chunk",
                "{\"chunk\":0,\"text\":\"Na ja.\",\"source_start\":0,\"source_end\":6,"
                    + "\"language\":\"de\"}"));
  }

  @Test
  void tellsWhatHappensInOrderAndEndsAfterTheEnd() throws Exception {
    // given
    serve();
    String path = startTurn();
    RawClient events = get(path + "/events");
    FakeTurn turn = pipeline.nextTurn();
    RawClient listener = send("GET", path + "/audio", NOTHING);
    // when
    turn.text("Hi \"you\"\n");
    // then
    assertThat(events.header("content-type")).isEqualTo("text/event-stream");
    assertThat(events.readEvent()).isEqualTo(event(1, "text", "{\"text\":\"Hi \\\"you\\\"\\n\"}"));
    // when
    turn.caption(0, "Hi you");
    assertThat(events.readEvent())
        .isEqualTo(
            event(
                2,
                "chunk",
                "{\"chunk\":0,\"text\":\"Hi you\",\"source_start\":0,\"source_end\":6}"));
    turn.on(Stage.CHUNKER, new ChunkSpoken(0, 2, 1_234_567, -1, 9_000_000));
    assertThat(events.readEvent())
        .isEqualTo(
            event(
                3, "spoken", "{\"chunk\":0,\"attempts\":2,\"wait_ms\":1.234,\"speech_ms\":9.000}"));
    turn.on(Stage.CHUNKER, new ChunkSkipped(1, failure(Stage.SPEECH, FailureKind.BLOCKED)));
    assertThat(events.readEvent())
        .isEqualTo(
            event(
                4,
                "skipped",
                "{\"chunk\":1,\"failure\":{\"stage\":\"speech\",\"kind\":\"blocked\","
                    + "\"detail\":\"please do something about it\"}}"));
    turn.on(
        Stage.PLAYBACK,
        new PlayoutMark(PlayoutMark.Kind.CHUNK_START, 0, 30, "", 0, 0, "elevenlabs/x@8000", 12));
    assertThat(events.readEvent())
        .isEqualTo(
            event(
                5,
                "mark",
                "{\"mark\":\"chunk-start\",\"chunk\":0,\"at_sample\":42,"
                    + "\"engine\":\"elevenlabs\"}"));
    turn.on(Stage.TEXT, new StageTiming("first-byte", 5_000));
    assertThat(events.readEvent())
        .isEqualTo(event(6, "timing", "{\"stage\":\"text\",\"name\":\"first-byte\",\"ms\":0.005}"));
    turn.on(
        Stage.TEXT, new AnswerReport("gemini", "m", AnswerReport.Ending.TRUNCATED, 2, 30, 4, 5));
    assertThat(events.readEvent())
        .isEqualTo(
            event(
                7,
                "answer",
                "{\"source\":\"gemini\",\"model\":\"m\",\"ending\":\"truncated\",\"attempts\":2,"
                    + "\"prompt_tokens\":30,\"answer_tokens\":4,\"thought_tokens\":5,\"continued\":false}"));
    turn.on(Stage.CHUNKER, new UnspokenText(6, 26, UnspokenText.Content.CODE));
    assertThat(events.readEvent())
        .isEqualTo(
            event(8, "unspoken", "{\"source_start\":6,\"source_end\":26,\"content\":\"code\"}"));
    turn.format(24_000);
    listener.awaitHead();
    turn.audio(new byte[] {1, 2}).finish();
    listener.readAll();
    // then
    String end = events.readEvent();
    assertThat(end).startsWith("id: 9\nevent: end\ndata: {\"outcome\":\"finished\",\"timings\":{");
    assertThat(end).contains("\"first_audio_ms\":", "\"end_ms\":").doesNotContain("first_frame");
    assertThat(events.readAll()).isEmpty();
  }

  @Test
  void whatIsKeptOfThemCountsToTheMemoryOfTheProcess() throws Exception {
    // given
    MemoryBudget budget = MemoryBudget.of(vertx, 16 * MemoryBudget.OWNER_BYTES);
    serve();
    RawClient events = get(startTurn() + "/events");
    FakeTurn turn = pipeline.nextTurn();
    // when
    for (int i = 0; i < 1_000; i++) {
      turn.text("x");
    }
    turn.text("end");
    String event = events.readEvent();
    while (!event.contains("end")) {
      event = events.readEvent();
    }
    // then
    assertThat(budget.charged())
        .isGreaterThan(MemoryBudget.OWNER_AUDIO_BYTES + 1_000 * EventLog.OVERHEAD);
  }

  @Test
  void replaysToSeveralReadersThatComeLate() throws Exception {
    // given
    serve();
    String path = startTurn();
    RawClient first = get(path + "/events");
    pipeline
        .nextTurn()
        .text("one")
        .text("two")
        .fail(failure(Stage.TEXT, FailureKind.BLOCKED))
        .end(Stage.CHUNKER, Stage.PLAYBACK);
    String seen = first.readText();
    // when
    RawClient late = get(path + "/events");
    RawClient resumed = call("GET", path + "/events", NOTHING, "Last-Event-ID: 1");
    // then
    assertThat(late.readText()).isEqualTo(seen);
    assertThat(seen).contains("\"kind\":\"blocked\"", "\"outcome\":\"failed\"");
    assertThat(resumed.readEvent()).startsWith("id: 2\nevent: text\n");
    assertThat(resumed.readEvent()).startsWith("id: 3\nevent: end\n");
    assertThat(resumed.readAll()).isEmpty();
    assertThat(call("GET", path + "/events", NOTHING, "Last-Event-ID: 3").status()).isEqualTo(204);
  }

  @Test
  void saysHowManyEventsTheLogHasDropped() throws Exception {
    // given
    serve("events-bytes", 1024);
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn();
    for (int i = 1; i <= 100; i++) {
      turn.text("delta " + i);
    }
    turn.fail(failure(Stage.CHUNKER, FailureKind.TIMEOUT));
    turn.awaitCancelled();
    // when
    RawClient events = get(path + "/events");
    // then
    String dropped = events.readEvent();
    assertThat(dropped).startsWith("event: dropped\ndata: {\"events\":");
    int count = new JsonObject(dropped.substring(dropped.indexOf('{'))).getInteger("events");
    assertThat(events.readEvent()).startsWith("id: " + (count + 1) + "\nevent: text\n");
    assertThat(events.readText()).contains("id: 101\nevent: end\n");
  }

  @Test
  void neverLetsASlowReaderHoldTheTurnUp() throws Exception {
    // given
    serve("events-bytes", 100_000);
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn();
    RawClient slow = narrowClient().request("GET", path + "/events", NOTHING).awaitHead();
    RawClient listener = send("GET", path + "/audio", NOTHING);
    // when
    for (int i = 0; i < 2000; i++) {
      turn.on(Stage.TEXT, new StageTiming("x".repeat(4000), 1)); // nothing waits for these
    }
    turn.format(24_000);
    listener.awaitHead();
    turn.finish();
    // then
    assertThat(listener.readAll()).hasSize(WavHeader.BYTES);
    String all = slow.readText();
    assertThat(all.indexOf("event: dropped\n")).isPositive();
    assertThat(all.indexOf("id: 2001\nevent: end\n")).isPositive();
    assertThat(all.length()).isLessThan(4_000_000);
  }

  @Test
  void breaksOffAReaderThatTakesNothingForTooLong() throws Exception {
    // given
    serve("heartbeat-ms", 50, "stalled-ms", 200);
    String path = startTurn();
    FakeTurn turn = pipeline.nextTurn();
    RawClient listener = send("GET", path + "/audio", NOTHING);
    narrowClient().request("GET", path + "/events", NOTHING).awaitHead();
    for (int i = 0; i < 1000; i++) {
      turn.on(Stage.TEXT, new StageTiming("x".repeat(4000), 1)); // nothing waits for these
    }
    // when
    turn.format(24_000);
    listener.awaitHead();
    turn.finish();
    listener.readAll();
    // then
    http.drain().await();
  }

  @Test
  void sendsHeartbeatsWhileNothingHappens() throws Exception {
    serve("heartbeat-ms", 20);
    RawClient events = get(startTurn() + "/events");
    assertThat(events.read(6)).isEqualTo(utf8(":\n\n:\n\n"));
  }

  @Test
  void hasABoundedNumberOfReaders() throws Exception {
    // given
    serve();
    String path = startTurn();
    for (int i = 0; i < TurnSession.MAX_READERS; i++) {
      assertThat(get(path + "/events").status()).isEqualTo(200);
    }
    // then
    assertProblem(get(path + "/events"), 429, "rate-limited", "at most 16 readers");
  }

  @Test
  void forgetsEndedTurns() throws Exception {
    // given
    serve("kept-turns", 0);
    String path = startTurn();
    RawClient events = get(path + "/events");
    pipeline.nextTurn().fail(failure(Stage.TEXT, FailureKind.TIMEOUT));
    assertThat(events.readText()).contains("event: end");
    // then
    assertProblem(get(path + "/events"), 404, "not-found", "forgotten");
  }

  private static String event(long id, String name, String data) {
    return "id: " + id + "\nevent: " + name + "\ndata: " + data + "\n\n";
  }
}
