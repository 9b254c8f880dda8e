package io.voicebus.tts.sound;

import io.voicebus.contract.Words;
import io.voicebus.tts.engine.SpeechSink;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Cuts one utterance's PCM into frames that end where words end, by its timings, so that another
 * engine can go on after any word. Half a sample waits for its other half. NOT thread-safe.
 */
public final class WordFrames {
  /** Rounded times that differ by less are the same. */
  private static final double SAME_MS = 50;

  /** By which rounding may put the end of the last word behind that of the sound. */
  private static final long ROUNDED_SAMPLES = 1;

  /** Times are rounded, and a voice may end a little before they say. */
  private static final int SHORT_MS = 250;

  private static final long UNKNOWN = -1;

  private final String text;
  private int sampleRateHz;
  private final SpeechSink sink;
  private final BitSet ends;
  private final ArrayDeque<WordEnd> ahead = new ArrayDeque<>();

  /** How many chars of the text the timings have covered. */
  private int matched;

  private boolean timed;
  private boolean strayed;

  /** The sample where the word began of which the end has not come; negative before it has. */
  private long wordFrom = UNKNOWN;

  /** Where the last timings ended, as they count. */
  private double timedMs;

  private int spoken;
  private long samples;
  private byte[] odd = {};

  /**
   * @param from the utterance's sample where the word begins
   * @param sample where it is over
   * @param chars of the text up to there
   */
  private record WordEnd(long from, long sample, int chars) {}

  /** Starts an utterance, whose frames go to the sink. */
  public WordFrames(String text, int sampleRateHz, SpeechSink sink) {
    this.text = text;
    this.ends = Words.ends(text);
    this.sampleRateHz = sampleRateHz;
    this.sink = sink;
  }

  /** Changes the sample rate. Call it before the first byte. */
  public void rate(int hz) {
    sampleRateHz = hz;
  }

  /**
   * Takes the next bytes.
   *
   * @param timing times of the segment that begins with these bytes, if one does
   */
  public void accept(byte[] bytes, Optional<CharTimes> timing) {
    timing.ifPresent(this::expect);
    byte[] all = bytes;
    if (odd.length > 0) {
      all = Arrays.copyOf(odd, odd.length + bytes.length);
      System.arraycopy(bytes, 0, all, odd.length, bytes.length);
    }
    int whole = all.length & ~1;
    odd = Arrays.copyOfRange(all, whole, all.length);
    int from = 0;
    while (!ahead.isEmpty() && ahead.getFirst().sample <= samples + (whole - from) / 2) {
      WordEnd word = ahead.removeFirst();
      int to = from + (int) (2 * Math.max(0, word.sample - samples));
      spoken = word.chars;
      emit(all, from, to, (int) Math.max(0, word.sample - word.from));
      from = to;
    }
    emit(all, from, whole, 0);
  }

  /** Whether, by the timings, the last word of the text was spoken to its end. */
  public boolean complete() {
    return timed && !strayed && endsWithin(ROUNDED_SAMPLES) && text.substring(matched).isBlank();
  }

  /** Whether there are timings by which some word was not spoken to its end. */
  public boolean cutShort() {
    return timed
        && !strayed
        && (!endsWithin(SHORT_MS * sampleRateHz / 1_000)
            || text.substring(matched).codePoints().anyMatch(Character::isLetterOrDigit));
  }

  private boolean endsWithin(long more) {
    return ahead.isEmpty() || ahead.getLast().sample - samples <= more;
  }

  /** Whether there are no timings. */
  public boolean untimed() {
    return !timed || strayed;
  }

  /** Length of the sound so far, in milliseconds. */
  public long ms() {
    return 1_000 * samples / sampleRateHz;
  }

  /** The timings of a segment cannot be read: progress is unknown from here on. */
  public void stray() {
    timed = true;
    strayed = true;
  }

  private void emit(byte[] bytes, int from, int to, int wordSamples) {
    if (to > from) {
      samples += (to - from) / 2;
      boolean all = from == 0 && to == bytes.length;
      sink.frame(
          all ? bytes : Arrays.copyOfRange(bytes, from, to),
          timed && !strayed ? spoken : SpeechSink.UNKNOWN,
          wordSamples);
    }
  }

  private void expect(CharTimes timing) {
    timed = true;
    boolean ofAll =
        timing.perhapsOfAll() && timedMs > 0 && timing.startsMs().get(0) >= timedMs - SAME_MS;
    long base = ofAll ? 0 : samples;
    timedMs = timing.endsMs().get(timing.endsMs().size() - 1);
    for (int i = 0; i < timing.pieces().size() && !strayed; i++) {
      if (wordFrom < 0 && !timing.pieces().get(i).isBlank()) {
        wordFrom = base + (long) (timing.startsMs().get(i) * sampleRateHz / 1_000);
      }
      strayed = !match(timing.pieces().get(i));
      if (!strayed && wordEndsAt(matched)) {
        long end = base + (long) Math.ceil(timing.endsMs().get(i) * sampleRateHz / 1_000);
        WordEnd last = ahead.peekLast();
        if (matched > (last == null ? spoken : last.chars)) {
          ahead.add(
              new WordEnd(wordFrom, last == null ? end : Math.max(end, last.sample), matched));
          wordFrom = UNKNOWN;
        }
      }
    }
  }

  /** Blanks may differ from those of the text, words not: then progress is not known any more. */
  private boolean match(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      char said = piece.charAt(i);
      if (!Character.isWhitespace(said)) {
        while (matched < text.length() && Character.isWhitespace(text.charAt(matched))) {
          matched++;
        }
        if (matched == text.length() || text.charAt(matched) != said) {
          return false;
        }
        matched++;
      }
    }
    return true;
  }

  private boolean wordEndsAt(int place) {
    return place == text.length() ? place > 0 : ends.get(place);
  }
}
