package io.voicebus.emulators;

import java.time.Duration;

/**
 * How one request, or one context of a WebSocket, is served.
 *
 * @param pace of each segment of its text
 * @param fault what goes wrong
 */
public record ElevenScript(SpeechPace pace, ElevenFault fault) {

  /** At once, in pieces of 200 ms that split samples. */
  public static ElevenScript instant() {
    return new ElevenScript(SpeechPace.INSTANT, ElevenFault.none());
  }

  /** As the fast model was recorded: first audio after 238 ms, then 25 times real time. */
  public static ElevenScript recorded() {
    return new ElevenScript(SpeechPace.RECORDED, ElevenFault.none());
  }

  public ElevenScript paced(Duration first, double factor) {
    return new ElevenScript(pace.paced(first, factor), fault);
  }

  public ElevenScript inPieces(int ms, boolean odd) {
    return new ElevenScript(pace.inPieces(ms, odd), fault);
  }

  public ElevenScript failing(ElevenFault what) {
    return new ElevenScript(pace, what);
  }
}
