package io.voicebus.launcher.replay;

import io.voicebus.tts.engine.SpeechSink;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands in for speech that was not recorded: a soft hum, since silence would be taken for a pause
 * and cut.
 *
 * @param engine whose speech it stands for
 * @param rateHz of its samples
 * @param msPerChar how long a character takes, in the recording's mean
 * @param firstNanos how long its first sound takes
 */
record Hum(String engine, int rateHz, long msPerChar, long firstNanos) {
  private static final int PIECE_MS = 100;
  private static final double TONE_HZ = 220;
  private static final double LOUDNESS = 1_000;

  /** The hum for a text of so many characters. */
  List<SpokenPiece> pieces(int chars) {
    int samples = (int) Math.max(1, chars * msPerChar * rateHz / 1000);
    int each = rateHz * PIECE_MS / 1000;
    List<SpokenPiece> pieces = new ArrayList<>();
    for (int from = 0; from < samples; from += each) {
      pieces.add(
          new SpokenPiece(
              firstNanos, pcm(from, Math.min(samples, from + each)), SpeechSink.UNKNOWN, 0));
    }
    return pieces;
  }

  private byte[] pcm(int from, int to) {
    byte[] pcm = new byte[2 * (to - from)];
    for (int i = from; i < to; i++) {
      int sample = (int) (LOUDNESS * Math.sin(2 * Math.PI * TONE_HZ * i / rateHz));
      pcm[2 * (i - from)] = (byte) sample;
      pcm[2 * (i - from) + 1] = (byte) (sample >> 8);
    }
    return pcm;
  }
}
