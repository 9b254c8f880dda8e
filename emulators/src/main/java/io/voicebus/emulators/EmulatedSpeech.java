package io.voicebus.emulators;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Optional;

/**
 * Text as noise that can be read back: 16-bit little-endian mono PCM, a pure function of the text
 * and the sample rate. Every char lasts {@link #CHAR_MS}; its samples begin with the char, its
 * place in the text and how many samples it has, and the rest follows from those three.
 */
public final class EmulatedSpeech {
  /** How long each char sounds. */
  public static final int CHAR_MS = 60;

  private static final int HEADER_SAMPLES = 3;

  private EmulatedSpeech() {}

  /** What an emulated voice says for a text. */
  public static byte[] pcm(String text, int sampleRateHz) {
    return slice(text, sampleRateHz, 0, length(text, sampleRateHz));
  }

  /**
   * The text that a listener heard: whole chars of any number of texts in a row.
   *
   * @throws IllegalArgumentException if samples are missing, repeated or changed
   */
  public static String textOf(byte[] pcm) {
    ShortBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    require(pcm.length % 2 == 0, samples.limit());
    StringBuilder text = new StringBuilder();
    int expected = 0;
    while (samples.hasRemaining()) {
      int start = samples.position();
      require(samples.remaining() >= HEADER_SAMPLES, start);
      char said = (char) samples.get();
      int place = samples.get() & 0xffff;
      int perChar = samples.get();
      require(place == 0 || place == expected, start);
      require(perChar > HEADER_SAMPLES && samples.remaining() >= perChar - HEADER_SAMPLES, start);
      for (int i = HEADER_SAMPLES; i < perChar; i++) {
        require(samples.get() == sample(said, place, perChar, i), start + i);
      }
      text.append(said);
      expected = (place + 1) & 0xffff;
    }
    return text.toString();
  }

  /**
   * A char that was said.
   *
   * @param letter which one
   * @param place its index in the text that the voice was given, from 0 to 65,535
   */
  public record Said(char letter, int place) {}

  /**
   * The char whose sound begins at a sample; none if it is another's, or not intact in its first
   * half: the end of a char may be faded, or cut off.
   */
  public static Optional<Said> said(ShortBuffer samples, int at, int sampleRateHz) {
    int perChar = samplesPerChar(sampleRateHz);
    if (at + perChar / 2 > samples.limit() || samples.get(at + 2) != perChar) {
      return Optional.empty();
    }
    char letter = (char) samples.get(at);
    int place = samples.get(at + 1) & 0xffff;
    for (int i = HEADER_SAMPLES; i < perChar / 2; i++) {
      if (samples.get(at + i) != sample(letter, place, perChar, i)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Said(letter, place));
  }

  /** How many bytes a text becomes. */
  public static int length(String text, int sampleRateHz) {
    return 2 * text.length() * samplesPerChar(sampleRateHz);
  }

  /** Some bytes of what {@link #pcm} gives; they may begin and end within a sample. */
  static byte[] slice(String text, int sampleRateHz, int fromByte, int toByte) {
    int perChar = samplesPerChar(sampleRateHz);
    byte[] bytes = new byte[toByte - fromByte];
    int index = fromByte / 2;
    int place = index / perChar;
    index -= place * perChar;
    for (int at = -(fromByte & 1); at < bytes.length; at += 2) {
      short sample = sample(text.charAt(place), place, perChar, index);
      if (at >= 0) {
        bytes[at] = (byte) sample;
      }
      if (at + 1 < bytes.length) {
        bytes[at + 1] = (byte) (sample >> 8);
      }
      if (++index == perChar) {
        index = 0;
        place++;
      }
    }
    return bytes;
  }

  private static int samplesPerChar(int sampleRateHz) {
    return sampleRateHz * CHAR_MS / 1_000;
  }

  private static short sample(char said, int place, int perChar, int index) {
    return switch (index) {
      case 0 -> (short) said;
      case 1 -> (short) place;
      case 2 -> (short) perChar;
      default -> noise(((said * 31 + (place & 0xffff)) * 31 + perChar) * 0x9E3779B1 + index);
    };
  }

  /** 14 bits: not too loud if someone listens. */
  private static short noise(int seed) {
    return (short) ((seed * 0x9E3779B1) >> 18);
  }

  private static void require(boolean intact, int sample) {
    if (!intact) {
      throw new IllegalArgumentException("not what an emulated voice says, at sample " + sample);
    }
  }
}
