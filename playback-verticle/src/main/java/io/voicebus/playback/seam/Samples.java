package io.voicebus.playback.seam;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads and writes 16-bit samples, little-endian, in the bytes in which they travel. */
final class Samples {
  private static final VarHandle SAMPLE =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private Samples() {}

  static short get(byte[] pcm, int sample) {
    return (short) SAMPLE.get(pcm, 2 * sample);
  }

  static void set(byte[] pcm, int sample, double value) {
    SAMPLE.set(pcm, 2 * sample, (short) Math.rint(value));
  }
}
