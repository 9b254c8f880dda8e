package io.voicebus.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.voicebus.contract.WavHeader;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is heard by a program that others wrote: {@code ffmpeg} must be installed. */
class EncodedAudioTest {
  private static final double TONE_HZ = 1_000;
  private static final double LAST_TONE_HZ = 2_500;
  private static final double AMPLITUDE = 8_000;
  private static final double MOST_DECIBELS = 0.2;

  private static double decibels(double ratio) {
    return 20 * Math.log10(ratio);
  }

  /** A tone, and at its end 100 ms of a higher one, which nobody may cut off. */
  private static byte[] tones(int rateHz, int samples) {
    int last = rateHz / 10;
    return Sound.concat(
        Sound.sine(TONE_HZ, rateHz, samples - last, AMPLITUDE),
        Sound.sine(LAST_TONE_HZ, rateHz, last, AMPLITUDE));
  }

  @ParameterizedTest
  @CsvSource({
    // a coding, the turn's rate, the decoder's rate, samples before and after that it may add
    "mp3, 16000, 16000, 1105, 1728",
    "mp3, 22050, 22050, 1105, 1728",
    "mp3, 24000, 24000, 1105, 1728",
    "mp3, 44100, 44100, 1105, 3456",
    "mp3, 48000, 48000, 1105, 3456",
    "mp3, 8000, 16000, 1105, 1728",
    "mp3, 11025, 16000, 1105, 1728",
    "mp3_44100_128, 24000, 44100, 1105, 3456",
    "mp3_22050_32, 24000, 22050, 1105, 1728",
    "mp3_44100_192, 16000, 44100, 1105, 3456",
    "opus, 8000, 48000, 0, 0",
    "opus, 16000, 48000, 0, 0",
    "opus, 22050, 48000, 0, 0",
    "opus, 24000, 48000, 0, 0",
    "opus, 44100, 48000, 0, 0",
    "opus, 48000, 48000, 0, 0",
    "opus_48000_64, 24000, 48000, 0, 0",
    "aac, 16000, 16000, 1024, 2048",
    "aac, 24000, 24000, 1024, 2048",
    "aac, 8000, 16000, 1024, 2048"
  })
  void aToneStaysAsHighAndAsLoudAsItWasAndNothingIsMissingAtItsEnd(
      String name, int rateHz, int playedHz, int before, int after) throws Exception {
    // given
    AudioCoding coding = name.contains("_") ? AudioCoding.elevenLabs(name) : AudioCoding.of(name);
    byte[] pcm = tones(rateHz, 2 * rateHz + 1_234);
    // when
    byte[] file = Sound.encoded(coding, rateHz, pcm, 7);
    int[] heard = Sound.samples(Player.pcm(file, playedHz));
    // then
    int expected = (int) Math.round((double) pcm.length / 2 * playedHz / rateHz);
    int one = 1 + playedHz / coding.encodedRateHz(rateHz);
    assertThat(heard.length)
        .as("length")
        .isBetween(expected - one, expected + one + before + after);
    int from = before + playedHz / 4;
    int to = before + expected - playedHz / 4;
    double tone = Sound.amplitude(heard, from, to, TONE_HZ, playedHz);
    assertThat(decibels(tone / AMPLITUDE)).as("level, dB").isCloseTo(0, within(MOST_DECIBELS));
    double all = Sound.loudness(heard, from, to);
    assertThat(decibels(all / tone)).as("what else there is, dB").isLessThan(MOST_DECIBELS);
    int end = before + expected;
    double last = Sound.amplitude(heard, end - playedHz / 12, end, LAST_TONE_HZ, playedHz);
    assertThat(decibels(last / AMPLITUDE)).as("the last tone, dB").isCloseTo(0, within(1.5));
    double beyond = Sound.loudness(heard, Math.min(heard.length, end + 600), heard.length);
    assertThat(beyond).as("what follows").isLessThan(AMPLITUDE / 20);
  }

