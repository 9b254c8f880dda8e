package io.voicebus.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.TextBrokeOff;
import io.voicebus.contract.TextFlush;
import io.voicebus.contract.TextTakenBack;
import io.voicebus.turn.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritingPlayerTest {
  private static final Recording TURN =
      new RecordedTurns()
          .text(300, "Hello ")
          .text(500, "there.")
          .add(500, new TextFlush())
          .text(900, " Bye.")
          .ended(1000);

  private final VirtualTime time = new VirtualTime();
  private final List<String> written = new ArrayList<>();

  private WritingPlayer player(Recording recording, ReplaySpeed speed) {
    return new WritingPlayer(
        RecordedWriting.of(recording),
        speed,
        time,
        time::after,
        new WritingPlayer.Pen() {
          @Override
          public void text(String text) {
            write(text);
          }

          @Override
          public void flush() {
            write("<flush>");
          }

          @Override
          public void end() {
            write("<end>");
          }

          @Override
          public void fail(Failure why) {
            write("<" + why.detail() + ">");
          }
        });
  }

  private void write(String what) {
    written.add(time.ms() + " " + what);
  }

  @Test
  void aTextComesWhenItCameThen() {
    player(TURN, ReplaySpeed.OWN).resume();
    time.run();
    assertThat(written)
        .containsExactly("300 Hello ", "500 there.", "500 <flush>", "900  Bye.", "1000 <end>");
  }

  @Test
  void fourTimesAsFastItComesInAQuarterOfTheTime() {
    player(TURN, ReplaySpeed.of("4")).resume();
    time.run();
    assertThat(written)
        .containsExactly("75 Hello ", "125 there.", "125 <flush>", "225  Bye.", "250 <end>");
  }

  @Test
  void asFastAsCanBeItComesAtOnceButNotFromWithinTheCall() {
    player(TURN, ReplaySpeed.MAX).resume();
    assertThat(written).isEmpty();
    time.run();
    assertThat(written).hasSize(5).allMatch(line -> line.startsWith("0 "));
  }

  @Test
  void whatWasHeldUpComesAtOnceAndTheRestAtItsTime() {
    // given
    WritingPlayer player = player(TURN, ReplaySpeed.OWN);
    player.resume();
    time.run(400_000_000);
    // when
    player.pause();
    time.run(700_000_000);
    player.resume();
    time.run();
    // then
    assertThat(written)
        .containsExactly("300 Hello ", "700 there.", "700 <flush>", "900  Bye.", "1000 <end>");
  }

  @Test
  void nothingComesAfterItWasCancelled() {
    WritingPlayer player = player(TURN, ReplaySpeed.OWN);
    player.resume();
    time.run(400_000_000);
    player.cancel();
    player.resume();
    time.run();
    assertThat(written).containsExactly("300 Hello ");
  }

  @Test
  void whatAnotherSourceTookBackIsLeftOut() {
    // given: of the text "One. Two. Thr" the first two sentences were in chunks
    RecordedTurns turn = new RecordedTurns().text(1, "One. Two. T").text(2, "hr");
    turn.caption(2, "One.");
    turn.caption(2, "Two.");
    Recording recording = turn.add(3, new TextTakenBack()).text(4, "Three.").ended(5);
    // then
    assertThat(RecordedWriting.of(recording).text()).isEqualTo("One. Two. Three.");
  }

  @Test
  void aTextThatBrokeOffBreaksOffAgain() {
    Failure why = new Failure(Stage.TEXT, FailureKind.LOST, "gone");
    player(
            new RecordedTurns().text(10, "Half a").add(20, new TextBrokeOff(why)).recording(),
            ReplaySpeed.OWN)
        .resume();
    time.run();
    assertThat(written).containsExactly("10 Half a", "20 <gone>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "fast", "", "NaN", "1e9", "Infinity"})
  void aSpeedThatIsNoneIsRefusedInClearWords(String speed) {
    assertThatThrownBy(() -> ReplaySpeed.of(speed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--speed is '" + speed + "': it must be from 0.1 to 1000, or max");
  }
}
