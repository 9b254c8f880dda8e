package io.voicebus.tts.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.time.Delays;
import io.voicebus.tts.time.SteppedDelays;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScriptedVoiceTest {
  private static final Utterance HELLO = Utterance.of("Hello, 世界.");

  private final SteppedDelays delays = new SteppedDelays();
  private final RecordingSink sink = new RecordingSink();

  @Test
  void saysWhatCanBeReadBack() {
    // given
    ScriptedVoice voice = ScriptedVoice.of(Script.plain(), delays);

    // when
    voice.speak(HELLO, sink);
    delays.advance(Duration.ZERO);

    // then
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(sink.pcm()).isEqualTo(ScriptedVoice.samplesOf(HELLO.text()));
    assertThat(ScriptedVoice.textOf(sink.pcm())).isEqualTo(HELLO.text());
    assertThat(sink.faults()).isEmpty();
  }

  @Test
  void tellsTamperedAndMissingSamples() {
    byte[] pcm = ScriptedVoice.samplesOf("abc");
    byte[] hole = Arrays.copyOf(pcm, pcm.length - 2);
    pcm[700] ^= 1;

    assertThatThrownBy(() -> ScriptedVoice.textOf(pcm)).hasMessageContaining("at sample 350");
    assertThatThrownBy(() -> ScriptedVoice.textOf(hole)).hasMessageContaining("at sample 480");
  }

  @Test
  void waitsAsTheScriptSays() {
    // given
    Script slow = Script.plain().sized(100, 300).delayed(ms(50), ms(10));

    // when
    ScriptedVoice.of(slow, delays).speak(Utterance.of("abcde"), sink);

    // then
    delays.advance(ms(49));
    assertThat(sink.frames()).isEmpty();
    delays.advance(ms(1));
    assertThat(sink.frames()).extracting(frame -> frame.length).containsExactly(600);
    delays.advance(ms(10));
    assertThat(sink.frames()).extracting(frame -> frame.length).containsExactly(600, 400);
    assertThat(sink.open()).isTrue();
    delays.advance(ms(10));
    assertThat(sink.outcome()).isEqualTo("end");
  }

  @Test
  void neverSaysTheSameTwiceIfNotDeterministicButTellsHowFarItIs() {
    // given
    EngineTraits moody = new EngineTraits(false, 24_000, Set.of(), 0);
    ScriptedVoice voice = new ScriptedVoice(moody, u -> Script.plain(), delays);
    RecordingSink second = new RecordingSink();

    // when
    voice.speak(HELLO, sink);
    voice.speak(HELLO, second);
    delays.advance(Duration.ZERO);

    // then
    assertThat(sink.pcm()).isNotEqualTo(second.pcm());
    assertThat(ScriptedVoice.textOf(second.pcm())).isEqualTo(HELLO.text());
    assertThat(second.progress()).isSorted().endsWith(HELLO.text().length());
  }

  @Test
  void refusesFailsAndHangsAsTheScriptSays() {
    // given
    ScriptedVoice voice =
        new ScriptedVoice(
            new EngineTraits(true, 24_000, Set.of(), 0),
            utterance ->
                switch (utterance.text()) {
                  case "refuse" -> Script.plain().refusing();
                  case "hang" -> Script.plain().sized(960, 960).hangingAfter(3);
                  default -> Script.plain().sized(960, 960).failingAfter(2, FailureKind.QUOTA);
                },
            delays);
    RecordingSink hung = new RecordingSink();

    // when
    assertThatThrownBy(() -> voice.speak(Utterance.of("refuse"), sink))
        .isInstanceOf(IllegalStateException.class);
    voice.speak(Utterance.of("fail"), sink);
    voice.speak(Utterance.of("hang"), hung);
    delays.advance(Duration.ofDays(1));

    // then
    assertThat(sink.frames()).hasSize(2);
    assertThat(sink.outcome()).startsWith("QUOTA");
    assertThat(hung.frames()).hasSize(3);
    assertThat(hung.open()).isTrue();
    assertThat(voice.speaking()).isEqualTo(1);
  }

  @Test
  void remembersWhatWasAskedAndCancelledAndHowMuchAtOnce() {
    // given
    ScriptedVoice voice = ScriptedVoice.of(Script.plain().delayed(ms(5), ms(5)), delays);
    Speech speech = voice.speak(HELLO, sink);
    voice.speak(Utterance.of("Bye."), new RecordingSink());
    delays.advance(ms(5));

    // when
    speech.cancel();
    speech.cancel();
    sink.cancelled();
    delays.advance(ms(500));

    // then
    assertThat(voice.asked()).extracting(Utterance::text).containsExactly(HELLO.text(), "Bye.");
    assertThat(voice.cancelled()).containsExactly(HELLO);
    assertThat(voice.peakSpeaking()).isEqualTo(2);
    assertThat(voice.speaking()).isZero();
    assertThat(sink.faults()).isEmpty();
  }

  @Test
  void failsWhatIsUnderWayWhenClosed() {
    // given
    ScriptedVoice voice = ScriptedVoice.of(Script.plain(), delays);
    voice.speak(HELLO, sink);
    RecordingSink late = new RecordingSink();

    // when
    voice.close();
    voice.speak(HELLO, late);

    // then
    assertThat(sink.outcome()).startsWith("UNAVAILABLE");
    assertThat(late.outcome()).startsWith("UNAVAILABLE");
  }

  @Test
  void speaksInRealTimeToo() {
    // given
    ScriptedVoice voice = ScriptedVoice.of(Script.plain().delayed(ms(1), ms(1)), Delays.real());

    // when
    voice.speak(HELLO, sink);

    // then
    assertThat(sink.outcome()).isEqualTo("end");
    assertThat(ScriptedVoice.textOf(sink.pcm())).isEqualTo(HELLO.text());
  }

  private static Duration ms(long ms) {
    return Duration.ofMillis(ms);
  }
}