  @ParameterizedTest
  @CsvSource({"8000, 100", "16000, 40000", "22050, 512", "24000, 60001", "44100, 1", "48000, 0"})
  void flacKeepsEverySample(int rateHz, int samples) throws Exception {
    // given
    byte[] loud = Sound.noise(samples / 2, 40_000, 3);
    byte[] pcm = Sound.concat(tones(rateHz, rateHz), loud, new byte[2 * samples]);
    // when
    byte[] file = Sound.encoded(AudioCoding.of("flac"), rateHz, pcm, samples);
    // then
    assertThat(Player.pcm(file, rateHz)).isEqualTo(pcm);
    assertThat(file.length).isLessThan(pcm.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 15, 16, 17, 511, 512, 513, 1023, 1024, 1025})
  void flacKeepsWhatIsShorterThanABlock(int samples) throws Exception {
    byte[] pcm = Sound.noise(samples, 32_767, samples);
    byte[] file = Sound.encoded(AudioCoding.of("flac"), 24_000, pcm, 1);
    if (samples > 0) {
      assertThat(Player.pcm(file, 24_000)).isEqualTo(pcm);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "opus, 24000, 48000",
    "opus, 16000, 48000",
    "opus, 48000, 48000",
    "opus, 8000, 48000"
  })
  void opusEndsAtItsLastSampleHoweverManyThereAre(String name, int rateHz, int playedHz)
      throws Exception {
    for (int samples : new int[] {1, 100, rateHz / 50, rateHz / 50 + 1, rateHz / 25 - 1, 12_345}) {
      byte[] file = Sound.encoded(AudioCoding.of(name), rateHz, new byte[2 * samples], samples);
      assertThat(Player.pcm(file, playedHz))
          .as(samples + " samples")
          .hasSize(2 * samples * (playedHz / rateHz));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "opus", "flac", "wav", "pcm", "ulaw"})
  void howItIsCutIntoPiecesMakesNoDifference(String name) {
    // given
    AudioCoding coding = AudioCoding.of(name);
    byte[] pcm = tones(22_050, 30_000);
    // when
    byte[] one = Sound.encoded(coding, 22_050, pcm, 1);
    byte[] other = Sound.encoded(coding, 22_050, pcm, 2);
    // then
    assertThat(serialCleared(one)).isEqualTo(serialCleared(other));
  }

  /** Without what is random in Ogg: the number of the stream, and so the checksums. */
  private static byte[] serialCleared(byte[] file) {
    byte[] cleared = file.clone();
    for (int i = 0; i + 27 <= file.length; i++) {
      if (file[i] == 'O' && file[i + 1] == 'g' && file[i + 2] == 'g' && file[i + 3] == 'S') {
        Arrays.fill(cleared, i + 14, i + 18, (byte) 0);
        Arrays.fill(cleared, i + 22, i + 26, (byte) 0);
      }
    }
    return cleared;
  }

