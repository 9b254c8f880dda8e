package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Characters;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnTimings;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  private final StringWriter shown = new StringWriter();
  private final Transcript transcript = Transcript.ofAnswer(new PrintWriter(shown));

  private static TurnEvent.Ended cancelled(String why) {
    return new TurnEvent.Ended(
        Outcome.CANCELLED,
        new Failure(Stage.OWNER, FailureKind.CANCELLED, why),
        new TurnTimings(-1, -1, -1, -1, -1),
        Characters.NONE);
  }

  @Test
  void dropsTheControlCharactersOfWhatAModelWritesButLineEndsAndTabs() {
    // when
    transcript.accept(new TurnEvent.Text("a\u001B]0;owned\u0007b\rc\u009B2Jd\u007F\te\nf\u00E9"));
    // then
    assertThat(shown).hasToString("a]0;ownedbc2Jd\te\nf\u00E9");
  }

  @Test
  void dropsThoseOfAFailuresDetailToo() {
    transcript.accept(cancelled("no \u001B[2Jmore"));
    assertThat(shown).hasToString("voicebus: no [2Jmore" + System.lineSeparator());
  }

  @Test
  void saysOneLineWhenItIsStoppedInMidText() {
    // given
    transcript.accept(new TurnEvent.Text("Half a sen"));
    // when: what comes of the stop comes, too
    transcript.stop("stopped");
    transcript.accept(new TurnEvent.Text("tence."));
    transcript.accept(cancelled("the instance was stopped"));
    // then
    assertThat(shown.toString().lines()).containsExactly("Half a sen", "voicebus: stopped");
  }
}
