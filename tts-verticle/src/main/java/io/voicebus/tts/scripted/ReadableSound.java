package io.voicebus.tts.scripted;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Text as noise that can be read back: see {@link ScriptedVoice}. */
final class ReadableSound {
  private ReadableSound() {}

  static byte[] write(String text, int samplesPerChar, int take) {
    ByteBuffer pcm = ByteBuffer.allocate(2 * samplesPerChar * text.length());
    ShortBuffer samples = pcm.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    for (int at = 0; at < text.length(); at++) {
      short[] header = {
        (short) text.charAt(at), (short) at, (short) take, (short) samplesPerChar,
      };
      samples.put(header);
      for (int i = header.length; i < samplesPerChar; i++) {
        samples.put(noise(header, i));
      }
    }
    return pcm.array();
  }

  static String read(byte[] pcm) {
    ShortBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    StringBuilder text = new StringBuilder();
    short[] header = new short[ScriptedVoice.HEADER_SAMPLES];
    while (samples.hasRemaining()) {
      int start = samples.position();
      require(samples.remaining() >= header.length, start);
      samples.get(header);
      require(header[3] >= header.length, start);
      require(samples.remaining() >= header[3] - header.length, start);
      for (int i = header.length; i < header[3]; i++) {
        require(samples.get() == noise(header, i), start + i);
      }
      text.append((char) header[0]);
    }
    return text.toString();
  }

  private static short noise(short[] header, int index) {
    int mixed = index;
    for (short part : header) {
      mixed = (mixed ^ part) * 0x9E3779B1;
    }
    return (short) (mixed >> 18); // 14 bits: not too loud if someone listens
  }

  private static void require(boolean intact, int sample) {
    if (!intact) {
      throw new IllegalArgumentException("not what a scripted voice says, at sample " + sample);
    }
  }
}