  @Test
  void manyThreadsAtOnceMakeWhatOneMakes() throws Exception {
    // given
    byte[] pcm = Sound.concat(tones(24_000, 24_000), Sound.noise(12_000, 20_000, 5));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (String name : List.of("mp3", "opus")) {
        // when
        Callable<byte[]> task =
            () -> serialCleared(Sound.encoded(AudioCoding.of(name), 24_000, pcm, 1));
        List<Callable<byte[]>> tasks = new ArrayList<>();
        IntStream.range(0, 16).forEach(i -> tasks.add(task));
        List<Future<byte[]>> all = threads.invokeAll(tasks);
        // then
        byte[] alone = task.call();
        for (Future<byte[]> each : all) {
          assertThat(each.get()).as(name).isEqualTo(alone);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "opus", "flac"})
  void whatIsHardToEncodeIsEncodedAllTheSame(String name) throws Exception {
    // given: what is nearly silent, as loud as can be, silent, and one click
    byte[] click = new byte[48_000];
    click[24_001] = 0x7f;
    byte[] pcm =
        Sound.concat(
            Sound.noise(48_000, 1, 9),
            Sound.noise(24_000, 40_000, 9),
            new byte[48_000],
            click,
            Sound.noise(48_000, 1, 10));
    // when
    byte[] heard = Player.pcm(Sound.encoded(AudioCoding.of(name), 24_000, pcm, 4), 24_000);
    // then
    assertThat(heard.length).isBetween(pcm.length - 4, pcm.length + 2 * 3_000);
  }

  @Test
  void plainSamplesAreLeftAsTheyAreBehindAWavHead() {
    byte[] pcm = Sound.noise(10_000, 32_767, 1);
    assertThat(Sound.encoded(AudioCoding.of("pcm"), 24_000, pcm, 1)).isEqualTo(pcm);
    assertThat(Sound.encoded(AudioCoding.of("wav"), 24_000, pcm, 1))
        .isEqualTo(Sound.concat(WavHeader.streaming(24_000), pcm));
  }

  @Test
  void aWavInAnotherRateSaysThatRateAndHasItsLength() {
    byte[] pcm = tones(16_000, 16_001);
    byte[] wav = Sound.encoded(AudioCoding.of("wav").withRate(24_000), 16_000, pcm, 1);
    assertThat(wav).startsWith(WavHeader.streaming(24_000)).hasSize(44 + 2 * 24_002);
  }

  @Test
  void halfASampleAtTheEndIsLeftOut() {
    byte[] pcm = Sound.noise(1_000, 32_767, 1);
    assertThat(Sound.encoded(AudioCoding.of("pcm"), 24_000, Arrays.copyOf(pcm, 1_999), 3))
        .isEqualTo(Arrays.copyOf(pcm, 1_998));
  }

  @Test
  void theHeadOfAFinishedFileHasItsLength() throws Exception {
    byte[] pcm = tones(24_000, 24_321);
    for (String name : List.of("wav", "flac")) {
      try (AudioEncoder encoder = AudioCoding.of(name).encoder()) {
        byte[] head = encoder.begin(24_000);
        byte[] body = Sound.concat(encoder.encode(pcm), encoder.end());
        byte[] file = Sound.concat(encoder.finishedHead(), body);
        assertThat(encoder.finishedHead()).as(name).hasSameSizeAs(head);
        assertThat(Player.pcm(file, 24_000)).as(name).isEqualTo(pcm);
        assertThat(WavHeader.exact(24_000, pcm.length)).hasSize(44);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"ulaw, ULAW", "alaw, ALAW"})
  void telephonesHearTheirLawsAsTheJdkReadsThem(String name, String law) throws Exception {
    // given: every value that a sample can have
    byte[] pcm = Sound.of(IntStream.rangeClosed(-32_768, 32_767).toArray());
    // when
    byte[] bytes = Sound.encoded(AudioCoding.of(name), 8_000, pcm, 1);
    Encoding encoding = law.equals("ULAW") ? Encoding.ULAW : Encoding.ALAW;
    javax.sound.sampled.AudioFormat from =
        new javax.sound.sampled.AudioFormat(encoding, 8_000, 8, 1, 1, 8_000, false);
    javax.sound.sampled.AudioFormat to =
        new javax.sound.sampled.AudioFormat(8_000, 16, 1, true, false);
    byte[] heard =
        AudioSystem.getAudioInputStream(
                to, new AudioInputStream(new ByteArrayInputStream(bytes), from, bytes.length))
            .readAllBytes();
    // then: within half a step, which is a thirty-second of the value
    int[] values = Sound.samples(heard);
    assertThat(values).hasSize(65_536);
    for (int i = 0; i < values.length; i++) {
      int sample = i - 32_768;
      assertThat(Math.abs(values[i] - sample))
          .as("sample %d became %d", sample, values[i])
          .isLessThanOrEqualTo(Math.max(16, Math.abs(sample) / 31 + 4));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "opus", "flac", "aac"})
  void whoStopsInTheMiddleFreesItAndMayDoSoTwice(String name) {
    // given
    AudioEncoder encoder = AudioCoding.of(name).encoder();
    encoder.begin(24_000);
    encoder.encode(tones(24_000, 24_000));
    // when
    encoder.close();
    encoder.close();
    // then
    byte[] more = new byte[48_000];
    assertThatThrownBy(() -> encoder.encode(more)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void oneProcessTooManyIsRefusedAndTheNextOneGetsItsPlaceWhenAnotherHasEnded() {
    // given
    List<AudioEncoder> all = new ArrayList<>();
    for (int i = 0; i < FfmpegCodec.MAX_PROCESSES; i++) {
      all.add(AudioCoding.of("aac").encoder());
    }
    // then
    assertThatThrownBy(() -> AudioCoding.of("aac").encoder())
        .isInstanceOf(UnsupportedAudioException.class)
        .hasMessageContaining("use another format");
    all.remove(0).close();
    all.add(AudioCoding.of("aac").encoder());
    all.forEach(AudioEncoder::close);
  }

  @ParameterizedTest
  @CsvSource({"mp3, 120", "opus, 30", "flac, 45"})
  void littleIsKeptBack(String name, int mostMs) {
    // given
    try (AudioEncoder encoder = AudioCoding.of(name).encoder()) {
      encoder.begin(24_000);
      int ms = 0;
      // when
      while (encoder.encode(Sound.sine(TONE_HZ, 24_000, 240, AMPLITUDE)).length == 0) {
        ms += 10;
      }
      // then
      assertThat(ms).isLessThan(mostMs);
    }
  }
}
