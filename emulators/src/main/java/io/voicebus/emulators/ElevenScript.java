package io.voicebus.emulators;

import java.time.Duration;

/**
 * How one request, or one context of a WebSocket, is served.
 *
 * @param firstByte from the moment a segment of text is taken up to its first audio
 * @param realTimeFactor seconds that it takes to make a second of audio; 0 for all at once
 * @param pieceMs how much audio a frame or an HTTP chunk holds, about
 * @param oddBytes pieces end within a sample
 * @param fault what goes wrong
 */
public record ElevenScript(
    Duration firstByte, double realTimeFactor, int pieceMs, boolean oddBytes, ElevenFault fault) {

  public ElevenScript {
    if (firstByte.isNegative() || realTimeFactor < 0 || pieceMs < 1) {
      throw new IllegalArgumentException("a script needs a pace");
    }
  }

  /** At once, in pieces of 200 ms that split samples. */
  public static ElevenScript instant() {
    return new ElevenScript(Duration.ZERO, 0, 200, true, ElevenFault.none());
  }

  /** As the fast model was recorded: first audio after 238 ms, then 25 times real time. */
  public static ElevenScript recorded() {
    return new ElevenScript(Duration.ofMillis(238), 0.04, 200, true, ElevenFault.none());
  }

  public ElevenScript paced(Duration first, double factor) {
    return new ElevenScript(first, factor, pieceMs, oddBytes, fault);
  }

  public ElevenScript inPieces(int ms, boolean odd) {
    return new ElevenScript(firstByte, realTimeFactor, ms, odd, fault);
  }

  public ElevenScript failing(ElevenFault what) {
    return new ElevenScript(firstByte, realTimeFactor, pieceMs, oddBytes, what);
  }

  int pieceBytes(int sampleRateHz) {
    int bytes = Math.max(4, 2 * sampleRateHz * pieceMs / 1_000);
    return oddBytes ? bytes - 1 : bytes;
  }
}
