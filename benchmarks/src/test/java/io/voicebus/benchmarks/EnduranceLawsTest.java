package io.voicebus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.benchmarks.EnduranceTurn.Behaviour;
import io.voicebus.benchmarks.EnduranceTurn.End;
import io.voicebus.emulators.EmulatedSpeech;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnduranceLawsTest {
  private static final String ONE_END = "event: text\n\nevent: end\n";

  private final EnduranceLaws laws = new EnduranceLaws();
  private final EnduranceTurn turn =
      new EnduranceTurn(7, EnduranceDoor.AUDIO, Behaviour.LISTENS, new Random(1));

  private byte[] speech() {
    return EmulatedSpeech.pcm(turn.text(), LoadPace.RATE_HZ);
  }

  @Test
  void areKeptByATurnThatIsHeardWholeAndEndsOnce() {
    turn.sound(speech());
    laws.judge(turn, End.FINISHED, ONE_END);
    assertThat(laws.broken()).isEmpty();
  }

  @Test
  void areBrokenByAnEndThatComesTwiceOrNever() {
    turn.sound(speech());
    laws.judge(turn, End.FINISHED, ONE_END + ONE_END);
    laws.judge(turn, End.FINISHED, "event: text\n");
    assertThat(laws.broken()).hasSize(2);
    assertThat(laws.broken().get(0)).contains("has 2 ends");
    assertThat(laws.broken().get(1)).contains("has 0 ends");
  }

  @Test
  void areBrokenBySilenceOfWhichNobodyWasTold() {
    turn.sound(Arrays.copyOf(speech(), speech().length / 2));
    laws.judge(turn, End.FINISHED, ONE_END);
    assertThat(laws.broken()).singleElement().asString().contains("letters were not heard");
  }

  @Test
  void areKeptWhereAFaultHasCostASentenceAndThatWasTold() {
    turn.touch();
    turn.sound(Arrays.copyOf(speech(), speech().length / 2));
    laws.judge(turn, End.FINISHED, "event: skipped\n" + ONE_END);
    assertThat(laws.broken()).isEmpty();
  }

  @Test
  void areBrokenByAFailureWithoutAFault() {
    laws.judge(turn, End.FAILED, ONE_END);
    assertThat(laws.broken()).singleElement().asString().contains("not concerned by any fault");
  }

  @Test
  void areBrokenByWordsThatAreHeardTwiceWhateverHappened() {
    turn.touch();
    turn.sound(speech());
    turn.sound(speech());
    laws.judge(turn, End.FAILED, ONE_END);
    assertThat(laws.broken()).singleElement().asString().contains("twice");
  }
}
