package io.voicebus.emulators;

import java.time.Duration;

/**
 * How fast an emulated voice's audio comes.
 *
 * @param firstByte from the moment a text is taken up to its first audio
 * @param realTimeFactor seconds that it takes to make a second of audio; 0 for all at once
 * @param pieceMs how much audio a frame or an HTTP chunk holds, about
 * @param oddBytes pieces end within a sample
 */
public record SpeechPace(Duration firstByte, double realTimeFactor, int pieceMs, boolean oddBytes) {
  /** At once, in pieces of 200 ms that split samples. */
  public static final SpeechPace INSTANT = new SpeechPace(Duration.ZERO, 0, 200, true);

  /** As a fast service was recorded: first audio after 238 ms, then 25 times real time. */
  public static final SpeechPace RECORDED = new SpeechPace(Duration.ofMillis(238), 0.04, 200, true);

  public SpeechPace {
    if (firstByte.isNegative() || realTimeFactor < 0 || pieceMs < 1) {
      throw new IllegalArgumentException("not a pace: " + firstByte + ", " + realTimeFactor);
    }
  }

  public SpeechPace paced(Duration first, double factor) {
    return new SpeechPace(first, factor, pieceMs, oddBytes);
  }

  public SpeechPace inPieces(int ms, boolean odd) {
    return new SpeechPace(firstByte, realTimeFactor, ms, odd);
  }

  /** How long it takes to make so many bytes, in ms. */
  double millis(int bytes, int sampleRateHz) {
    return 500.0 * bytes / sampleRateHz * realTimeFactor;
  }

  int pieceBytes(int sampleRateHz) {
    int bytes = Math.max(4, 2 * sampleRateHz * pieceMs / 1_000);
    return oddBytes ? bytes - 1 : bytes;
  }
}
