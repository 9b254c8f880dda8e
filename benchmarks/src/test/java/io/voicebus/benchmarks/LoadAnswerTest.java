package io.voicebus.benchmarks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.emulators.EmulatedSpeech;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadAnswerTest {
  private static final byte[] ONE = EmulatedSpeech.pcm("One. ", LoadPace.RATE_HZ);
  private static final byte[] TWO = EmulatedSpeech.pcm("Two. ", LoadPace.RATE_HZ);

  private static LoadAnswer answer(byte[]... pcm) {
    LoadQuestion question = new LoadQuestion(1, "One. Two.", List.of(4, 9));
    return new LoadAnswer(LoadFlow.RELAY, question, 1, 2, List.of(pcm), "");
  }

  @Test
  void provesWhatIsWholeAndInOrderHoweverItWasCut() {
    byte[] begin = Arrays.copyOf(ONE, 101);
    byte[] rest = Arrays.copyOfRange(ONE, 101, ONE.length);
    assertThatCode(() -> answer(begin, rest, TWO).prove()).doesNotThrowAnyException();
  }

  @Test
  void refusesSentencesInAnotherOrder() {
    assertThatThrownBy(() -> answer(TWO, ONE).prove()).hasMessageContaining("Two. One.");
  }

  @Test
  void refusesASentenceThatIsMissing() {
    assertThatThrownBy(() -> answer(ONE).prove()).hasMessageContaining("instead of 'One. Two.'");
  }

  @Test
  void refusesASampleThatIsMissing() {
    byte[] shorter = Arrays.copyOf(TWO, TWO.length - 2);
    assertThatThrownBy(() -> answer(ONE, shorter).prove()).hasMessageContaining("garbled");
  }

  @Test
  void refusesASampleThatWasChanged() {
    byte[] changed = TWO.clone();
    changed[1_000] ^= 1;
    assertThatThrownBy(() -> answer(ONE, changed).prove()).hasMessageContaining("garbled");
  }
}
