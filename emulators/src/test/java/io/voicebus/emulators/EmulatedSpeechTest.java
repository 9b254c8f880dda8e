package io.voicebus.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmulatedSpeechTest {
  @Test
  void canBeReadBackAtEveryRate() {
    for (int rate : new int[] {16_000, 22_050, 24_000}) {
      byte[] pcm = EmulatedSpeech.pcm("Grüße, 世界. ", rate);
      assertThat(EmulatedSpeech.textOf(pcm)).isEqualTo("Grüße, 世界. ");
      assertThat(pcm).hasSize(2 * 11 * rate * EmulatedSpeech.CHAR_MS / 1_000);
    }
  }

  @Test
  void isTheSameHoweverItIsCut() {
    byte[] whole = EmulatedSpeech.pcm("Cut me", 16_000);
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (int at = 0; at < whole.length; at += 333) {
      pieces.writeBytes(
          EmulatedSpeech.slice("Cut me", 16_000, at, Math.min(whole.length, at + 333)));
    }
    assertThat(pieces.toByteArray()).isEqualTo(whole);
  }

  @Test
  void tellsWhenACharOrASampleIsMissingOrChanged() {
    byte[] whole = EmulatedSpeech.pcm("Listen", 16_000);
    byte[] withoutSecondChar = Arrays.copyOf(whole, whole.length - 1_920);
    System.arraycopy(whole, 3_840, withoutSecondChar, 1_920, whole.length - 3_840);
    byte[] changed = whole.clone();
    changed[5_000]++;

    for (byte[] wrong :
        new byte[][] {withoutSecondChar, changed, Arrays.copyOf(whole, whole.length - 2)}) {
      assertThatThrownBy(() -> EmulatedSpeech.textOf(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
