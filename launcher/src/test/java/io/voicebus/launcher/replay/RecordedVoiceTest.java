package io.voicebus.launcher.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedVoiceTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> heard = new ArrayList<>();

  private RecordedVoice voice(ReplaySpeed speed) {
    RecordedSpeech speech =
        RecordedSpeech.of(new RecordedTurns().spoken(0, "One two.", 4).ended(1000));
    return new RecordedVoice(speech, speed, time, time::after);
  }

  private Speech speak(RecordedVoice voice) {
    Utterance utterance = new Utterance("One two.", "", "", "", "", TurnPlace.of("turn", 0), 0);
    return voice.speak(utterance, new Ear());
  }

  private final class Ear implements SpeechSink {
    @Override
    public void spokenBy(SpeechEngine engine, String voice) {
      heard.add(engine.name() + "/" + voice + "@" + engine.traits().sampleRateHz());
    }

    @Override
    public void frame(byte[] pcm, int spokenChars, int wordSamples) {
      heard.add(time.ms() + " " + spokenChars);
    }

    @Override
    public void end() {
      heard.add(time.ms() + " end");
    }

    @Override
    public void fail(FailureKind kind, String detail) {
      heard.add(time.ms() + " " + kind);
    }
  }

  @Test
  void itSpeaksWhenItSpokeThen() {
    speak(voice(ReplaySpeed.OWN));
    time.run();
    assertThat(heard).containsExactly("some/voice@8000", "200 3", "200 3", "300 8", "300 end");
  }

  @Test
  void fourTimesAsFastItSpeaksInAQuarterOfTheTime() {
    speak(voice(ReplaySpeed.of("4")));
    time.run();
    assertThat(heard).containsExactly("some/voice@8000", "50 3", "50 3", "75 8", "75 end");
  }

  @Test
  void asFastAsCanBeItWaitsForNothing() {
    speak(voice(ReplaySpeed.MAX));
    time.run();
    assertThat(heard).containsExactly("some/voice@8000", "0 3", "0 3", "0 8", "0 end");
  }

  @Test
  void nothingIsSaidAfterItWasCancelled() {
    Speech speech = speak(voice(ReplaySpeed.OWN));
    time.run(250_000_000);
    speech.cancel();
    time.run();
    assertThat(heard).containsExactly("some/voice@8000", "200 3", "200 3");
  }

  @Test
  void whoIsSpeakingWhenItIsClosedIsTold() {
    RecordedVoice voice = voice(ReplaySpeed.OWN);
    speak(voice);
    voice.close();
    time.run();
    assertThat(heard).containsExactly("some/voice@8000", "0 UNAVAILABLE");
  }
}
