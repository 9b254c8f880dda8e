package io.voicebus.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Characters;
import io.voicebus.contract.TurnId;
import io.voicebus.turn.TurnEvent.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TurnLogTest {
  private static final Failure OVERLOADED =
      new Failure(Stage.TEXT, FailureKind.RATE_LIMITED, "Gemini gets too many requests");

  private final Queue<Runnable> later = new ArrayDeque<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> information = new ArrayList<>();
  private final List<Map<String, String>> fields = new ArrayList<>();

  private TurnLog log(boolean all) {
    return new TurnLog(
        all,
        (nanos, task) -> later.add(task),
        line -> {
          warnings.add(line.text());
          fields.add(line.fields());
        },
        line -> information.add(line.text()));
  }

  private static void end(TurnLog log, String id, Outcome outcome, @Nullable Failure why) {
    log.ended(
        new TurnId(id),
        new TurnEvent.Ended(outcome, why, new TurnTimings(-1, -1, -1, -1, -1), Characters.NONE),
        () -> new TurnTexts("My secret is the number 4711.", "I will not tell anybody of it."));
  }

  @Test
  void aTurnThatFailsGetsALineWithItsIdStageKindAndDetail() {
    end(log(false), "t1", Outcome.FAILED, OVERLOADED);
    assertThat(warnings)
        .containsExactly("turn t1 failed: text, rate-limited, Gemini gets too many requests");
    assertThat(fields)
        .containsExactly(
            Map.of("turn", "t1", "outcome", "failed", "stage", "text", "kind", "rate-limited"));
  }

  @Test
  void turnsThatFinishOrAreCancelledGetNoneUnlessAskedFor() {
    // given
    Failure left = new Failure(Stage.OWNER, FailureKind.CANCELLED, "the listener has gone");
    // when
    end(log(false), "t1", Outcome.FINISHED, null);
    end(log(false), "t2", Outcome.CANCELLED, left);
    // then
    assertThat(warnings).isEmpty();
    assertThat(information).isEmpty();
    // when
    end(log(true), "t1", Outcome.FINISHED, null);
    end(log(true), "t2", Outcome.CANCELLED, left);
    // then
    assertThat(warnings).isEmpty();
    assertThat(information)
        .containsExactly(
            "turn t1 finished", "turn t2 cancelled: owner, cancelled, the listener has gone");
  }

  @Test
  void aTurnThatLeavesSomethingOutGetsALine() {
    // given
    Failure first =
        new Failure(
            Stage.SPEECH, FailureKind.BLOCKED, "the voice says no to 'secret is the number 4711'");
    TurnEvent.Ended end =
        new TurnEvent.Ended(
            Outcome.FINISHED, null, new TurnTimings(-1, -1, -1, -1, -1), Characters.NONE);
    TurnTexts texts = new TurnTexts("My secret is the number 4711.", "");
    TurnLog log = log(false);
    log.leftOut(new TurnId("t1"), end, 0, null, () -> texts);
    assertThat(warnings).isEmpty();
    // when
    log.leftOut(new TurnId("t2"), end, 2, first, () -> texts);
    // then
    assertThat(warnings)
        .containsExactly("turn t2 left out 2 sentences: speech, blocked, the voice says no to '…'");
    assertThat(fields.get(0)).containsEntry("outcome", "finished").containsEntry("kind", "blocked");
  }

  @Test
  void aTurnOfWhichNothingCanBeSpokenGetsALine() {
    // given
    TurnTimings timings = new TurnTimings(-1, -1, -1, -1, -1);
    TurnLog log = log(false);
    // when
    log.unspoken(
        new TurnId("t1"), new TurnEvent.Ended(Outcome.CANCELLED, null, timings, Characters.NONE));
    log.unspoken(
        new TurnId("t2"), new TurnEvent.Ended(Outcome.FINISHED, null, timings, Characters.NONE));
    // then
    assertThat(warnings).containsExactly("turn t2: nothing of its text can be spoken");
  }

  @Test
  void ofManyInOneSecondTheFirstAreToldAndTheOthersCounted() {
    // given
    TurnLog log = log(false);
    // when
    for (int i = 0; i < 40; i++) {
      end(log, "t" + i, Outcome.FAILED, OVERLOADED);
    }
    later.remove().run();
    // then
    assertThat(warnings).hasSize(TurnLog.MAX_PER_SECOND + 1);
    assertThat(warnings.get(TurnLog.MAX_PER_SECOND)).startsWith("35 more turns failed");
    // when: the next second
    end(log, "next", Outcome.FAILED, OVERLOADED);
    later.remove().run();
    // then
    assertThat(warnings).hasSize(TurnLog.MAX_PER_SECOND + 2);
    assertThat(warnings.get(TurnLog.MAX_PER_SECOND + 1)).contains("turn next failed");
  }

  @Test
  void whatAServiceQuotesOfTheTurnIsNotLogged() {
    // when
    end(
        log(false),
        "t1",
        Outcome.FAILED,
        new Failure(
            Stage.SPEECH,
            FailureKind.BLOCKED,
            "refused: 'secret is the\n number 4711' and \"not tell anybody of it\" break a rule"));
    // then
    assertThat(warnings)
        .containsExactly(
            "turn t1 failed: speech, blocked, refused: '\u2026' and \"\u2026\" break a rule");
  }

  @Test
  void aShortPromptIsNotQuotedEither() {
    assertThat(new TurnTexts("PIN 12", "").without("invalid input 'PIN 12'"))
        .isEqualTo("invalid input '\u2026'");
    assertThat(new TurnTexts("a", "b").without("a bad answer")).isEqualTo("a bad answer");
  }

  @Test
  void aLineIsOneLineOfBoundedLengthWithoutControlCharacters() {
    String line = new TurnTexts("", "").without("one\u001B[2J\ntwo " + "x".repeat(9_000));
    assertThat(line).startsWith("one [2J two x").hasSizeLessThan(600);
  }
}
