package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutResume;
import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.Underrun;
import io.voicebus.playback.seam.NoProcessing;
import io.voicebus.playback.seam.Processing;
import io.voicebus.playback.seam.SeamProcessor;
import io.voicebus.playback.seam.VoiceLoudness;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** How long a listener in real time waits for sound, and who owed it. */
class StarvationTest {
  private static final int RATE = 8_000;
  private static final byte[] SECOND = Pcm.sine(400, RATE, RATE, 9_000);

  private final Timeline heard = new Timeline(Long.MAX_VALUE);
  private long now;

  private static Processing seams(int hz) {
    return new SeamProcessor(hz, new VoiceLoudness());
  }

  private Playout playout(IntFunction<Processing> processings) {
    return playout(Pace.REALTIME, processings);
  }

  private Playout playout(Pace pace, IntFunction<Processing> processings) {
    return new Playout(
        PlayoutLimits.DEFAULTS, pace, new LengthRatio(), Pcm.memory(), heard, processings);
  }

  private void at(long ms) {
    now = ms * 1_000_000;
  }

  private void say(Playout playout, int chunk) {
    playout.open(chunk, RATE, false, "voice", now);
    for (int at = 0; at < SECOND.length; at += 8_000) {
      playout.frame(chunk, Arrays.copyOfRange(SECOND, at, at + 8_000), List.of(), now);
    }
    playout.received(chunk, now);
  }

  @Test
  void speechThatComesInTimeKeepsNobodyWaiting() {
    Playout playout = playout(StarvationTest::seams);
    playout.known(0, ChunkEnd.SENTENCE, now);
    playout.known(1, ChunkEnd.SENTENCE, now);
    say(playout, 0);
    at(900);
    say(playout, 1);
    assertThat(heard.underruns).isEmpty();
  }

  @Test
  void aVoiceThatIsLateOwesWhatIsBeyondThePause() {
    Playout playout = playout(StarvationTest::seams);
    playout.known(0, ChunkEnd.SENTENCE, now);
    playout.known(1, ChunkEnd.SENTENCE, now);
    say(playout, 0);
    at(2_000);
    say(playout, 1);
    // A second was heard; of the other one the pause is 365 ms, beside the 15 of the next lead-in.
    assertThat(heard.underruns).hasSize(1);
    Underrun one = heard.underruns.get(0);
    assertThat(one.chunk()).isEqualTo(1);
    assertThat(one.stage()).isEqualTo(Stage.SPEECH);
    assertThat(one.ms()).isBetween(600L, 660L);
  }

  @Test
  void aGapThatIsNoLongerThanThePauseIsNone() {
    Playout playout = playout(StarvationTest::seams);
    playout.known(0, ChunkEnd.PARAGRAPH, now);
    playout.known(1, ChunkEnd.SENTENCE, now);
    say(playout, 0);
    at(1_500);
    say(playout, 1);
    assertThat(heard.underruns).isEmpty();
  }

  @Test
  void aTextThatIsLateOwesItItself() {
    Playout playout = playout(StarvationTest::seams);
    playout.known(0, ChunkEnd.SENTENCE, now);
    say(playout, 0);
    at(2_900);
    playout.known(1, ChunkEnd.SENTENCE, now);
    at(3_000);
    say(playout, 1);
    assertThat(heard.underruns).extracting(Underrun::stage).containsExactly(Stage.TEXT);
  }

  @Test
  void samplesThatAreAsTheyWereMadeHaveNoPause() {
    Playout playout = playout(hz -> new NoProcessing());
    playout.known(0, ChunkEnd.SENTENCE, now);
    playout.known(1, ChunkEnd.SENTENCE, now);
    say(playout, 0);
    at(1_300);
    say(playout, 1);
    assertThat(heard.underruns).containsExactly(new Underrun(1, 300, Stage.SPEECH));
  }

  @Test
  void whoHasPausedDoesNotWait() {
    Playout playout = playout(StarvationTest::seams);
    playout.known(0, ChunkEnd.SENTENCE, now);
    playout.known(1, ChunkEnd.SENTENCE, now);
    say(playout, 0);
    at(1_200);
    playout.heard(1_000, now);
    playout.paused();
    at(60_000);
    say(playout, 1);
    assertThat(heard.underruns).isEmpty();
  }

  /** Who is sent all at once may play it as it comes. */
  @Test
  void atAnyPaceItIsHeardAsItComes() {
    Playout playout = playout(Pace.ASAP, hz -> new NoProcessing());
    playout.known(0, ChunkEnd.SENTENCE, now);
    playout.known(1, ChunkEnd.SENTENCE, now);
    say(playout, 0);
    at(1_300);
    say(playout, 1);
    assertThat(heard.underruns).containsExactly(new Underrun(1, 300, Stage.SPEECH));
  }

  @Test
  void whoDoesNotTakeWhatThereIsDoesNotWait() {
    Timeline narrow = new Timeline(SECOND.length);
    Playout playout =
        new Playout(
            PlayoutLimits.DEFAULTS,
            Pace.ASAP,
            new LengthRatio(),
            Pcm.memory(),
            narrow,
            hz -> new NoProcessing());
    playout.known(0, ChunkEnd.SENTENCE, now);
    playout.known(1, ChunkEnd.SENTENCE, now);
    say(playout, 0);
    say(playout, 1);
    at(60_000);
    narrow.more(Long.MAX_VALUE / 2);
    playout.pump(now);
    assertThat(narrow.underruns).isEmpty();
    // when: it has taken all, from then on it does
    playout.known(2, ChunkEnd.SENTENCE, now);
    at(62_000);
    say(playout, 2);
    assertThat(narrow.underruns).containsExactly(new Underrun(2, 1_000, Stage.SPEECH));
  }

  @Test
  void whatWasWaitedForAnotherInstanceCounts() {
    Playout playout = playout(hz -> new NoProcessing());
    PlayoutResume from = new PlayoutResume(1, ResumePoint.START, RATE, 1_000, RATE, 0, 0, 1_500, "");
    playout.resume(from, now);
    playout.known(1, ChunkEnd.SENTENCE, now);
    at(200);
    say(playout, 1);
    assertThat(heard.underruns).extracting(Underrun::ms).containsExactly(1_700L);
  }
}
