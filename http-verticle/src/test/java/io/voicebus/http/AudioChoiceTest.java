package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.WavHeader;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioFormatTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                | WAV
          */*                               | WAV
          audio/*                           | WAV
          audio/wav                         | WAV
          audio/x-wav                       | WAV
          AUDIO/PCM                         | PCM
          audio/pcm, audio/wav              | WAV
          audio/pcm, audio/wav;q=0.9        | PCM
          audio/pcm;q=0.5, */*;q=0.1        | PCM
          audio/wav;q=0, */*                | PCM
          text/html, audio/pcm;rate=8000    | PCM
          audio/mpeg, */*;q=0.1             | WAV
          audio/mpeg                        | none
          audio/wav;q=0                     | none
          audio/wav;q=x                     | WAV
          audio/pcm;q=0.5, audio/wav;q=7    | WAV
          audio/pcm, audio/wav;q=7          | WAV
          audio/pcm;q=NaN, audio/wav;q=0.1  | PCM
          audio/wav;q = 0.5, audio/pcm;q=.6 | PCM
          audio/wav; q=0.5 , audio/pcm      | PCM
          audio/wav;Q=0                     | none
          audio/wav;q=-1, audio/pcm;q=0.9   | WAV
          audio/wav;x="a,b;q=0", audio/pcm  | WAV
          audio/wav;x="\\";q=0";q=0.1, audio/pcm;q=0.2 | PCM
          ,, ;q=1, audio/pcm                | PCM
          audio/L16                         | none
          """)
  void choosesWhatTheClientLikesBest(String accept, String format) {
    assertThat(AudioFormat.negotiate(accept))
        .isEqualTo(
            format.equals("none") ? Optional.empty() : Optional.of(AudioFormat.valueOf(format)));
  }

  @Test
  void putsAHeaderBeforeTheSamplesThatOthersUnderstand() throws Exception {
    // given
    byte[] wav = AudioFormat.WAV.empty(24_000);
    // when
    AudioInputStream audio = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav));
    // then
    assertThat(audio.getFrameLength()).isZero();
    assertThat(audio.getFormat().getSampleRate()).isEqualTo(24_000);
    assertThat(audio.getFormat().getSampleSizeInBits()).isEqualTo(16);
    assertThat(audio.getFormat().getChannels()).isEqualTo(1);
    assertThat(audio.getFormat().isBigEndian()).isFalse();
    byte[] streaming = AudioFormat.WAV.head(24_000);
    assertThat(streaming).hasSize(WavHeader.BYTES);
    assertThat(streaming).containsSequence(-1, -1, -1, -1);
  }
}
