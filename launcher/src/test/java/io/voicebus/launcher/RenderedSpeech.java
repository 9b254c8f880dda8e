package io.voicebus.launcher;

import io.voicebus.emulators.EmulatedSpeech;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Reads emulated speech where it may begin and break off in mid-char, as a listener hears it. */
final class RenderedSpeech {
  private static final int RATE_HZ = 24_000;
  private static final int PER_CHAR = RATE_HZ * EmulatedSpeech.CHAR_MS / 1000;

  /** Longer texts than chunks are. */
  private static final int MAX_PLACE = 1000;

  private final Map<Integer, short[]> known = new HashMap<>();

  /** The chars that were rendered whole, to the last sample; all else is passed over. */
  String textOf(short[] pcm) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at + PER_CHAR <= pcm.length; ) {
      if (isChar(pcm, at)) {
        text.append((char) pcm[at]);
        at += PER_CHAR;
      } else {
        at++;
      }
    }
    return text.toString();
  }

  private boolean isChar(short[] pcm, int at) {
    int place = pcm[at + 1];
    if (pcm[at + 2] != PER_CHAR || place < 0 || place > MAX_PLACE) {
      return false;
    }
    short[] sound =
        known.computeIfAbsent(pcm[at] << 16 | place, key -> sound((char) pcm[at], place));
    for (int i = 0; i < PER_CHAR; i++) {
      if (pcm[at + i] != sound[i]) {
        return false;
      }
    }
    return true;
  }

  private static short[] sound(char said, int place) {
    byte[] bytes = EmulatedSpeech.pcm(String.valueOf(said).repeat(place + 1), RATE_HZ);
    short[] sound = new short[PER_CHAR];
    ByteBuffer.wrap(bytes, 2 * PER_CHAR * place, 2 * PER_CHAR)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer()
        .get(sound);
    return sound;
  }
}
