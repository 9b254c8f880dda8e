package io.voicebus.benchmarks;

import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.emulators.TextPace;
import java.time.Duration;
import java.util.List;

/** The pace of the model and of the voice, and what follows from it without any software. */
final class LoadPace {
  static final int FIRST_TOKEN_MS = 300;
  static final int TOKENS_PER_SECOND = 60;
  static final int TOKENS_PER_EVENT = 2;
  static final int FIRST_BYTE_MS = 120;
  static final double REAL_TIME_FACTOR = 0.15;
  static final int RATE_HZ = 24_000;

  /** Between the last word of the model and the request for speech in the sequential flow. */
  static final int SEQUENTIAL_PAUSE_MS = 625;

  private LoadPace() {}

  static TextPace model() {
    return new TextPace(FIRST_TOKEN_MS, TOKENS_PER_SECOND, TOKENS_PER_EVENT);
  }

  static ElevenScript voice() {
    return ElevenScript.instant().paced(Duration.ofMillis(FIRST_BYTE_MS), REAL_TIME_FACTOR);
  }

  /**
   * When the model has written so many chars, in ms from the prompt. The emulator looks at what is
   * due every 33 ms, not 33.3: its second event waits for the second look.
   */
  static double writtenMs(int chars) {
    int event = TOKENS_PER_EVENT * TextPace.TOKEN_CHARS;
    int after = Math.max(0, (chars + event - 1) / event - 1);
    int tickMs = 1_000 * TOKENS_PER_EVENT / TOKENS_PER_SECOND;
    double perTick = tickMs * TOKENS_PER_SECOND / (1_000.0 * TOKENS_PER_EVENT);
    return FIRST_TOKEN_MS + Math.ceil(after / perTick) * tickMs;
  }

  private static double spokenMs(int chars) {
    return FIRST_BYTE_MS + chars * EmulatedSpeech.CHAR_MS * REAL_TIME_FACTOR;
  }

  /**
   * When an answer is wholly there, in ms from the prompt, if each sentence is asked for as soon as
   * it is written.
   *
   * @param cuts where its sentences end
   */
  static double wholeMs(List<Integer> cuts) {
    double whole = 0;
    int from = 0;
    for (int cut : cuts) {
      whole = Math.max(whole, writtenMs(cut) + spokenMs(cut - from));
      from = cut;
    }
    return whole;
  }

  /** The same, in the sequential flow. */
  static double sequentialMs(int chars) {
    return writtenMs(chars) + SEQUENTIAL_PAUSE_MS + spokenMs(chars);
  }

  /** The earliest possible first audio, in ms from the prompt. */
  static double floorMs(List<Integer> cuts) {
    return writtenMs(cuts.get(0)) + FIRST_BYTE_MS;
  }
}
