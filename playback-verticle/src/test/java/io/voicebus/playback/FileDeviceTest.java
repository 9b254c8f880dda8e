package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioEncoder;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.WavHeader;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDeviceTest {
  @TempDir private Path directory;

  private FileDevice device(String name) {
    return new FileDevice(directory.resolve(name).toString());
  }

  @Test
  void writesAWavThatOthersRead() throws Exception {
    // given
    FileDevice device = device("a.WAV");
    device.prepare();
    // when
    device.open(16_000);
    device.write(Pcm.counting(0, 10));
    device.write(Pcm.counting(10, 10));
    device.drain();
    device.close();
    // then
    try (AudioInputStream in =
        AudioSystem.getAudioInputStream(directory.resolve("a.WAV").toFile())) {
      assertThat(in.getFormat().matches(new AudioFormat(16_000, 16, 1, true, false))).isTrue();
      assertThat(in.getFrameLength()).isEqualTo(20);
      assertThat(in.readAllBytes()).isEqualTo(Pcm.counting(0, 20));
    }
  }

  /** Or a command would tell success, and there is no file. */
  @Test
  void aFileThatIsRemovedMeanwhileIsAFailure() throws Exception {
    FileDevice device = device("a.wav");
    device.open(16_000);
    device.write(Pcm.counting(0, 10));
    Files.delete(directory.resolve("a.wav"));
    device.drain();
    assertThatThrownBy(device::close).hasMessageContaining("was removed while it was written");
  }

  /** Of some formats there may be only so many encoders at once. */
  @Test
  void aFileThatCannotBeOpenedKeepsNoEncoder() throws Exception {
    // given
    List<AudioEncoder> made = new ArrayList<>();
    FileDevice device =
        new FileDevice(
            directory.resolve("gone/a.mp3").toString(),
            coding -> {
              made.add(coding.encoder());
              return made.get(0);
            });
    assertThatThrownBy(() -> device.open(24_000)).isInstanceOf(NoSuchFileException.class);
    // when
    device.close();
    // then
    assertThatThrownBy(() -> made.get(0).begin(24_000)).hasMessage("the encoder is closed");
  }

  @Test
  void writesNothingButSamplesToAnythingElse() throws Exception {
    // given
    FileDevice device = device("a.pcm");
    device.prepare();
    // when
    device.open(16_000);
    device.write(Pcm.counting(0, 10));
    device.close();
    // then
    assertThat(directory.resolve("a.pcm")).hasBinaryContent(Pcm.counting(0, 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "ulaw", "flac"})
  void encodesAsTheEndingSays(String ending) throws Exception {
    // given
    FileDevice device = device("a." + ending);
    byte[] pcm = Pcm.sine(440, 24_000, 24_000, 9_000);
    device.prepare();
    // when
    device.open(24_000);
    device.write(pcm);
    device.drain();
    device.close();
    // then
    try (AudioEncoder encoder = AudioCoding.of(ending).encoder()) {
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      byte[] head = encoder.begin(24_000);
      byte[] body = encoder.encode(pcm);
      byte[] rest = encoder.end();
      expected.writeBytes(ending.equals("flac") ? encoder.finishedHead() : head);
      expected.writeBytes(body);
      expected.writeBytes(rest);
      assertThat(directory.resolve("a." + ending)).hasBinaryContent(expected.toByteArray());
    }
  }

  @Test
  void looksLikeAStreamWhileItGrows() throws Exception {
    // given
    FileDevice device = device("a.wav");
    // when
    device.open(24_000);
    // then
    assertThat(directory.resolve("a.wav")).hasBinaryContent(WavHeader.streaming(24_000));
    device.close();
    assertThat(directory.resolve("a.wav")).hasBinaryContent(WavHeader.exact(24_000, 0));
  }

  @Test
  void makesAnEmptyFileOfATurnWithoutAudio() throws Exception {
    // given
    FileDevice device = device("a.wav");
    // when
    device.drain();
    device.close();
    // then
    assertThat(directory.resolve("a.wav")).hasBinaryContent(WavHeader.exact(24_000, 0));
  }

  @Test
  void touchesNothingBeforeThereIsAudio() throws Exception {
    // given
    Path old = Files.write(directory.resolve("old.wav"), new byte[] {1, 2, 3});
    FileDevice device = device("old.wav");
    // when
    device.prepare();
    device.close();
    // then
    assertThat(old).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void saysWhatToDoAboutANameThatItCannotWrite() {
    assertThatThrownBy(() -> device("no/such/a.wav").prepare())
        .hasMessageContaining("no/such does not exist; create it first")
        .extracting(e -> ((VoicebusException) e).failure().kind())
        .isEqualTo(FailureKind.INVALID_REQUEST);
    assertThatThrownBy(() -> device("").prepare()).hasMessageContaining("it is a directory");
    assertThatThrownBy(() -> new FileDevice(" ").prepare())
        .hasMessageContaining("a file needs a name");
    assertThatThrownBy(() -> new FileDevice("a\0.wav").prepare())
        .hasMessageContaining("no name for a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.m4a", "a.WMA", "a.wav.webm", "a.aiff"})
  void refusesAKindOfFileThatItDoesNotWriteAndSaysWhatItWrites(String name) {
    assertThatThrownBy(() -> device(name).prepare())
        .hasMessageContaining("use one of wav, pcm, mp3, opus, flac")
        .hasMessageContaining("answer.mp3")
        .extracting(e -> ((VoicebusException) e).failure().kind())
        .isEqualTo(FailureKind.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.wav", "a.WAV", "a.b.pcm", "a.raw", "a", ".a", "a.mp3", "a.OGG", "a.opus", "a.flac"
      })
  void takesItsOwnKindsAndNamesWithoutAny(String name) {
    assertThatCode(() -> device(name).prepare()).doesNotThrowAnyException();
  }

  /** As {@code -o >(aplay)} and {@code -o /dev/stdout | aplay} have it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeGetsTheStream(@TempDir Path folder) throws Exception {
    // given
    Path pipe = folder.resolve("pipe.wav");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process reader = new ProcessBuilder("cat", pipe.toString()).redirectErrorStream(true).start();
    // when
    FileDevice device = new FileDevice(pipe.toString());
    device.prepare();
    device.open(16_000);
    device.write(new byte[] {1, 2});
    device.close();
    // then
    assertThat(reader.getInputStream().readAllBytes()).hasSize(44 + 2).endsWith(1, 2);
  }
}
