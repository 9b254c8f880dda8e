package io.voicebus.tts;

import java.util.Arrays;

/**
 * Cuts one utterance's 16-bit samples into little-endian frames, and moves the silence before its
 * first sound to its end: the listener hears the words sooner, and the pause to the next utterance
 * stays as long as the voice meant it. What is silent throughout gives no frame. NOT thread-safe.
 */
final class PcmFramer {
  /** About -32 dB: kevin16's pauses before a "w" hum at 612, its quietest words start at 2,000. */
  private static final int SILENT = 800;

  private final SpeechSink sink;
  private final short[] leadIn;
  private final int frameSamples;
  private byte[] frame;
  private int filled;
  private int silence;
  private boolean sounded;

  /**
   * @param firstSamples length of the first frame, small so that playing can start
   * @param frameSamples length of the others, but the last
   * @param leadInSamples how much of the silence before the first sound stays there
   */
  PcmFramer(SpeechSink sink, int firstSamples, int frameSamples, int leadInSamples) {
    this.sink = sink;
    this.frameSamples = frameSamples;
    this.leadIn = new short[leadInSamples];
    this.frame = new byte[2 * firstSamples];
  }

  /** The next samples, of which {@code length} is an even number of bytes. */
  void bigEndian(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i += 2) {
      sample((short) (bytes[i] << 8 | (bytes[i + 1] & 0xff)));
    }
  }

  private void sample(short sample) {
    if (sounded) {
      put(sample);
    } else if (Math.abs(sample) <= SILENT) {
      leadIn[silence % leadIn.length] = sample;
      silence++;
    } else {
      sounded = true;
      int kept = Math.min(silence, leadIn.length);
      for (int i = silence - kept; i < silence; i++) {
        put(leadIn[i % leadIn.length]);
      }
      silence -= kept;
      put(sample);
    }
  }

  private void put(short sample) {
    if (filled == frame.length) {
      sink.frame(frame, SpeechSink.UNKNOWN);
      frame = new byte[2 * frameSamples];
      filled = 0;
    }
    frame[filled++] = (byte) sample;
    frame[filled++] = (byte) (sample >> 8);
  }

  /** Hands over what is left, the text being {@code textChars} long. */
  void finish(int textChars) {
    if (!sounded) {
      return;
    }
    for (int i = 0; i < silence; i++) {
      put((short) 0);
    }
    sink.frame(Arrays.copyOf(frame, filled), textChars);
  }
}
