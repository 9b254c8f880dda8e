package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReaderSourceTest {
  private final ManualTime time = new ManualTime();
  private final Recording recording = new Recording();

  private Answer read(String prompt, int deltaChars, int perSecond) {
    TurnContext turn = new TurnContext(TurnId.random(), "owner", TurnOptions.DEFAULTS);
    return new ReaderSource(time, deltaChars, perSecond)
        .answer(Question.of(turn, prompt), recording);
  }

  @Test
  void readsThePromptUnchangedAsDeltasOfTheGivenSize() {
    // when
    read("Is 50% + 50% = 100%?", 8, 0);
    time.advance(Duration.ofMillis(1));
    // then
    assertThat(recording.deltas).containsExactly("Is 50% +", " 50% = 1", "00%?");
    assertThat(recording.ended).isTrue();
  }

  @Test
  void tellsThatNoModelHasAnswered() {
    // when
    read("hello", 8, 0);
    time.advance(Duration.ofMillis(1));
    // then
    assertThat(recording.reports)
        .containsExactly(new AnswerReport("reader", "", AnswerReport.Ending.COMPLETE, 1, 0, 0, 0));
  }

  @Test
  void keepsThePace() {
    // given
    read("abcdefgh", 1, 10);
    // when
    time.advance(Duration.ofMillis(350));
    // then: one at once, then one every 100 ms
    assertThat(String.join("", recording.deltas)).isEqualTo("abcd");
    time.advance(Duration.ofSeconds(1));
    assertThat(recording.ended).isTrue();
  }

  @Test
  void saysNothingWhilePausedAndCatchesUpWithNothingAfterwards() {
    // given
    Answer answer = read("abcdefgh", 1, 10);
    time.advance(Duration.ofMillis(50));
    // when
    answer.pause();
    time.advance(Duration.ofSeconds(10));
    // then
    assertThat(recording.deltas).containsExactly("a");
    // and
    answer.resume();
    time.advance(Duration.ofMillis(150));
    assertThat(recording.deltas).containsExactly("a", "b", "c");
  }

  @Test
  void neverSplitsASurrogatePair() {
    // when
    read("a\uD83D\uDE00b\uD83D\uDE00", 2, 0);
    time.advance(Duration.ofMillis(1));
    // then
    assertThat(recording.deltas).containsExactly("a\uD83D\uDE00", "b\uD83D\uDE00");
  }

  @Test
  void isSilentOnceCancelled() {
    // given
    Answer answer = read("abcdefgh", 1, 10);
    time.advance(Duration.ofMillis(50));
    // when
    answer.cancel();
    answer.resume();
    time.advance(Duration.ofSeconds(10));
    // then
    assertThat(recording.deltas).containsExactly("a");
    assertThat(recording.ended).isFalse();
    assertThat(time.waiting()).isZero();
  }

  @Test
  void aSinkThatPausesItWhileItSpeaksIsObeyedAtOnce() {
    // given
    Answer[] answer = new Answer[1];
    recording.onText = () -> answer[0].pause();
    // when
    answer[0] = read("abcdefgh", 1, 0);
    time.advance(Duration.ofSeconds(1));
    // then
    assertThat(recording.deltas).containsExactly("a");
  }

  private static final class Recording implements TextSink {
    final List<String> deltas = new ArrayList<>();
    final List<AnswerReport> reports = new ArrayList<>();
    Runnable onText = () -> {};
    boolean ended;

    @Override
    public void text(String text) {
      deltas.add(text);
      onText.run();
    }

    @Override
    public void report(AnswerReport report) {
      reports.add(report);
    }

    @Override
    public void end() {
      ended = true;
    }

    @Override
    public void fail(Failure failure) {
      throw new AssertionError(failure);
    }
  }
}
