package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Marks that somebody repeats without end. */
class LongRunsTest {
  /** A run that is too long for a fence is none when it is read once more. */
  @ParameterizedTest
  @ValueSource(ints = {3, 999, 1_000, 1_001, 20_000})
  void aRunOfBackticksIsReadHoweverLongItIs(int length) {
    String run = "`".repeat(length);
    for (String text : new String[] {"So " + run + " on.", "So " + run + "\non.", "So " + run}) {
      assertThatCode(() -> Speech.sentences(text)).doesNotThrowAnyException();
    }
  }
}
