package io.voicebus.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what a listener got of a voice whose sound says which text it is. Every sample must be
 * the voice's own, but for what {@code processing=seams} does: the edges of an utterance may be
 * faded, and silence may lie between two.
 */
final class HeardSpeech {
  /** An utterance's first and last samples may be quieter for so long: the fades are shorter. */
  private static final int EDGE_MS = 15;

  /** So many samples of an utterance may be faded to nothing. */
  private static final int FADED_AWAY = 16;

  /** A char's sound begins with what says which it is, and where in its utterance. */
  private static final int HEADER_SAMPLES = 4;

  /** More than most utterances have. */
  private static final int USUAL_CHARS = 256;

  private final short[] heard;
  private final String text;
  private final Function<String, byte[]> voice;
  private final int perChar;
  private final int edge;

  private HeardSpeech(byte[] pcm, int rateHz, String text, Function<String, byte[]> voice) {
    this.heard = samples(pcm);
    this.text = text;
    this.voice = voice;
    this.perChar = voice.apply("a").length / 2;
    this.edge = rateHz * EDGE_MS / 1000;
  }

  /**
   * What was heard of a text, utterance by utterance; blanks between two need not have been spoken.
   *
   * @param voice the sound that it makes of an utterance
   * @throws IllegalArgumentException if a sample is missing, repeated or changed, or the text is in
   *     another order
   */
  static List<String> utterances(
      byte[] pcm, int rateHz, String text, Function<String, byte[]> voice) {
    return new HeardSpeech(pcm, rateHz, text, voice).read();
  }

  private static short[] samples(byte[] pcm) {
    short[] samples = new short[pcm.length / 2];
    ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }

  private List<String> read() {
    List<String> utterances = new ArrayList<>();
    int said = 0;
    int at = 0;
    for (int sound = soundFrom(0); sound < heard.length; sound = soundFrom(at)) {
      int blanks = said;
      while (blanks < text.length() && text.charAt(blanks) == ' ') {
        blanks++;
      }
      Utterance next = null;
      for (int start = sound; next == null && start >= Math.max(at, sound - FADED_AWAY); start--) {
        next = utterance(start, said);
        if (next == null && blanks > said) {
          next = utterance(start, blanks);
        }
      }
      if (next == null) {
        throw new IllegalArgumentException(
            "not what the voice says, at sample "
                + at
                + ", after '"
                + text.substring(0, said)
                + "'");
      }
      utterances.add(text.substring(next.from, next.to));
      said = next.to;
      at = next.end;
    }
    return utterances;
  }

  private int soundFrom(int sample) {
    int at = sample;
    while (at < heard.length && heard[at] == 0) {
      at++;
    }
    return at;
  }

  /** A part of the text, and the sample behind it. */
  private record Utterance(int from, int to, int end) {}

  private @Nullable Utterance utterance(int start, int from) {
    short[] firstChar =
        samples(voice.apply(text.substring(from, Math.min(from + 1, text.length()))));
    if (same(start, firstChar) < firstChar.length - edge) {
      return null; // which is cheaper than to look at all that may follow
    }
    int chars = Math.min(USUAL_CHARS, text.length() - from);
    while (true) {
      short[] expected = samples(voice.apply(text.substring(from, from + chars)));
      int same = same(start, expected);
      if (same == expected.length && from + chars < text.length()) {
        chars = Math.min(2 * chars, text.length() - from);
      } else {
        int whole = whole(start, expected, same);
        return whole == 0 ? null : new Utterance(from, from + whole, start + whole * perChar);
      }
    }
  }

  /** How many samples are as expected. */
  private int same(int start, short[] expected) {
    int same = 0;
    int most = Math.min(expected.length, heard.length - start);
    while (same < most
        && (heard[start + same] == expected[same]
            || (same < edge && quieter(heard[start + same], expected[same])))) {
      same++;
    }
    return same;
  }

  /** How many chars are, of which the last ones may be faded. */
  private int whole(int start, short[] expected, int same) {
    int chars = same / perChar;
    for (int faded = 1 + edge / perChar; faded > 0; faded--) {
      int end = (chars + faded) * perChar;
      if (end <= expected.length && end - edge <= same && faded(start, expected, same, end)) {
        return chars + faded;
      }
    }
    return same % perChar <= HEADER_SAMPLES ? chars : 0;
  }

  /** Whether the samples up to an end are quieter than expected, and its char is still there. */
  private boolean faded(int start, short[] expected, int from, int end) {
    if (start + end > heard.length) {
      return false;
    }
    boolean there = false;
    for (int i = from; i < end; i++) {
      if (!quieter(heard[start + i], expected[i])) {
        return false;
      }
      there |= i >= end - perChar && i < end - perChar / 2 && heard[start + i] != 0;
    }
    return there || from >= end - perChar / 2;
  }

  private static boolean quieter(short sample, short expected) {
    return Math.abs(sample) <= Math.abs(expected) && sample * expected >= 0;
  }
}
