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
 * ({@code ?from=48000}), or what follows its bytes ({@code Range: bytes=96044-}), of which the
 * first ones are a WAV file's head. Bytes can be counted only where they are the turn's own
 * samples: else {@code Range} is ignored, as RFC 9110 allows (section 14.2).
 *
 * @param coding what the bytes are
 * @param base the sample after the head
 * @param bytes how many bytes the client has; 0 for none
 * @param named whether the client says which sample it has
 */
record AudioRange(AudioCoding coding, long base, long bytes, boolean named) {
  /**
   * What stands for a last byte that nobody knows yet (RFC 8673, section 2.1): the greatest whole
   * number that every client can reckon with.
   */
  static final long VERY_LARGE = (1L << 53) - 1;

  /** Example: {@code bytes=96044-}. Others may be ignored (RFC 9110, section 14.2). */
  private static final Pattern OPEN_RANGE =
      Pattern.compile("\\s*+bytes\\s*+=\\s*+(?<first>[0-9]{1,15}+)\\s*+-\\s*+");

  /** Up to {@link JsonFields#MAX_COUNT}. */
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,12}");

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
    Matcher range = OPEN_RANGE.matcher(header == null ? "" : header);
    long bytes = coding.isPlain() && range.matches() ? Long.parseLong(range.group("first")) : 0;
    return new AudioRange(coding, Math.max(0, from), bytes, from != TurnListen.NEW);
  }

  /** All of it. */
  static AudioRange all(AudioCoding coding) {
    return new AudioRange(coding, 0, 0, false);
  }

  /** All of it, for a client that comes back to a turn and has no audio of it. */
  static AudioRange again(AudioCoding coding) {
    return new AudioRange(coding, 0, 0, true);
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

  /** Whether the answer is {@code 206}. */
  boolean isPartial() {
    return bytes > 0;
  }

  /**
   * The header {@code Content-Range}.
   *
   * @param samples of the turn; {@link TurnAccepted#UNKNOWN} while it goes on
   */
  String contentRange(long samples) {
    return samples == TurnAccepted.UNKNOWN
        ? "bytes " + bytes + "-" + VERY_LARGE + "/*"
        : "bytes " + bytes + "-" + (length(samples) - 1) + "/" + length(samples);
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
