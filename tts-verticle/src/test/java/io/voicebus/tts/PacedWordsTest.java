package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.scripted.Script;
import io.voicebus.tts.scripted.ScriptedVoice;
import io.voicebus.tts.time.Delays;
import io.voicebus.tts.time.SpeakingPace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacedWordsTest {
  private final SpeechEngine speaker = ScriptedVoice.of(Script.plain(), Delays.real());
  private final int rateHz = speaker.traits().sampleRateHz();
  private final List<byte[]> frames = new ArrayList<>();
  private final List<Integer> progress = new ArrayList<>();

  private PacedWords words(String text) {
    return new PacedWords(
        text,
        speaker.name(),
        rateHz,
        1,
        new SpeakingPace(),
        (pcm, spokenChars) -> {
          frames.add(pcm);
          progress.add(spokenChars);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sure.", " Sure. ", "好"})
  void theOnlyWordIsPassedOnFromItsFirstSample(String text) {
    // given
    byte[] first = {1, 2, 3, 4};
    byte[] second = {5, 6};
    // when
    PacedWords words = words(text);
    words.accept(first);
    words.accept(second);
    // then
    assertThat(frames).containsExactly(first, second);
    assertThat(progress).allMatch(chars -> chars <= 0);
  }

  @Test
  void aWordIsOverInProportionToTheTimeAndTheLastOneOnlyWithTheLastSample() {
    // given: a second in two pieces, of which "one" takes 224 ms and "one two" 523 ms
    PacedWords words = words("one two three");
    // when
    words.accept(loud(rateHz));
    words.accept(loud(rateHz));
    // then
    assertThat(progress).containsExactly(3, 3, 7, 7);
    assertThat(frames.stream().mapToInt(frame -> frame.length).sum()).isEqualTo(2 * rateHz);
    assertThat(frames.get(0)).hasSize(2 * (int) Math.ceil(0.22425 * rateHz));
  }

  @Test
  void inTheSilenceBeforeTheFirstSoundNoWordIsSaid() {
    PacedWords words = words("one two three");
    words.accept(new byte[rateHz]);
    words.accept(loud(rateHz));
    assertThat(progress).containsExactly(SpeechSink.UNKNOWN, 3, 3);
    assertThat(frames.get(1)).hasSize(2 * (int) Math.ceil(0.22425 * rateHz));
  }

  private static byte[] loud(int bytes) {
    byte[] pcm = new byte[bytes];
    Arrays.fill(pcm, (byte) 0x20);
    return pcm;
  }
}
