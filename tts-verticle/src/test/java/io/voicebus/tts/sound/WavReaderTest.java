package io.voicebus.tts.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavReaderTest {
  private static final byte[] SAMPLES = WavFiles.samples();

  @ParameterizedTest
  @ValueSource(longs = {0, 8, 0xFFFFFFFFL, 0x7FFFFFFFL, 0x7FFFFF00L, 2_000_000_000L})
  void aLengthThatIsNoneMeansToTheEnd(long size) {
    byte[] heard = read(WavFiles.wav(size, 1, 1, 16, false), 3);
    assertThat(heard).isEqualTo(SAMPLES);
  }

  @Test
  void whatFollowsTheSamplesIsNotHeard() {
    assertThat(
            read(WavFiles.concat(WavFiles.wav(8, 1, 1, 16, false), WavFiles.chunk("LIST", 10)), 5))
        .isEqualTo(SAMPLES);
  }

  @Test
  void whatComesBeforeThemIsPassedOverWhereverItIsCut() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      assertThat(read(WavFiles.wav(0xFFFFFFFFL, 1, 1, 16, true), 1 + random.nextInt(60)))
          .as("seed %d", seed)
          .isEqualTo(SAMPLES);
    }
  }

  @Test
  void aHeadIsCountedOnceHoweverOftenItIsLookedAt() {
    byte[] head = "RIFF    WAVEfmt ".getBytes(StandardCharsets.US_ASCII);
    byte[] size = {0, 0, 2, 0}; // 128 KiB, of which little comes at a time
    WavReader reader = new WavReader(samples -> {});
    feed(reader, WavFiles.concat(head, size));
    for (int i = 0; i < 100; i++) {
      feed(reader, new byte[7]);
    }
    assertThat(reader.complete()).isFalse();
  }

  @Test
  void theExtensibleFormatIsReadToo() {
    assertThat(read(WavFiles.wav(8, 0xFFFE, 1, 16, false), 7)).isEqualTo(SAMPLES);
  }

  @Test
  void aFileThatEndsBeforeItsLengthIsNotComplete() {
    WavReader reader = new WavReader(samples -> {});
    feed(reader, WavFiles.wav(20, 1, 1, 16, false));
    assertThat(reader.complete()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "44, false, true",
    "36, false, true",
    "80, true, true",
    "72, true, true",
    "43, false, false",
    "37, false, false",
    "200, false, false"
  })
  void aLengthThatCountsTheHeadIsNoSoundThatIsMissing(long more, boolean list, boolean complete) {
    WavReader reader = new WavReader(samples -> {});
    feed(reader, WavFiles.wav(SAMPLES.length + more, 1, 1, 16, list));
    reader.end();
    assertThat(reader.complete()).isEqualTo(complete);
  }

  @Test
  void otherFormatsAreRefusedInWords() {
    assertThatThrownBy(() -> read(WavFiles.wav(8, 2, 1, 4, false), 50))
        .hasMessageContaining("4 bits");
    assertThatThrownBy(() -> read(WavFiles.wav(8, 1, 90, 16, false), 50))
        .hasMessageContaining("channels");
    assertThatThrownBy(() -> read("ID3 and so on".getBytes(StandardCharsets.US_ASCII), 50))
        .hasMessageContaining("no WAV");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0xFFFFFFFFL, 2_000_000_000L})
  void nothingThatFollowsSamplesOfUnknownLengthIsHeard(long size) {
    byte[] file = WavFiles.wav(size, 1, 1, 16, false);
    for (int piece = 1; piece < 60; piece++) {
      assertThat(read(WavFiles.concat(file, WavFiles.chunk("LIST", 10)), piece)).isEqualTo(SAMPLES);
      assertThat(read(WavFiles.concat(file, WavFiles.chunk("id3 ", 30)), piece)).isEqualTo(SAMPLES);
      // a second head with the true length, as text2wave puts it at the end of a pipe
      assertThat(read(WavFiles.concat(file, head(8)), piece)).isEqualTo(SAMPLES);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8, 0xFFFFFFFFL})
  void aFileForEachSentenceIsHeardAsOne(long size) {
    byte[] file = WavFiles.wav(size, 1, 1, 16, true);
    for (int piece = 1; piece < 90; piece++) {
      assertThat(read(WavFiles.concat(file, file, file), piece))
          .isEqualTo(WavFiles.concat(SAMPLES, SAMPLES, SAMPLES));
    }
  }

  @Test
  void samplesBeyondALengthThatWasThatOfTheFirstSentenceAreHeard() {
    assertThat(read(WavFiles.concat(WavFiles.wav(8, 1, 1, 16, false), SAMPLES, SAMPLES), 7))
        .isEqualTo(WavFiles.concat(SAMPLES, SAMPLES, SAMPLES));
  }

  @Test
  void aMarkThatIsCutOffAtTheEndIsSound() {
    byte[] end = "RI".getBytes(StandardCharsets.US_ASCII);
    assertThat(read(WavFiles.concat(WavFiles.wav(0, 1, 1, 16, false), end), 50))
        .isEqualTo(WavFiles.concat(SAMPLES, end));
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "1, 24", "1, 32", "3, 32", "3, 64", "6, 8", "7, 8"})
  void allUsualCodingsBecomeThe16BitsOfTheSameSound(int encoding, int bits) {
    for (int channels = 1; channels <= 2; channels++) {
      byte[] heard = read(wavOf(encoding, channels, bits, LEVELS), 7);
      ByteBuffer samples = ByteBuffer.wrap(heard).order(ByteOrder.LITTLE_ENDIAN);
      for (double level : LEVELS) {
        assertThat(samples.getShort() / 32_767.0)
            .as("%d, %d bits, %d channels", encoding, bits, channels)
            .isCloseTo(Math.max(-1, Math.min(1, level)), within(0.02));
      }
      assertThat(samples.hasRemaining()).isFalse();
    }
  }

  private static final double[] LEVELS = {0, 0.5, -0.5, 0.25, -0.031, 0.97, -0.97};

  private static byte[] wavOf(int encoding, int channels, int bits, double[] levels) {
    ByteBuffer data =
        ByteBuffer.allocate(levels.length * channels * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
    for (double level : levels) {
      for (int channel = 0; channel < channels; channel++) {
        switch (encoding * 100 + bits) {
          case 108 -> data.put((byte) (128 + Math.round(127 * level)));
          case 124 -> {
            int value = (int) Math.round(8_388_607 * level);
            data.putShort((short) value).put((byte) (value >> 16));
          }
          case 132 -> data.putInt((int) Math.round(2_147_483_647 * level));
          case 332 -> data.putFloat((float) level);
          case 364 -> data.putDouble(level);
          default -> data.put(g711(encoding, level));
        }
      }
    }
    byte[] head = WavFiles.wav(0xFFFFFFFFL, encoding, channels, bits, false);
    return WavFiles.concat(Arrays.copyOf(head, head.length - SAMPLES.length), data.array());
  }

  /** By javax.sound, which knows both laws. */
  private static byte g711(int encoding, double level) {
    AudioFormat linear = new AudioFormat(8_000, 16, 1, true, false);
    AudioFormat.Encoding law =
        encoding == 6 ? AudioFormat.Encoding.ALAW : AudioFormat.Encoding.ULAW;
    int value = (int) Math.round(32_767 * level);
    byte[] sample = {(byte) value, (byte) (value >> 8)};
    AudioInputStream in = new AudioInputStream(new ByteArrayInputStream(sample), linear, 1);
    try (AudioInputStream coded = AudioSystem.getAudioInputStream(law, in)) {
      return coded.readAllBytes()[0];
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] head(long size) {
    byte[] file = WavFiles.wav(size, 1, 1, 16, false);
    return Arrays.copyOf(file, file.length - SAMPLES.length);
  }

  private static byte[] read(byte[] file, int piece) {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    WavReader reader = new WavReader(heard::writeBytes);
    for (int at = 0; at < file.length; at += piece) {
      feed(reader, Arrays.copyOfRange(file, at, Math.min(file.length, at + piece)));
    }
    reader.end();
    assertThat(reader.sampleRateHz()).isEqualTo(24_000);
    assertThat(reader.complete()).isTrue();
    return heard.toByteArray();
  }

  /** In an array that has more in it, and is written over afterwards. */
  private static void feed(WavReader reader, byte[] bytes) {
    byte[] borrowed = Arrays.copyOf(bytes, bytes.length + 3);
    reader.feed(borrowed, bytes.length);
    Arrays.fill(borrowed, (byte) 0x55);
  }
}
