package io.voicebus.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioCodingTest {

  @ParameterizedTest
  @CsvSource({
    "mp3, MP3, 0",
    "opus, OPUS, 0",
    "flac, FLAC, 0",
    "wav, WAV, 0",
    "aac, AAC, 0",
    "pcm, PCM, 24000"
  })
  void knowsOpenAisNamesWhosePcmIsAlwaysTheSame(String name, AudioFormat format, int rateHz) {
    assertThat(AudioCoding.openAi(name)).isEqualTo(new AudioCoding(format, rateHz, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "mp3_44100_128, MP3, 44100, 128",
    "mp3_22050_32, MP3, 22050, 32",
    "mp3_24000_48, MP3, 24000, 48",
    "mp3_44100_192, MP3, 44100, 192",
    "pcm_8000, PCM, 8000, 0",
    "pcm_16000, PCM, 16000, 0",
    "pcm_22050, PCM, 22050, 0",
    "pcm_44100, PCM, 44100, 0",
    "wav_24000, WAV, 24000, 0",
    "opus_48000_32, OPUS, 48000, 32",
    "opus_48000_192, OPUS, 48000, 192",
    "ulaw_8000, ULAW, 8000, 0",
    "alaw_8000, ALAW, 8000, 0"
  })
  void knowsElevenLabsNames(String name, AudioFormat format, int rateHz, int kbps) {
    assertThat(AudioCoding.elevenLabs(name)).isEqualTo(new AudioCoding(format, rateHz, kbps));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ogg", "PCM", "", "mp3_44100_128", "wma"})
  void saysWhichFormatsOpenAiHasWhenThereIsNone(String name) {
    assertThatThrownBy(() -> AudioCoding.openAi(name))
        .isInstanceOf(UnsupportedAudioException.class)
        .hasMessageContaining("use one of mp3, opus")
        .hasMessageContaining("flac, wav, pcm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mp3", "mp3_44100_", "mp3_44100_1280", "pcm_1", "PCM_16000", "", "aac_44100_64"})
  void saysWhichFormatsElevenLabsHasWhenThereIsNone(String name) {
    assertThatThrownBy(() -> AudioCoding.elevenLabs(name))
        .isInstanceOf(UnsupportedAudioException.class)
        .hasMessageContaining("use one of pcm_16000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mp3_44101_128  | mp3 knows [16000, 22050, 24000, 32000, 44100, 48000] Hz, not 44101
          mp3_44100_129  | not 129
          mp3_22050_320  | not 320
          pcm_7999       | from 8000 to 48000 Hz, not 7999
          pcm_96000      | from 8000 to 48000 Hz, not 96000
          pcm_16000_64   | pcm has no bit rate
          ulaw_16000     | ulaw knows [8000] Hz
          opus_44100_64  | opus knows [8000, 12000, 16000, 24000, 48000] Hz
          opus_48000_999 | from 8 to 256 kbit/s
          """)
  void saysWhatAFormatDoesNotKnow(String name, String why) {
    assertThatThrownBy(() -> AudioCoding.elevenLabs(name))
        .isInstanceOf(UnsupportedAudioException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "wav, 22050, 22050",
    "flac, 11025, 11025",
    "mp3, 8000, 16000",
    "mp3, 24000, 24000",
    "mp3, 96000, 48000",
    "opus, 22050, 24000",
    "opus, 44100, 48000",
    "opus, 16000, 16000",
    "opus, 96000, 48000",
    "ulaw, 24000, 8000"
  })
  void takesTheTurnsRateOrTheNextOneThatTheFormatKnows(String name, int turnHz, int encodedHz) {
    assertThat(AudioCoding.of(name).encodedRateHz(turnHz)).isEqualTo(encodedHz);
  }

  @Test
  void saysWhatTheBytesAre() {
    assertThat(AudioCoding.of("pcm").contentType(16_000))
        .isEqualTo("audio/pcm;rate=16000;channels=1;bits=16");
    assertThat(AudioCoding.openAi("pcm").contentType(16_000))
        .isEqualTo("audio/pcm;rate=24000;channels=1;bits=16");
    assertThat(AudioCoding.of("mp3").contentType(16_000)).isEqualTo("audio/mpeg");
    assertThat(AudioCoding.of("OGG").contentType(16_000)).isEqualTo("audio/ogg");
    assertThat(AudioCoding.of("flac").contentType(16_000)).isEqualTo("audio/flac");
    assertThat(AudioCoding.of("ulaw").contentType(16_000)).isEqualTo("audio/basic");
  }

  @Test
  void onlySamplesInTheirOwnRateCanBeCountedByTheByte() {
    assertThat(AudioCoding.of("wav").isPlain()).isTrue();
    assertThat(AudioCoding.of("pcm").isPlain()).isTrue();
    assertThat(AudioCoding.of("pcm").withRate(24_000).isPlain()).isFalse();
    assertThat(AudioCoding.of("mp3").isPlain()).isFalse();
  }

  @Test
  void chatsCallSamplesByAnotherName() {
    assertThat(AudioCoding.openAiChat("pcm16")).isEqualTo(AudioCoding.openAi("pcm"));
    assertThatThrownBy(() -> AudioCoding.openAiChat("vorbis")).hasMessageEndingWith(", pcm16");
    assertThatThrownBy(() -> AudioCoding.openAi("pcm16")).hasMessageEndingWith(", pcm");
  }
}
