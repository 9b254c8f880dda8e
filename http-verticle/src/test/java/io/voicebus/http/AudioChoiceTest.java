package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioFormat;
import io.voicebus.http.wire.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioChoiceTest {

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
          audio/mpeg, */*;q=0.1             | MP3
          audio/mpeg                        | MP3
          audio/mp3                         | MP3
          audio/ogg                         | OPUS
          audio/opus;q=0.9, audio/wav;q=0.8 | OPUS
          audio/flac                        | FLAC
          audio/basic                       | ULAW
          audio/webm,audio/ogg,audio/wav,audio/*;q=0.9,*/*;q=0.5 | WAV
          audio/webm                        | none
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
    assertThat(AudioChoice.accepted(accept))
        .isEqualTo(
            format.equals("none") ? Optional.empty() : Optional.of(AudioFormat.valueOf(format)));
  }

  @ParameterizedTest
  @CsvSource({
    "mp3, , MP3, 0",
    "Opus, , OPUS, 0",
    "ogg, , OPUS, 0",
    "flac, 16000, FLAC, 16000",
    "wav, 8000, WAV, 8000",
    "pcm, 48000, PCM, 48000",
    ", 22050, WAV, 22050",
    "mp3, 44100, MP3, 44100"
  })
  void theQueryWinsOverWhatIsAccepted(
      @Nullable String format, @Nullable String rate, AudioFormat expected, int rateHz) {
    assertThat(AudioChoice.of(format, rate, format == null ? "" : "audio/x-unknown"))
        .isEqualTo(new AudioCoding(expected, rateHz, AudioCoding.USUAL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wma | ''     | there is no audio format 'wma'; use one of wav, pcm, mp3, opus, flac
          ''  | ''     | there is no audio format ''
          wav | 7999   | from 8000 to 48000 Hz, not 7999
          wav | 96000  | from 8000 to 48000 Hz, not 96000
          wav | 0      | 'rate' must be a whole number of Hz
          wav | -1     | 'rate' must be a whole number of Hz
          wav | 1e4    | 'rate' must be a whole number of Hz
          wav | 9999999999 | 'rate' must be a whole number of Hz
          mp3 | 12345  | mp3 knows [16000, 22050, 24000, 32000, 44100, 48000] Hz, not 12345
          """)
  void saysWhatIsWrongWithTheQuery(String format, String rate, String words) {
    assertThatThrownBy(() -> AudioChoice.of(format, rate.isEmpty() ? null : rate, ""))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("invalid-request")
        .hasMessageContaining(words);
  }
}
