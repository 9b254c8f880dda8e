package io.voicebus.telemetry;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Characters;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.Underrun;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnSummary;
import io.voicebus.turn.TurnTimings;
import java.util.List;
import java.util.Map;

/** Turns that have ended, of two kinds. */
final class Summaries {
  static final long MS = 1_000_000;

  private Summaries() {}

  /** One of two chunks that was heard wholly, but for a silence. */
  static TurnSummary heard(String callersTrace, String trace) {
    return new TurnSummary(
        new TurnId("t1"),
        0,
        false,
        callersTrace,
        trace,
        Outcome.FINISHED,
        null,
        new TurnTimings(100 * MS, 120 * MS, 220 * MS, 225 * MS, 3000 * MS),
        new Characters(20, 18, 2, 5),
        33,
        new AnswerReport(
            "gemini", "gemini-3.5-flash-lite", AnswerReport.Ending.COMPLETE, 1, 7, 11, 2),
        900 * MS,
        List.of(
            new TurnSummary.Chunk(
                0,
                12,
                120 * MS,
                "elevenlabs",
                225 * MS,
                400 * MS,
                1,
                2 * MS,
                90 * MS,
                270 * MS,
                null),
            new TurnSummary.Chunk(
                1,
                8,
                500 * MS,
                "embedded",
                700 * MS,
                800 * MS,
                3,
                4 * MS,
                10 * MS,
                200 * MS,
                null)),
        2,
        List.of(new TurnSummary.TimedUnderrun(1000 * MS, new Underrun(1, 250, Stage.SPEECH))),
        Map.of(Stage.PLAYBACK, 1));
  }

  /** One whose model failed before a word. */
  static TurnSummary failed(String trace) {
    return new TurnSummary(
        new TurnId("t2"),
        0,
        false,
        "",
        trace,
        Outcome.FAILED,
        new Failure(Stage.TEXT, FailureKind.RATE_LIMITED, "the secret is 4711"),
        new TurnTimings(-1, -1, -1, -1, 50 * MS),
        Characters.NONE,
        0,
        null,
        -1,
        List.of(),
        0,
        List.of(),
        Map.of());
  }
}
