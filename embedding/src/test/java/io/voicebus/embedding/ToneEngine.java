package io.voicebus.embedding;

import io.voicebus.tts.engine.EngineTraits;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.engine.Voice;
import java.util.List;
import java.util.Set;

/** An engine of your own: it whistles, a tone for each word. */
final class ToneEngine implements SpeechEngine {
  static final int RATE_HZ = 16_000;
  static final int SAMPLES = RATE_HZ / 5;
  private static final double A4_HZ = 440;

  @Override
  public String name() {
    return "tone";
  }

  @Override
  public EngineTraits traits() {
    // The same text always gives the same samples, and it takes any number of utterances at once.
    return new EngineTraits(true, RATE_HZ, Set.of(), 0);
  }

  @Override
  public List<Voice> voices() {
    return List.of(new Voice("a4", "A4", ""));
  }

  @Override
  public Speech speak(Utterance utterance, SpeechSink sink) {
    int spokenChars = 0;
    for (String word : utterance.text().split("(?<=\\s)", -1)) {
      spokenChars += word.length();
      sink.frame(tone(), spokenChars);
    }
    sink.end();
    return () -> {}; // there is nothing left to cancel
  }

  private static byte[] tone() {
    byte[] pcm = new byte[2 * SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      int sample = (int) (8_000 * Math.sin(2 * Math.PI * A4_HZ * i / RATE_HZ));
      pcm[2 * i] = (byte) sample;
      pcm[2 * i + 1] = (byte) (sample >> 8);
    }
    return pcm;
  }

  @Override
  public void close() {}
}
