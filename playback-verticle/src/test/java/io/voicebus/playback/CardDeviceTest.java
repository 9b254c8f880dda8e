package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.VoicebusException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.LineUnavailableException;
import org.junit.jupiter.api.Test;

class CardDeviceTest {
  private static AudioFormat format(int hz, int channels) {
    return new AudioFormat(hz, 16, channels, true, false);
  }

  @Test
  void playsSamplesUnalteredWhereTheCardTakesThem() throws Exception {
    // given
    FakeCard card = new FakeCard(format(24_000, 1));
    CardDevice device = new CardDevice(card::line);
    // when
    device.prepare();
    device.open(24_000);
    device.write(Pcm.counting(0, 5_000));
    device.drain();
    device.close();
    // then
    assertThat(card.played()).isEqualTo(Pcm.counting(0, 5_000));
    assertThat(card.calls()).startsWith("open", "start").endsWith("drain", "close");
  }

  @Test
  void convertsForACardOfAnotherRateAndTwoChannels() throws Exception {
    // given
    FakeCard card = new FakeCard(format(48_000, 2));
    CardDevice device = new CardDevice(card::line);
    // when
    device.open(24_000);
    device.write(Pcm.sine(440, 24_000, 2_400, 16_000));
    device.drain();
    // then
    int[] played = Pcm.samples(card.played());
    int[] ideal = Pcm.samples(Pcm.sine(440, 48_000, 4_800, 16_000));
    assertThat(played).hasSize(2 * 4_800);
    for (int i = 200; i < 4_600; i++) {
      assertThat(played[2 * i]).isEqualTo(played[2 * i + 1]).isCloseTo(ideal[i], within(20));
    }
  }

  private static org.assertj.core.data.Offset<Integer> within(int distance) {
    return org.assertj.core.data.Offset.offset(distance);
  }

  @Test
  void isSilentAtOnceEvenWhileTheCardIsStillPlaying() throws Exception {
    // given
    FakeCard card = new FakeCard(format(24_000, 1)).thatBlocks();
    CardDevice device = new CardDevice(card::line);
    device.open(24_000);
    CountDownLatch returned = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () -> {
              device.write(new byte[100_000]);
              returned.countDown();
            });
    writer.start();
    card.awaitWrite();
    // when
    device.silence();
    // then
    assertThat(returned.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(card.calls()).containsSubsequence("stop", "flush");
    assertThat(card.played()).as("one piece of 20 ms at most").hasSizeLessThanOrEqualTo(960);
  }

  @Test
  void saysWhatToDoWithoutACard() {
    // given
    CardDevice device =
        new CardDevice(
            format -> {
              throw new IllegalArgumentException("no line");
            });
    // then
    assertThatThrownBy(device::prepare)
        .hasMessageContaining("there is no sound card here: use -o out.wav, or pipe")
        .extracting(e -> ((VoicebusException) e).failure().kind())
        .isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void saysWhatToDoWhenTheCardIsBusy() throws LineUnavailableException {
    // given
    FakeCard card = new FakeCard(format(24_000, 1)).thatIsBusy();
    CardDevice device = new CardDevice(card::line);
    // then
    assertThatThrownBy(() -> device.open(24_000)).hasMessageContaining("sound card is busy");
  }
}
