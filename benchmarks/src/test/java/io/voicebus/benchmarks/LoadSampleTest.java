package io.voicebus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LoadSampleTest {

  @Test
  void interpolatesBetweenTheTwoInTheMiddle() {
    assertThat(new LoadSample(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
  }

  @Test
  void givesTheMediansIntervalByRanks() {
    // given: for 100 figures the ranks 40 and 61, from 1
    LoadSample sample =
        new LoadSample(DoubleStream.iterate(1, figure -> figure + 1).limit(100).boxed().toList());
    // then
    assertThat(List.of(sample.low(), sample.high())).containsExactly(40.0, 61.0);
  }

  @Test
  void claimsNoMoreThanItsExtremesOfFewFigures() {
    LoadSample sample = new LoadSample(List.of(7.0, 5.0));
    assertThat(List.of(sample.low(), sample.high())).containsExactly(5.0, 7.0);
  }

  @Test
  void knowsNothingOfNoFigures() {
    assertThat(new LoadSample(List.of()).median()).isNaN();
  }
}
