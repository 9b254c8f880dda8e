package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavReaderTest {
  static final byte[] SAMPLES = {1, 2, 3, 4, 5, 6, 7, 8};

  @ParameterizedTest
  @ValueSource(longs = {0, 8, 0xFFFFFFFFL, 0x7FFFFFFFL, 0x7FFFFF00L, 2_000_000_000L})
  void aLengthThatIsNoneMeansToTheEnd(long size) {
    byte[] heard = read(wav(size, 1, 1, 16, false), 3);
    assertThat(heard).isEqualTo(SAMPLES);
  }

  @Test
  void whatFollowsTheSamplesIsNotHeard() {
    assertThat(read(concat(wav(8, 1, 1, 16, false), chunk("LIST", 10)), 5)).isEqualTo(SAMPLES);
  }

  @Test
  void whatComesBeforeThemIsPassedOverWhereverItIsCut() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      assertThat(read(wav(0xFFFFFFFFL, 1, 1, 16, true), 1 + random.nextInt(60)))
          .as("seed %d", seed)
          .isEqualTo(SAMPLES);
    }
  }

  @Test
  void theExtensibleFormatIsReadToo() {
    assertThat(read(wav(8, 0xFFFE, 1, 16, false), 7)).isEqualTo(SAMPLES);
  }

  @Test
  void aFileThatEndsBeforeItsLengthIsNotComplete() {
    WavReader reader = new WavReader(samples -> {});
    reader.feed(wav(20, 1, 1, 16, false));
    assertThat(reader.complete()).isFalse();
  }

  @Test
  void otherFormatsAreRefusedInWords() {
    assertThatThrownBy(() -> read(wav(8, 3, 1, 32, false), 50)).hasMessageContaining("32 bits");
    assertThatThrownBy(() -> read(wav(8, 1, 2, 16, false), 50)).hasMessageContaining("2 channels");
    assertThatThrownBy(() -> read("ID3 and so on".getBytes(StandardCharsets.US_ASCII), 50))
        .hasMessageContaining("no WAV");
  }

  private static byte[] read(byte[] file, int piece) {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    WavReader reader = new WavReader(heard::writeBytes);
    for (int at = 0; at < file.length; at += piece) {
      reader.feed(Arrays.copyOfRange(file, at, Math.min(file.length, at + piece)));
    }
    assertThat(reader.sampleRateHz()).isEqualTo(24_000);
    assertThat(reader.complete()).isTrue();
    return heard.toByteArray();
  }

  /** A file of 24 kHz whose data chunk claims a size. */
  static byte[] wav(long dataSize, int encoding, int channels, int bits, boolean list) {
    int formatBytes = encoding == 0xFFFE ? 40 : 16;
    ByteBuffer head = ByteBuffer.allocate(20 + formatBytes).order(ByteOrder.LITTLE_ENDIAN);
    head.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    head.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(formatBytes);
    head.putShort((short) encoding).putShort((short) channels).putInt(24_000);
    head.putInt(48_000).putShort((short) 2).putShort((short) bits);
    if (encoding == 0xFFFE) {
      head.putShort((short) 22).putShort((short) 16).putInt(4).putShort((short) 1);
    }
    ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    data.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) dataSize);
    return concat(head.array(), list ? chunk("LIST", 27) : new byte[0], data.array(), SAMPLES);
  }

  private static byte[] chunk(String name, int size) {
    ByteBuffer chunk = ByteBuffer.allocate(8 + size + (size & 1)).order(ByteOrder.LITTLE_ENDIAN);
    return chunk.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(size).array();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }
}
