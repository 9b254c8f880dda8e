package io.voicebus.http;

import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioFormat;
import io.voicebus.contract.TurnAccepted;
import io.voicebus.contract.TurnListen;
import io.voicebus.contract.WavHeader;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a turn's audio a request is for: all, what follows the samples that the client has
 * ({@code ?from=48000}), or what follows its bytes ({@code Range: bytes=96044-}), to a last one if
 * it names one. The first bytes are a WAV file's head. Bytes can be counted only where they are the
 * turn's own samples: else {@code Range} is ignored, as RFC 9110 allows (section 14.2).
 *
 * @param coding what the bytes are
 * @param base the sample after the head
 * @param bytes how many bytes the client has; 0 for none
 * @param last the last byte that it wants; {@link #OPEN} for all that follow
 * @param named whether the client says which sample it has
 * @param isPartial whether the answer is {@code 206}
 */
record AudioRange(
    AudioCoding coding, long base, long bytes, long last, boolean named, boolean isPartial) {
  /** No last byte. */
  static final long OPEN = -1;

  /**
   * What stands for a last byte that nobody knows yet (RFC 8673, section 2.1): the greatest whole
   * number that every client can reckon with.
   */
  static final long VERY_LARGE = (1L << 53) - 1;

  /**
   * Examples: {@code bytes=96044-}, {@code bytes=0-1}. Others may be ignored (RFC 9110, section
   * 14.2).
   */
  private static final Pattern RANGE =
      Pattern.compile(
          "\\s*+bytes\\s*+=\\s*+(?<first>[0-9]{1,19}+)\\s*+-\\s*+(?<last>[0-9]{0,18}+)\\s*+");

  /** Up to {@link JsonFields#MAX_COUNT}. */
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,12}");

  private static final int MOST_DIGITS = 15;

  /** Behind the end of all audio. */
  private static final long BEYOND = VERY_LARGE;

  private static final int BYTES_PER_SAMPLE = 2;

  /**
   * What a request asks for.
   *
   * @param header {@code Range}; null for none
   * @param parameter {@code from}; null for none
   * @throws ProblemException 400
   */
  static AudioRange of(AudioCoding coding, @Nullable String header, @Nullable String parameter) {
    long from = from(parameter);
    Matcher range = RANGE.matcher(header == null ? "" : header);
    boolean counts = coding.isPlain() && range.matches() && isRange(range);
    long bytes = counts ? first(range) : 0;
    long last = counts ? last(range) : OPEN;
    return new AudioRange(
        coding, Math.max(0, from), bytes, last, from != TurnListen.NEW, bytes > 0 || last != OPEN);
  }

  private static boolean isRange(Matcher range) {
    long last = last(range);
    return last == OPEN || last >= first(range);
  }

  /** Some players seek the greatest number that they know. */
  private static long first(Matcher range) {
    String first = range.group("first");
    return first.length() > MOST_DIGITS ? BEYOND : Long.parseLong(first);
  }

  private static long last(Matcher range) {
    String last = range.group("last");
    return last.isEmpty() ? OPEN : Long.parseLong(last);
  }

  /**
   * Whether a client reads in parts: it names a last byte. Players do so first of all ({@code
   * bytes=0-1}), to see what there is, and then ask for it.
   *
   * @param header {@code Range}; null for none
   */
  static boolean isPart(@Nullable String header) {
    Matcher range = RANGE.matcher(header == null ? "" : header);
    return range.matches() && last(range) != OPEN && isRange(range);
  }

  /** All of it. */
  static AudioRange all(AudioCoding coding) {
    return again(coding, 0, false);
  }

  /** All of it, for a client that comes back to a turn and has no audio of it. */
  static AudioRange again(AudioCoding coding) {
    return again(coding, 0, true);
  }

  /** What follows a sample, with a head of its own. */
  static AudioRange again(AudioCoding coding, long base) {
    return again(coding, base, true);
  }

  private static AudioRange again(AudioCoding coding, long base, boolean named) {
    return new AudioRange(coding, base, 0, OPEN, named, false);
  }

  /**
   * The same for a client that reads in parts, which expects a {@code 206} for the whole, too.
   *
   * @param header {@code Range}; null for none
   */
  AudioRange inParts(@Nullable String header) {
    Matcher range = RANGE.matcher(header == null ? "" : header);
    boolean counts = coding.isPlain() && range.matches() && isRange(range);
    return counts ? new AudioRange(coding, base, bytes, last, named, true) : this;
  }

  /**
   * The same without {@code Range}: of a turn that has not come as far, a player that seeks gets
   * the whole, and finds its place or stays where it is. A problem it would take for the end of
   * all.
   */
  AudioRange ignored() {
    return again(coding, base, named);
  }

  /**
   * The sample that a client names; {@link TurnListen#NEW} for none.
   *
   * @throws ProblemException 400
   */
  static long from(@Nullable String parameter) {
    return count("from", parameter);
  }

  /**
   * A number in a query; {@link TurnListen#NEW} for none.
   *
   * @throws ProblemException 400
   */
  static long count(String name, @Nullable String parameter) {
    if (parameter == null) {
      return TurnListen.NEW;
    }
    if (!COUNT.matcher(parameter).matches()) {
      throw JsonFields.invalid(
          "'" + name + "' must be a whole number from 0, not " + JsonFields.show(parameter));
    }
    return Long.parseLong(parameter);
  }

  private int headBytes() {
    return coding.format() == AudioFormat.WAV ? WavHeader.BYTES : 0;
  }

  /** The first sample that is wanted; {@link TurnListen#NEW} if the client does not say. */
  long from() {
    if (bytes > headBytes()) {
      return base + (bytes - headBytes()) / BYTES_PER_SAMPLE;
    }
    return named || bytes > 0 ? base : TurnListen.NEW;
  }

  /** What the bytes are that are still wanted: without its head a WAV file is samples. */
  AudioCoding encoded() {
    return isPartial() && !hasHead() ? AudioCoding.of(AudioFormat.PCM) : coding;
  }

  /** Whether the client needs the format's head, or a part of it. */
  boolean hasHead() {
    return bytes < headBytes();
  }

  /** How much the client has of what is written first. */
  int skippedBytes() {
    return (int) (hasHead() ? bytes : (bytes - headBytes()) % BYTES_PER_SAMPLE);
  }

  /** How many bytes it has at most. */
  long most() {
    return last == OPEN ? Long.MAX_VALUE : last - bytes + 1;
  }

  /** Whether all of it is in the head, of which the length is known. */
  boolean isInHead() {
    return last != OPEN && last < headBytes();
  }

  /**
   * The header {@code Content-Range}.
   *
   * @param samples of the turn; {@link TurnAccepted#UNKNOWN} while it goes on
   */
  String contentRange(long samples) {
    if (samples == TurnAccepted.UNKNOWN) {
      return "bytes " + bytes + "-" + (last == OPEN ? VERY_LARGE : last) + "/*";
    }
    long end = length(samples) - 1;
    return "bytes " + bytes + "-" + (last == OPEN ? end : Math.min(last, end)) + "/" + (end + 1);
  }

  private long length(long samples) {
    return headBytes() + BYTES_PER_SAMPLE * (samples - base);
  }

  /** The client has everything of a turn that has finished. */
  Problem nothingLeft(long samples) {
    return new Problem(
            "range-not-satisfiable",
            "There is nothing left",
            416,
            "the turn has finished, and you have all of it")
        .withHeader("Content-Range", "bytes */" + length(samples));
  }
}
