package io.voicebus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.emulators.EmulatedSpeech;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadAnswerTest {
  private static final byte[] ONE = EmulatedSpeech.pcm("One. ", LoadPace.RATE_HZ);
  private static final byte[] TWO = EmulatedSpeech.pcm("Two. ", LoadPace.RATE_HZ);

  private static LoadAnswer answer(byte[]... pcm) {
    LoadQuestion question = new LoadQuestion(1, "One. Two.", List.of(4, 9));
    return new LoadAnswer(LoadFlow.RELAY, question, 1, 2, List.of(pcm), List.of(), "");
  }

  @Test
  void provesWhatIsWholeAndInOrderHoweverItWasCut() {
    byte[] begin = Arrays.copyOf(ONE, 101);
    byte[] rest = Arrays.copyOfRange(ONE, 101, ONE.length);
    assertThatCode(() -> answer(begin, rest, TWO).prove()).doesNotThrowAnyException();
  }

  @Test
  void provesWhatHasPausesAndFadedEdgesToTheSameChecksum() {
    byte[] pause = new byte[2 * 8_881];
    assertThat(answer(faded(ONE), pause, faded(TWO)).prove()).isEqualTo(answer(ONE, TWO).prove());
  }

  @Test
  void provesWhatIsSaidWithoutTheBlankAfterASentence() {
    byte[] two = EmulatedSpeech.pcm("Two.", LoadPace.RATE_HZ);
    assertThat(answer(ONE, two).prove()).isEqualTo(answer(ONE, TWO).prove());
  }

  @Test
  void tellsWhereSentencesWereCut() {
    byte[] whole = EmulatedSpeech.pcm("One. Two. ", LoadPace.RATE_HZ);
    assertThat(answer(faded(whole)).prove())
        .isEqualTo(answer(whole).prove())
        .isNotEqualTo(answer(ONE, TWO).prove());
  }

  @Test
  void refusesAPauseAmidASentence() {
    byte[] begin = Arrays.copyOf(ONE, 2 * 2_000);
    byte[] rest = Arrays.copyOfRange(ONE, 2 * 2_000, ONE.length);
    assertThatThrownBy(() -> answer(begin, new byte[200], rest, TWO).prove())
        .hasMessageContaining("garbled");
  }

  @Test
  void refusesAFadeThatIsLongerThanAnEdge() {
    byte[] quiet = ONE.clone();
    fade(quiet, LoadPace.RATE_HZ / 20);
    assertThatThrownBy(() -> answer(quiet, TWO).prove()).hasMessageContaining("garbled");
  }

  @Test
  void refusesSentencesInAnotherOrder() {
    assertThatThrownBy(() -> answer(TWO, ONE).prove()).hasMessageContaining("garbled");
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

  private static byte[] faded(byte[] pcm) {
    byte[] faded = pcm.clone();
    fade(faded, LoadPace.RATE_HZ * 12 / 1000);
    return faded;
  }

  private static void fade(byte[] pcm, int samples) {
    ShortBuffer all = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    for (int i = 0; i < samples; i++) {
      double share = 0.5 - 0.5 * Math.cos(Math.PI * (i + 0.5) / samples);
      int last = all.limit() - 1 - i;
      all.put(i, (short) Math.rint(all.get(i) * share));
      all.put(last, (short) Math.rint(all.get(last) * share));
    }
  }
}
